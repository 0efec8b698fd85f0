#pragma once

#include "question_bank/formats/question_format.h"

namespace qingfeng {

/**
 * GIFT, Moodle's text format (docs.moodle.org: "GIFT format").
 *
 * Read: choice with one or several right answers and weights, true/false, short answer and missing word as
 * fill-in, exact numbers as fill-in, matching, the ordering plugin's `{> … }`; `$CATEGORY:`, `::title::`,
 * escapes, comments with `[id:…]` and `[tag:…]`, `[html]` and its like, feedback. A title counts as the
 * question's id only when it has the form of ours. Essay, description and numbers with a range are rejected
 * by name. A question may hold empty lines inside its braces, and follow the one before without an empty line
 * when it has a title.
 */
ImportedFile readGift(const QByteArray &bytes, const QString &fileName, const ImportOptions &options = {});

/** Lost: cases, fill-in with several blanks, matches with pictures. Other pictures are embedded. */
Result<ExportedFile> writeGift(const QuestionBank &bank);

} // namespace qingfeng
