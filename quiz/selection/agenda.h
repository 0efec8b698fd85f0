#pragma once

#include "quiz/obligation/obligation_policy.h"
#include "quiz/selection/selector.h"

namespace qingfeng {

/** How long a question that was rewritten for a change of the law is put before others, in days from the change. */
inline constexpr int changedLawDays = 365;

/**
 * Mandates that the bank itself sets: every question whose version waited for a second look because of a change of
 * the law that is in force on @p today, and that has a later version since. They have no deadline.
 */
QList<Mandate> lawMandates(const QuestionBank &bank, QDate today);

/** Mandates that the office's policy sets and that hold on @p today, each with its last day. */
QList<Mandate> orderedMandates(const PolicySet &policy, const QuestionBank &bank, QDate today);

/** The theme that is on for a person of these posts; nullptr when there is none. */
const CultureTheme *themeFor(const QuestionBank &bank, const Person &person, const QStringList &posts, QDate today);

/** The questions of a theme: those made for it, and those of its risk points. */
QStringList questionsOf(const CultureTheme &theme, const QuestionBank &bank);

/**
 * Fills in mandates and the questions of today's theme, as @p policy and bank, person, posts and day of @p request have
 * them.
 */
void addAgenda(SelectionRequest &request, const PolicySet &policy = {});

} // namespace qingfeng
