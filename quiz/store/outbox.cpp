#include "quiz/store/outbox.h"

#include "quiz/store/attempt_table.h"
#include "quiz/store/database.h"

namespace qingfeng {
namespace {

QString attemptCursor()
{
    return QStringLiteral("outbox_attempt_seq");
}

QString eventCursor()
{
    return QStringLiteral("outbox_event_seq");
}

} // namespace

Outbox::Outbox(SQLite::Database &database, QString storeId)
    : m_database(database)
    , m_storeId(std::move(storeId))
{
}

qint64 Outbox::acknowledgedSeq() const
{
    const auto seq = guarded(
        [&]() -> Result<qint64> { return readValue(m_database, attemptCursor()).toLongLong(); });
    return seq ? *seq : 0;
}

Result<QList<Attempt>> Outbox::pendingAttempts(qint64 limit) const
{
    return guarded([&]() -> Result<QList<Attempt>> {
        return attempt_table::list(
            m_database, m_storeId, readValue(m_database, attemptCursor()).toLongLong(), limit);
    });
}

Result<qint64> Outbox::pendingCount() const
{
    return guarded([&]() -> Result<qint64> {
        SQLite::Statement query(m_database, "SELECT count(*) FROM attempt WHERE seq > ?");
        bindAll(query, readValue(m_database, attemptCursor()).toLongLong());
        query.executeStep();
        return numberAt(query, 0);
    });
}

Result<QByteArray> Outbox::hashAt(qint64 seq) const
{
    return guarded([&]() -> Result<QByteArray> {
        if (seq == 0) {
            return chainStart();
        }
        SQLite::Statement query(m_database, "SELECT hash FROM attempt WHERE seq = ?");
        bindAll(query, seq);
        if (!query.executeStep()) {
            return Error(ErrorCode::NotFound, QStringLiteral("no attempt %1").arg(seq));
        }
        return bytesAt(query, 0);
    });
}

Result<void> Outbox::acknowledge(const Receipt &receipt)
{
    const auto ours = hashAt(receipt.seq);
    if (!ours || receipt.store != m_storeId || *ours != receipt.headHash) {
        return Error(ErrorCode::Corrupt,
            QStringLiteral("the server's receipt for attempt %1 is not for this chain").arg(receipt.seq));
    }
    return guarded([&]() -> Result<void> {
        SQLite::Transaction transaction(m_database, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement insert(m_database,
            "INSERT OR REPLACE INTO receipt (seq, head_hash, server_time_ms, key, signature) VALUES (?,?,?,?,?)");
        bindAll(insert, receipt.seq, receipt.headHash, receipt.serverTimeMs, receipt.key, receipt.signature);
        insert.exec();
        if (receipt.seq > readValue(m_database, attemptCursor()).toLongLong()) {
            writeValue(m_database, attemptCursor(), QString::number(receipt.seq));
        }
        transaction.commit();
        return {};
    });
}

Result<void> Outbox::rewind(qint64 ackedSeq)
{
    return guarded([&]() -> Result<void> {
        writeValue(m_database, attemptCursor(), QString::number(ackedSeq));
        return {};
    });
}

Result<QList<Receipt>> Outbox::receipts() const
{
    return guarded([&]() -> Result<QList<Receipt>> {
        SQLite::Statement query(
            m_database, "SELECT seq, head_hash, server_time_ms, key, signature FROM receipt ORDER BY seq");
        QList<Receipt> receipts;
        while (query.executeStep()) {
            receipts.append({m_storeId, numberAt(query, 0), bytesAt(query, 1), numberAt(query, 2),
                textAt(query, 3), bytesAt(query, 4)});
        }
        return receipts;
    });
}

Result<std::optional<Receipt>> Outbox::lastReceipt() const
{
    const auto all = receipts();
    if (!all) {
        return all.error();
    }
    return all->isEmpty() ? std::optional<Receipt>() : std::optional<Receipt>(all->last());
}

Result<void> Outbox::quarantine(const QString &attempt, const QString &reason, qint64 atMs)
{
    return guarded([&]() -> Result<void> {
        SQLite::Statement insert(
            m_database, "INSERT OR IGNORE INTO quarantine (attempt, reason, at_ms) VALUES (?,?,?)");
        bindAll(insert, attempt, reason, atMs);
        insert.exec();
        return {};
    });
}

Result<qint64> Outbox::quarantinedCount() const
{
    return guarded([&]() -> Result<qint64> {
        return qint64(m_database.execAndGet("SELECT count(*) FROM quarantine").getInt64());
    });
}

Result<QList<StoredEvent>> Outbox::pendingEvents(qint64 limit) const
{
    return guarded([&]() -> Result<QList<StoredEvent>> {
        SQLite::Statement query(
            m_database,
            "SELECT seq, id, person, kind, at_ms, utc_offset_s, detail FROM event WHERE seq > ? ORDER BY seq LIMIT ?");
        bindAll(query, readValue(m_database, eventCursor()).toLongLong(), limit);
        QList<StoredEvent> events;
        while (query.executeStep()) {
            events.append(
                {numberAt(query, 0), textAt(query, 1), textAt(query, 2), textAt(query, 3), numberAt(query, 4),
                    int(numberAt(query, 5)), textAt(query, 6)});
        }
        return events;
    });
}

Result<void> Outbox::acknowledgeEvents(qint64 seq)
{
    return guarded([&]() -> Result<void> {
        writeValue(m_database, eventCursor(), QString::number(seq));
        return {};
    });
}

} // namespace qingfeng
