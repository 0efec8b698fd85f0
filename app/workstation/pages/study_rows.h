#pragma once

#include "app/workstation/core/learner.h"
#include "app/workstation/pages/list_model.h"

#include "quiz/study/paper.h"

/** What the list beside the question says, by the way in which one studies. Functions of what is there. */
namespace qingfeng {

/** How questions are found. */
enum class StudyWay { RiskPoints, Laws, Themes, WrongBook, Favourites, Papers };

/** More hits than these are not read, but narrowed by another word. */
inline constexpr qsizetype searchRowLimit = 200;

/** Risk points with how much of each was asked; the first row stands for all. */
QList<ListRow> riskPointRows(const Learner &learner, const QString &post);
/** Laws that questions of the scope rest on, those with most questions first. */
QList<ListRow> lawRows(const Learner &learner, const QString &post);
/** Themes that questions of the scope belong to, those that run today first. */
QList<ListRow> themeRows(const Learner &learner, const QString &post);
/** The wrong-book, newest mistake first. Empty when there is none. */
QList<ListRow> wrongRows(const Learner &learner, const QString &post);
/** Favourites that may be studied, newest first. Empty when there is none. */
QList<ListRow> favouriteRows(const Learner &learner, const QString &post);
/** At most searchRowLimit hits; @p found is how many there are. */
QList<ListRow> searchRows(const Learner &learner, const QString &query, const QString &post, qsizetype &found);
/** A new paper, the open one, and those before with what came of them. */
QList<ListRow> paperRows(Learner &learner);

} // namespace qingfeng
