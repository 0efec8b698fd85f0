#pragma once

#include "question_bank/formats/question_format.h"

namespace qingfeng {

/**
 * Questions from an Excel workbook (ECMA-376, transitional or strict). Every visible sheet is read; formula cells
 * are refused by name, for what they show depends on who computed them.
 *
 * A workbook that cannot be read at all is one remark without a row; a damaged sheet is one, and hides no other.
 */
ImportedFile readXlsx(const QByteArray &bytes, const QString &fileName, const ImportOptions &options = {});

/**
 * The bank's questions as a workbook: sheet 题库 with a frozen header, drop-down lists and native dates, and
 * sheet 填写说明. Io when memory or temporary space gives out.
 */
Result<ExportedFile> writeXlsx(const QuestionBank &bank);

/** The empty workbook for people to fill in: every column, the lists and the notes. */
Result<QByteArray> xlsxTemplate();

} // namespace qingfeng
