#pragma once

#include "question_bank/formats/sheet/sheet_columns.h"

namespace qingfeng {

/**
 * A sheet whose parts stand below each other, 题干 | …, A | …, 答案 | …, as one with a row for each question
 * under our own headings; a row may hold several labels with their texts. Rows keep the number of their first
 * part. Nothing when it is no such sheet.
 */
std::optional<Sheet> labelledSheet(const Sheet &sheet);

/**
 * A sheet with a row for each option — the question in the first of them or in all, an option's letter and
 * whether it is right beside it — as one with a row for each question. Changes @p columns to match; nothing,
 * and no change, when the sheet is not laid out so.
 */
std::optional<Sheet> foldedSheet(const Sheet &sheet, SheetColumns &columns);

} // namespace qingfeng
