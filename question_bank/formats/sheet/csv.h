#pragma once

#include "question_bank/formats/question_format.h"

namespace qingfeng {

/**
 * Questions from a CSV file: comma, semicolon or tab, whichever makes its headings known; UTF-8, UTF-16 or GB18030.
 * A quote that is never closed costs the row it stands in, not the rows after it.
 *
 * A file that is no text, or beyond the bounds of a sheet, is one remark without a row.
 */
ImportedFile readCsvQuestions(const QByteArray &bytes, const QString &fileName, const ImportOptions &options = {});

/** One line of CSV with its CRLF: cells quoted where they must be, formulas disarmed. */
QString csvLine(const QStringList &cells);

/** The bank's questions as CSV for Excel: UTF-8 with a BOM, CRLF, formulas disarmed. */
Result<ExportedFile> writeCsvQuestions(const QuestionBank &bank);

} // namespace qingfeng
