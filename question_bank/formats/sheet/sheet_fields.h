#pragma once

#include "question_bank/formats/sheet/sheet_rows.h"

namespace qingfeng {

/** The text of one cell, not empty, and what its column holds. */
struct FieldText
{
    int column = 0;
    ColumnKey key;
    QString text;
};

/** Puts a text where it belongs in the draft of its row; what it cannot be is said. */
void takeField(RowDraft &draft, const FieldText &field, const ColumnMap &map, SheetRemarks &remarks);

} // namespace qingfeng
