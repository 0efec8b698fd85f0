#pragma once

#include "question_bank/formats/question_format.h"

namespace qingfeng {

/**
 * Moodle XML (docs.moodle.org: "Moodle XML format").
 *
 * Read: multichoice, truefalse, shortanswer and exact numerical as fill-in, matching, ddmatch, ordering,
 * cloze (multianswer), gapselect and ddwtos as fill-in, choice or case; categories, idnumber, tags, feedback,
 * embedded pictures. Other types are rejected by name. Stray text is reported; a question that is not well
 * formed is rejected with its line and the reading goes on at the next `<question`. A document type
 * declaration refuses the file.
 */
ImportedFile readMoodleXml(
    const QByteArray &bytes, const QString &fileName, const ImportOptions &options = {});

/** Lost: cases with matching or ordering parts, pictures inside cases. All else comes back the same. */
Result<ExportedFile> writeMoodleXml(const QuestionBank &bank);

} // namespace qingfeng
