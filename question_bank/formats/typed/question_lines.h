#pragma once

#include "question_bank/formats/question_format.h"
#include "question_bank/formats/typed/source_line.h"

/** Questions as people type them, line under line: the part that text files and documents share. */
namespace qingfeng {

/**
 * Reads questions from lines and adds them, and all that is no question, to @p out: numbers, options and labels in
 * the usual habits, section headings that name a type, answers beside the question, in its brackets, or gathered at
 * the end.
 */
void readQuestionLines(const QString &file, const QList<SourceLine> &lines, ImportedFile &out);

} // namespace qingfeng
