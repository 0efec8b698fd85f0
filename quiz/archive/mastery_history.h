#pragma once

#include "quiz/archive/mastery.h"

namespace qingfeng {

/** 掌握分 as it stood on a study day. */
struct MasteryOn
{
    int studyDay = 0;
    MasteryReport report;
};

/**
 * How mastery went: the attempts are counted once, in order, and the report is made on each of the days, with what
 * was recorded until then. Pure. Costs one count an attempt and one pass over @p scope a day asked for: a year of
 * weeks over 400 questions and 3,000 attempts takes a few milliseconds.
 *
 * It is today's bank and today's posts that are measured, for a score only compares with itself on the same scope.
 *
 * @param attempts  of one person, in chain order
 * @param days      ascending study days
 * @return one for each day on or after the first attempt's
 */
QList<MasteryOn> masteryHistory(const QList<Attempt> &attempts, const QList<MasteryScope> &scope,
    const QuizMemory &memory, const QList<int> &days);

} // namespace qingfeng
