#include "app/server/event_store/sql/query.h"
#include "app/server/event_store/rows/rows.h"
#include "app/server/event_store/rows/zstd_text.h"

#include "question_bank/base/canonical_json.h"
#include "quiz/archive/chain.h"
#include "quiz/protocol/paths.h"

#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>

namespace qingfeng::server::rows {
namespace {

constexpr int maxEpochs = 100; ///< branches of one store; more is a fault, not a restored backup
constexpr int maxSetAside = 1000; ///< contradicting batches kept of one store

QByteArray idBytes(const QString &uuid)
{
    return QByteArray::fromHex(uuid.toLatin1().replace('-', ""));
}

/** Which of the batch's statements are not there yet (ascending seq), and which are there otherwise. */
struct Sorting
{
    QList<qsizetype> fresh; ///< positions in the batch
    QStringList conflicting;
};

Sorting sortOut(Sql &sql, const StatementBatch &batch)
{
    Sorting sorting;
    Query existing(sql, "SELECT digest FROM statements WHERE id = ?");
    for (qsizetype i = 0; i < batch.entries.size(); ++i) {
        const StatementEntry &entry = batch.entries.at(i);
        if (!existing.with(idBytes(entry.attempt.id)).next()) {
            sorting.fresh.append(i);
        } else if (existing.blob(0) != entry.digest) {
            sorting.conflicting.append(entry.attempt.id);
        }
    }
    std::sort(sorting.fresh.begin(), sorting.fresh.end(), [&batch](qsizetype a, qsizetype b) {
        return batch.entries.at(a).attempt.seq < batch.entries.at(b).attempt.seq;
    });
    return sorting;
}

/** Newest branch first. */
QList<ChainHead> headsByUse(Sql &sql, const QString &store)
{
    QList<ChainHead> heads;
    Query query(sql,
        "SELECT device, epoch, head_seq, head_hash FROM chains WHERE store = ? ORDER BY touched DESC", store);
    while (query.next()) {
        heads.append({store, query.text(0), int(query.integer(1)), query.integer(2), query.blob(3)});
    }
    return heads;
}

/** Where the first fresh attempt goes: on a branch it continues, or why on none. */
AppendOutcome place(const QList<ChainHead> &heads, const Attempt &first)
{
    AppendOutcome outcome;
    for (const ChainHead &head : heads) {
        if (first.seq == head.seq + 1 && first.previousHash == head.hash) {
            outcome.epoch = head.epoch;
            return outcome;
        }
    }
    const qint64 expected = heads.isEmpty() ? 1 : heads.first().seq + 1;
    if (heads.isEmpty() && first.seq == 1 && first.previousHash == chainStart()) {
        return outcome;
    }
    if (first.seq > expected || heads.isEmpty()) {
        outcome.kind = AppendOutcome::Kind::Gap;
        outcome.expectedSeq = expected;
        return outcome;
    }
    outcome.kind = heads.size() < maxEpochs ? AppendOutcome::Kind::Fork : AppendOutcome::Kind::TooManyForks;
    outcome.epoch = int(heads.size());
    return outcome;
}

/** Seq of the first fresh attempt that does not follow the one before it, or 0. */
qint64 firstBreak(const StatementBatch &batch, const QList<qsizetype> &fresh)
{
    for (qsizetype i = 1; i < fresh.size(); ++i) {
        const Attempt &before = batch.entries.at(fresh.at(i - 1)).attempt;
        const Attempt &attempt = batch.entries.at(fresh.at(i)).attempt;
        if (attempt.seq != before.seq + 1 || attempt.previousHash != before.hash) {
            return before.seq + 1;
        }
    }
    return 0;
}

QByteArray frameOf(const StatementBatch &batch, const QList<qsizetype> &fresh, const QByteArray &wholeFrame)
{
    if (fresh.size() == batch.entries.size()) {
        return wholeFrame;
    }
    const QJsonArray all = QJsonDocument::fromJson(batch.body).array();
    QJsonArray part;
    for (qsizetype position : fresh) {
        part.append(all.at(position));
    }
    return zstdCompress(QJsonDocument(part).toJson(QJsonDocument::Compact));
}

void insertFresh(
    Sql &sql, const StatementBatch &batch, const QList<qsizetype> &fresh, const QByteArray &frame, int epoch)
{
    Query last(sql, "SELECT id, first + count FROM batches ORDER BY id DESC LIMIT 1");
    const bool any = last.next();
    const qint64 batchId = any ? last.integer(0) + 1 : 1;
    const qint64 firstStored = any ? last.integer(1) : 1;
    Query(sql,
        "INSERT INTO batches (id, device, store, epoch, received_ms, first, count, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        batchId, batch.device, batch.store, epoch, batch.receivedAtMs, firstStored, qint64(fresh.size()),
        frameOf(batch, fresh, frame))
        .run();
    const bool whole = fresh.size() == batch.entries.size();
    Query insert(sql, "INSERT INTO statements (id, stored, batch, position, digest) VALUES (?, ?, ?, ?, ?)");
    for (qsizetype i = 0; i < fresh.size(); ++i) {
        const StatementEntry &entry = batch.entries.at(fresh.at(i));
        const qint64 position = whole ? fresh.at(i) : i;
        insert.with(idBytes(entry.attempt.id), firstStored + position, batchId, position, entry.digest).run();
    }
    const Attempt &head = batch.entries.at(fresh.last()).attempt;
    Query(sql,
        "INSERT INTO chains (store, epoch, device, head_seq, head_hash, opened_ms, touched)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (store, epoch) DO UPDATE SET head_seq = excluded.head_seq,"
        " head_hash = excluded.head_hash, touched = excluded.touched, device = excluded.device",
        batch.store, epoch, batch.device, head.seq, head.hash, batch.receivedAtMs,
        firstStored + fresh.size() - 1)
        .run();
}

void setAside(Sql &sql, const StatementBatch &batch, const QByteArray &frame)
{
    Query(sql,
        "INSERT INTO set_aside (digest, device, store, received_ms, body)"
        " SELECT ?, ?, ?, ?, ? WHERE (SELECT count(*) FROM set_aside WHERE store = ?) < ?"
        " ON CONFLICT DO NOTHING",
        sha256(batch.body), batch.device, batch.store, batch.receivedAtMs, frame, batch.store, maxSetAside)
        .run();
}

bool ownsStore(Sql &sql, const StatementBatch &batch)
{
    Query(sql, "INSERT INTO stores (store, device) VALUES (?, ?) ON CONFLICT DO NOTHING", batch.store,
        batch.device)
        .run();
    Query owner(sql, "SELECT device FROM stores WHERE store = ?", batch.store);
    return owner.next() && owner.text(0) == batch.device;
}

/** The head that a batch without news is answered with: of the branch its newest attempt stands on. */
void fillHead(const QList<ChainHead> &heads, const StatementBatch &batch, AppendOutcome &outcome)
{
    const ChainHead *chosen = &heads.first();
    for (const ChainHead &head : heads) {
        for (const StatementEntry &entry : batch.entries) {
            if (entry.attempt.hash == head.hash) {
                chosen = &head;
            }
        }
    }
    outcome.epoch = chosen->epoch;
    outcome.headSeq = chosen->seq;
    outcome.headHash = chosen->hash;
}

} // namespace

AppendOutcome appendStatements(Sql &sql, const StatementBatch &batch, const QByteArray &frame)
{
    AppendOutcome outcome;
    if (isRevoked(sql, batch.device)) {
        outcome.kind = AppendOutcome::Kind::Revoked;
        return outcome;
    }
    if (!ownsStore(sql, batch)) {
        outcome.kind = AppendOutcome::Kind::NotOwner;
        return outcome;
    }
    const Sorting sorting = sortOut(sql, batch);
    if (!sorting.conflicting.isEmpty()) {
        setAside(sql, batch, frame);
        outcome.kind = AppendOutcome::Kind::Conflict;
        outcome.conflicting = sorting.conflicting;
        return outcome;
    }
    const QList<ChainHead> heads = headsByUse(sql, batch.store);
    if (sorting.fresh.isEmpty()) {
        fillHead(heads, batch, outcome);
        return outcome;
    }
    outcome = place(heads, batch.entries.at(sorting.fresh.first()).attempt);
    if (outcome.kind == AppendOutcome::Kind::Gap || outcome.kind == AppendOutcome::Kind::TooManyForks) {
        return outcome;
    }
    if (const qint64 expected = firstBreak(batch, sorting.fresh); expected > 0) {
        outcome.kind = AppendOutcome::Kind::Gap;
        outcome.expectedSeq = expected;
        return outcome;
    }
    insertFresh(sql, batch, sorting.fresh, frame, outcome.epoch);
    const Attempt &head = batch.entries.at(sorting.fresh.last()).attempt;
    outcome.headSeq = head.seq;
    outcome.headHash = head.hash;
    return outcome;
}

std::optional<StoredStatement> statement(Sql &sql, const QString &id)
{
    Query query(sql,
        "SELECT s.position, b.device, b.received_ms, b.body FROM statements s JOIN batches b ON b.id = "
        "s.batch"
        " WHERE s.id = ?",
        idBytes(id));
    if (!query.next()) {
        return std::nullopt;
    }
    const auto body = zstdExpand(query.blob(3), 2 * maxPostBytes);
    if (!body) {
        throw SqlError(Error(ErrorCode::Corrupt, QStringLiteral("a stored batch is damaged")));
    }
    const QJsonArray list = QJsonDocument::fromJson(*body).array();
    return StoredStatement{list.at(query.integer(0)).toObject(), query.text(1), query.integer(2)};
}

QList<ChainHead> chainHeads(Sql &sql, const QString &store)
{
    return headsByUse(sql, store);
}

EventOutcome appendEvents(Sql &sql, const EventBatch &batch)
{
    EventOutcome outcome;
    outcome.revoked = isRevoked(sql, batch.device);
    Query existing(sql, "SELECT body FROM events WHERE id = ?");
    QList<const GateEvent *> fresh;
    for (const GateEvent &event : batch.events) {
        if (!existing.with(idBytes(event.id)).next()) {
            fresh.append(&event);
        } else if (existing.blob(0) != QJsonDocument(toJson(event)).toJson(QJsonDocument::Compact)) {
            outcome.conflicting.append(event.id);
        }
    }
    if (outcome.revoked || !outcome.conflicting.isEmpty()) {
        return outcome;
    }
    Query insert(
        sql, "INSERT INTO events (id, device, received_ms, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
    for (const GateEvent *event : fresh) {
        const QString body = QString::fromUtf8(QJsonDocument(toJson(*event)).toJson(QJsonDocument::Compact));
        insert.with(idBytes(event->id), batch.device, batch.receivedAtMs, body).run();
    }
    return outcome;
}

QList<StoredEvent> events(Sql &sql, qint64 afterSequence, int limit)
{
    QList<StoredEvent> list;
    Query query(sql,
        "SELECT sequence, device, received_ms, body FROM events WHERE sequence > ? ORDER BY sequence LIMIT ?",
        afterSequence, limit);
    while (query.next()) {
        const auto event = gateEventFromJson(QJsonDocument::fromJson(query.blob(3)).object());
        if (event) {
            list.append({query.integer(0), query.text(1), query.integer(2), *event});
        }
    }
    return list;
}

} // namespace qingfeng::server::rows
