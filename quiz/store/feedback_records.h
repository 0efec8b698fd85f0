#pragma once

#include "quiz/feedback/feedback.h"

#include <QStringList>

namespace SQLite {
class Database;
}

namespace qingfeng {

/** Name of the store's value that keeps who reads messages, as a JSON list of texts. */
QString messageRecipientsKey();

/** A thread as its person sees it. */
struct FeedbackThread
{
    QList<FeedbackEntry> entries; ///< in order: by number, what the server has not got last
    int unseen = 0; ///< entries of the desk that the person has not looked at
    FeedbackState state() const { return stateOf(entries); }
    const FeedbackEntry &first() const { return entries.first(); }
};

/**
 * 意见反馈 on the workstation: what people wrote, on the disk before anything says so, until the server has it; and what
 * the desk wrote back. Every change is one transaction.
 */
class FeedbackRecords
{
public:
    FeedbackRecords(SQLite::Database &database, QString storeId);

    /**
     * Keeps what a person wrote, to be sent; the store is set here. An id that is there already is not written again.
     * InvalidArgument: no text, or another field; TooLarge: over FeedbackEntry::maxText.
     */
    Result<void> write(FeedbackEntry entry);
    /** Threads of a person, the last changed first; about one question unless @p question is empty. */
    Result<QList<FeedbackThread>> threads(const QString &person, const QString &question = {}) const;
    /** How many entries of the desk a person has not looked at. */
    Result<int> unseen(const QString &person) const;
    Result<void> markSeen(const QString &thread);

    // What travels
    /** Written here and not on the server, in the order written. */
    Result<QList<FeedbackEntry>> pending(int limit) const;
    /** Number of the newest entry that came from the server; 0 before the first. */
    Result<qint64> newestNumber() const;
    /** Whether anything that was written since @p sinceMs still waits for an answer. */
    Result<bool> isAwaited(qint64 sinceMs) const;
    /** Keeps what the server has, each once; its own come back with their numbers. Returns how many are the desk's. */
    Result<int> take(const QList<FeedbackEntry> &entries);

private:
    SQLite::Database &m_database;
    QString m_storeId;
};

} // namespace qingfeng
