#pragma once

#include "quiz/archive/chain.h"

#include <QList>
#include <QString>

namespace SQLite {
class Database;
}

namespace qingfeng {

/** Something that happened at the gate, on its way to the administrator. */
struct StoredEvent
{
    qint64 seq = 0;
    QString id; ///< UUIDv7
    QString person; ///< employee number, or "os:<account>"
    QString kind;
    qint64 atMs = 0; ///< UTC
    int utcOffsetSeconds = 0;
    QString detail;
};

/**
 * 待发队列: what lies beyond the last acknowledged sequence number. Rows leave it only when the server has said
 * that they are durable; nothing is deleted.
 */
class Outbox
{
public:
    Outbox(SQLite::Database &database, QString storeId);

    /** The next attempts to send, in chain order. */
    Result<QList<Attempt>> pendingAttempts(qint64 limit) const;
    Result<qint64> pendingCount() const;
    /** Hash at a sequence number, to compare with what a server says it holds; chainStart() for 0. */
    Result<QByteArray> hashAt(qint64 seq) const;

    /**
     * The server holds the chain up to @p receipt. Corrupt: its head is not ours, i.e. store and server have
     * parted; nothing is moved then.
     */
    Result<void> acknowledge(const Receipt &receipt);
    /** The server says that it holds less than we thought: send again from @p ackedSeq + 1. */
    Result<void> rewind(qint64 ackedSeq);
    qint64 acknowledgedSeq() const;
    /** Every receipt, ascending seq. */
    Result<QList<Receipt>> receipts() const;
    /** The newest receipt, if any. */
    Result<std::optional<Receipt>> lastReceipt() const;

    /** Sets an attempt aside that the server refuses for good, with its reason. */
    Result<void> quarantine(const QString &attempt, const QString &reason, qint64 atMs);
    Result<qint64> quarantinedCount() const;

    Result<QList<StoredEvent>> pendingEvents(qint64 limit) const;
    Result<void> acknowledgeEvents(qint64 seq);

private:
    SQLite::Database &m_database;
    QString m_storeId;
};

} // namespace qingfeng
