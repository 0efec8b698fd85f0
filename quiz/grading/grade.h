#pragma once

#include "quiz/archive/attempt.h"

#include "question_bank/model/marking.h"
#include "question_bank/model/question.h"

#include <optional>

namespace qingfeng {

/**
 * What was done with a question, by its type. Everything empty is "not answered": a match or an order that was not
 * touched is never taken for an answer.
 */
struct Response
{
    QStringList choices = {}; ///< ids chosen, any order, no repeats; for an order all ids as they were put
    bool unsure = false; ///< 「不确定」 was pressed; everything else is then empty
    QStringList texts = {}; ///< fill-in: one text a blank, in the order of the blanks; "" = left empty
    QMap<QString, QString> pairs = {}; ///< match: choice id → target id; may leave choices out
    QMap<QString, PartResponse> parts = {}; ///< case: by id of the part; may leave parts out
    bool timedOut = false; ///< time ran out; what there is of a response is kept, and earns nothing

    bool isEmpty() const;
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
 * Marks one answer (评分), of every type. Pure: no I/O, no clock; safe from any thread.
 *
 * | type | marks |
 * |---|---|
 * | single, true/false | all or nothing |
 * | multiple | all right = full, missing only = half (by rule), any wrong = nothing |
 * | fill-in | each blank equal to an accepted wording after normalisedAnswer() |
 * | match, order | right pairs, or items in their right place, by rule |
 * | case | each part by its own type; some right and some not is Partial |
 *
 * 不确定 earns nothing and is told apart from wrong; a time-out is wrong.
 *
 * @return the marks, or, with the question (and part) in where(),
 *         - NotFound: the response names a choice, target or part that this version does not have
 *         - InvalidArgument: nothing answered, a form that does not fit the type, something named twice
 */
Result<Marks> grade(const QuestionVersion &question, const Response &response, const MarkingRules &rules = {});

/**
 * A fill-in text as it is compared: width, case, spaces and punctuation do not count, and numbers are digits however
 * they are written: 六个月 = 6个月 = ６个月, 三十 = 30 = 卅, 二〇二六 = 2026, 三万五千 = 35000, 百分之三 = 3%. What
 * stands between two digits counts: 3-5 is not 35.
 */
QString normalisedAnswer(const QString &text);

/** Writes a response into the fields of an attempt, in their canonical form, with the chance of guessing. */
void putResponse(const QuestionVersion &question, const Response &response, Attempt &attempt);
/** The response that an attempt holds, to show it again. */
Response responseOf(const Attempt &attempt);

/**
 * Shortest credible response time in ms: a tenth of the item's median, within 1.5 s … 10 s. While there is no
 * median (fewer than 30 answers), 2 s and one second per 7 characters stands for it. A faster answer is a rapid
 * guess (无效): recorded, not counted.
 */
qint64 rapidGuessLimitMs(const QuestionVersion &question, std::optional<qint64> medianMs = {});

} // namespace qingfeng
