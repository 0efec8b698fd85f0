#pragma once

#include "question_bank/formats/question_format.h"

namespace qingfeng {

/**
 * Aiken (docs.moodle.org: "Aiken format"): the question on one line, then a line a choice "A. …" or "A) …",
 * then "ANSWER: B". Lower-case letters and several answers ("ANSWER: A, C") are read with a warning, though
 * the format has neither; a question on several lines is rejected with its line, for nobody could say where
 * it begins.
 */
ImportedFile readAiken(const QByteArray &bytes, const QString &fileName, const ImportOptions &options = {});

/** Holds stem, choices and the one answer: everything else is lost, and so is every other type but
 * true/false. */
Result<ExportedFile> writeAiken(const QuestionBank &bank);

} // namespace qingfeng
