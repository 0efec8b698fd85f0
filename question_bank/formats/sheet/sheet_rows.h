#pragma once

#include "question_bank/formats/item_draft.h"
#include "question_bank/formats/sheet/sheet_columns.h"

namespace qingfeng {

/** What one row says, before its type is settled. */
struct RowDraft
{
    qint64 number = 0;
    ItemDraft item;
    QString typeText;
    QString partType; ///< 小题题型
    QString part; ///< 小题号
    QString serial; ///< 序号
    QString scene;
    QString section; ///< heading row above
    std::optional<QuestionType> sectionType;
    QString pinned; ///< letters
    QuestionVersion rest; ///< the fields beside the item
    QStringList category;
    QStringList stated; ///< see ImportedQuestion
    bool broken = false; ///< a cell is unusable; said already

    /** Says why, and that nothing comes of this row. */
    void reject(SheetRemarks &remarks, int column, const QString &reason)
    {
        broken = true;
        remarks.reject(number, column, reason);
    }
};

/**
 * The rows of questions. Headings between them, notes and instructions are no questions and are said; what
 * instructions explain of the codes for types goes to @p columns.
 */
QList<RowDraft> readRows(
    const Sheet &sheet, const ColumnMap &map, SheetColumns &columns, SheetRemarks &remarks);

} // namespace qingfeng
