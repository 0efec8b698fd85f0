#pragma once

#include "question_bank/formats/column_map.h"
#include "question_bank/formats/question_format.h"

namespace qingfeng {

/**
 * Questions from a CSV file: comma, semicolon or tab, whichever makes its headings known; UTF-8, UTF-16 or GB18030.
 * A quote that is never closed costs the row it stands in, not the rows after it.
 *
 * InvalidArgument or TooLarge, with a reason in Chinese, when the file as a whole is no text or beyond the bounds
 * of a sheet.
 */
Result<ImportedFile> readCsvQuestions(const QByteArray &bytes, const QString &file, const ColumnMap &map = {});

/** The bank's questions as CSV for Excel: UTF-8 with a BOM, CRLF, formulas disarmed. */
ExportedFile writeCsvQuestions(const QuestionBank &bank);

} // namespace qingfeng
