#pragma once

#include "quiz/archive/learner_state.h"

#include <SQLiteCpp/SQLiteCpp.h>

/**
 * Rows of `question_history` and `learner`: what attempts say, kept with each of them. They throw
 * SQLite::Exception, and whoever calls them holds the transaction.
 */
namespace qingfeng::learner_table {

/** Counts one attempt, which has its place in the chain, as countAttempt() does. Constant time. */
void count(SQLite::Database &database, const Attempt &attempt, const QuizMemory &memory);

/** Takes over into @p record what attempts after @p seq have changed. */
void refresh(SQLite::Database &database, const QString &person, qint64 seq, LearnerRecord &record);

/** Everything that attempts say, by person; with the number of the attempt that changed a row last. */
struct Derived
{
    QHash<QString, LearnerRecord> people;
    QHash<QString, QHash<QString, qint64>> lastSeq; ///< person → question → seq
};
/** Derives from the next attempts in chain order. */
void derive(const QList<Attempt> &attempts, const QuizMemory &memory, Derived &derived);
/** How many rows are not what @p derived says. */
int countDifferences(SQLite::Database &database, const Derived &derived);
/** Puts @p derived in the place of what the tables hold. */
void replace(SQLite::Database &database, const Derived &derived);

} // namespace qingfeng::learner_table
