#pragma once

#include "question_bank/formats/sheet/sheet_remarks.h"

#include <optional>

namespace qingfeng {

/** The columns of one sheet: where its rows begin and what each column holds. */
struct SheetColumns
{
    qsizetype firstRow = 0; ///< index of the first row of questions
    qint64 headerRow = 0; ///< number of the row of headings; 0 = it has none
    QStringList headings; ///< by column, as written
    QList<std::optional<ColumnKey>> keys; ///< by column; nothing = not known
    bool sceneOrStem = false; ///< 大题 holds the scene of a case, and what is asked where there is no 小题
    QMap<QString, QuestionType> types; ///< by code: from the map, a legend or the content

    std::optional<ColumnKey> key(int column) const { return keys.value(column); }
    /** The first column of any of these fields; −1 when there is none. */
    int columnOf(const QList<ColumnField> &fields) const;
    bool has(ColumnField field) const { return columnOf({field}) >= 0; }
};

/** Index of the row of headings; nothing when no row of the first few can be one. */
std::optional<qsizetype> findHeader(const Sheet &sheet, const ColumnMap &map);

/**
 * Headings and their meaning. A second row of headings under a merged 选项 belongs to the first; what is not
 * known or said twice is a remark.
 */
SheetColumns nameColumns(const Sheet &sheet, qsizetype header, const ColumnMap &map, SheetRemarks &remarks);

} // namespace qingfeng
