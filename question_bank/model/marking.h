#pragma once

namespace qingfeng {

/**
 * How a bank awards marks (评分规则): a setting of the bank, so that an office decides and every PC marks
 * alike.
 *
 * Single and true/false are always all or nothing. A part of a case is marked by the rule of its own type.
 */
struct MarkingRules
{
    int fullMarks = 100; ///< centi-points: one point a question
    bool halfForMissing = true; ///< multiple: only right choices, but not all: half; any wrong: nothing
    bool partialFillIn = true; ///< each right blank earns its share; else all or nothing
    bool partialMatch = true; ///< each right pair earns its share
    bool partialOrder = false; ///< each item in its right place earns its share
    bool partialCase = true; ///< the marks of the parts add up
    bool fullMarksEachPart = false; ///< every part of a case is worth fullMarks; else the parts share them evenly
    bool operator==(const MarkingRules &) const = default;
};

} // namespace qingfeng
