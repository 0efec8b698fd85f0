#pragma once

#include "question_bank/formats/sheet/sheet_columns.h"

namespace qingfeng {

/** What the columns of a sheet without headings were taken for, or why they cannot be told. */
struct GuessedColumns
{
    std::optional<SheetColumns> columns; ///< under our own headings
    /** "B 列是题干，C 列至 F 列是选项A至选项D，G 列是答案" when there are columns; else the reason, both in
     * Chinese. */
    QString said;
};

/**
 * Tells columns by what stands in them: words for types, letters or true and false for answers, the long text
 * before the options for the stem. What could be two things is nothing; and most rows must make questions.
 */
GuessedColumns guessColumns(const Sheet &sheet);

} // namespace qingfeng
