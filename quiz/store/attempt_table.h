#pragma once

#include "quiz/archive/attempt.h"
#include "quiz/selection/selector.h"

#include <SQLiteCpp/SQLiteCpp.h>

/**
 * Rows of `attempt`, `presentation` and `question_history`. Functions on an open database; they throw
 * SQLite::Exception, and whoever calls them holds the transaction.
 */
namespace qingfeng::attempt_table {

/** Sequence number and hash of the newest attempt; 0 and chainStart() before the first. */
struct Head
{
    qint64 seq = 0;
    QByteArray hash;
};
Head head(SQLite::Database &database);

std::optional<Attempt> find(SQLite::Database &database, const QString &id, const QString &store);

/** Attempts with seq > @p afterSeq in order, at most @p limit (−1 = all), of @p person unless it is empty. */
QList<Attempt> list(
    SQLite::Database &database, const QString &store, qint64 afterSeq, qint64 limit, const QString &person = {});

/** Writes an attempt that has its place in the chain, moves the head, and counts it in the history. */
void insert(SQLite::Database &database, const Attempt &attempt);

/** A presentation as it is kept. */
struct PresentationRow
{
    QString id;
    QString person;
    int studyDay = 0;
    QString post;
    QString question;
    int version = 0;
    QStringList choicesShown;
    AttemptContext context = AttemptContext::Study;
    QString obligation;
    qint64 shownAtMs = 0;
};
void insert(SQLite::Database &database, const PresentationRow &row);
void markAnswered(SQLite::Database &database, const QString &presentation);
/** The newest unanswered presentation for an obligation. */
std::optional<PresentationRow> openPresentation(SQLite::Database &database, const QString &obligation);

QHash<QString, QuestionHistory> history(SQLite::Database &database, const QString &person);
/** Ids of the questions that were shown to or answered by a person on a study day. */
QSet<QString> askedOn(SQLite::Database &database, const QString &person, int studyDay);
/** The question last answered by a person, or empty. */
QString lastQuestion(SQLite::Database &database, const QString &person);

/** Counts one attempt in the history, as insert() does. */
void count(SQLite::Database &database, const Attempt &attempt);

} // namespace qingfeng::attempt_table
