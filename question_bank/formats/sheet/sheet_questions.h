#pragma once

#include "question_bank/formats/sheet/sheet_rows.h"

namespace qingfeng {

/**
 * Settles the type of each row, joins the rows of a case, and adds the questions to @p out. What was guessed
 * of the headings and of codes for types is a remark, in the form of a map that can be kept.
 */
void makeQuestions(const QString &file, const Sheet &sheet, const ColumnMap &map, SheetColumns &columns,
    QList<RowDraft> &drafts, SheetRemarks &remarks, ImportedFile &out);

} // namespace qingfeng
