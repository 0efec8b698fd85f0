#pragma once

#include "quiz/archive/attempt.h"

#include "question_bank/model/marking.h"
#include "question_bank/model/question.h"

namespace qingfeng {

/** What was done with a question: choice ids, or 「不确定」. */
struct Response
{
    QStringList choices; ///< ids chosen, any order, no repeats
    bool unsure = false; ///< 「不确定」 was pressed; choices are then empty
};

/** 评分 of one response. */
struct Marks
{
    int earned = 0; ///< centi-points, 0 … full
    int full = 100;
    Outcome outcome = Outcome::Wrong;
    bool operator==(const Marks &) const = default;
};

/**
 * Marks one answer (评分). Pure: no I/O, no clock; safe from any thread.
 *
 * Single and true/false: all or nothing. Multiple: all right = full, missing only = half (by rule), any wrong =
 * nothing. 不确定 earns nothing and is told apart from wrong.
 *
 * @return the marks, or
 *         - NotFound: the response names a choice that this version does not have
 *         - InvalidArgument: nothing chosen, a choice named twice, more than one for single or true/false, or a
 *           type that this version of the program cannot mark
 */
Result<Marks> grade(const QuestionVersion &question, const Response &response, const MarkingRules &rules = {});

/**
 * Shortest credible response time in ms: max(1.5 s, min(10 s, a tenth of the expected time)), where 2 s + one
 * second per 7 characters is expected. A faster answer is a rapid guess (无效): recorded, not counted.
 */
qint64 rapidGuessLimitMs(const QuestionVersion &question);

} // namespace qingfeng
