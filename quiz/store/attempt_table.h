#pragma once

#include "quiz/archive/attempt.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QSet>

/**
 * Rows of `attempt` and `presentation`. Functions on an open database; they throw
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

/**
 * As list(), but of each attempt only what countAttempt() reads, and person, question and seq: a third of the
 * time, which counts when a large store is derived anew.
 */
QList<Attempt> listForDeriving(SQLite::Database &database, qint64 afterSeq, qint64 limit);

/** Writes an attempt that has its place in the chain, and moves the head. */
void insert(SQLite::Database &database, const Attempt &attempt);

/** Orders shown of the parts of a case as one JSON object in one column; empty when there is none. */
QString packParts(const QMap<QString, QStringList> &parts);
QMap<QString, QStringList> unpackParts(const QString &json);

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
    QMap<QString, QStringList> partsShown; ///< of a case: orders shown by id of the part
};
void insert(SQLite::Database &database, const PresentationRow &row);
void markAnswered(SQLite::Database &database, const QString &presentation);
/** The newest unanswered presentation for an obligation. */
std::optional<PresentationRow> openPresentation(SQLite::Database &database, const QString &obligation);

/**
 * Ids of the questions that were shown to or answered by a person on a study day. A rapid guess does not count: what
 * was not looked at may be asked again.
 */
QSet<QString> askedOn(SQLite::Database &database, const QString &person, int studyDay);
/** Questions last answered by a person, newest first. */
QStringList recentQuestions(SQLite::Database &database, const QString &person, qint64 limit);

} // namespace qingfeng::attempt_table
