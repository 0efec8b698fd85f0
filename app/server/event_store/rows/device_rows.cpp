#include "app/server/event_store/sql/query.h"
#include "app/server/event_store/rows/rows.h"

#include "question_bank/package/signature.h"

namespace qingfeng::server::rows {
namespace {

constexpr qint64 nonceMemoryMs = 30 * 60'000; ///< longer than a proof can be valid

} // namespace

void addEnrolmentCodes(Sql &sql, const EnrolmentCodeBatch &batch)
{
    Query insert(sql, "INSERT INTO enrolment_codes (hash, department, expires_ms) VALUES (?, ?, ?)");
    for (const QByteArray &hash : batch.hashes) {
        insert.with(hash, batch.department, batch.expiresAtMs).run();
    }
}

std::optional<Device> enrol(Sql &sql, const Enrolment &enrolment)
{
    Query code(sql,
        "UPDATE enrolment_codes SET used_ms = ?, device = ? WHERE hash = ? AND used_ms IS NULL AND "
        "expires_ms > ?"
        " RETURNING department",
        enrolment.nowMs, enrolment.device, enrolment.codeHash, enrolment.nowMs);
    if (!code.next()) {
        return std::nullopt;
    }
    const QString department = code.text(0);
    while (code.next()) { } // the change counts only when it ran to its end
    Query(sql,
        "INSERT INTO devices (id, name, department, store, public_key, enrolled_ms, last_seen_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, 0)",
        enrolment.device, enrolment.name, department, enrolment.store, enrolment.publicKey, enrolment.nowMs)
        .run();
    // A PC that lost its key enrols again and goes on with its store.
    Query(sql,
        "INSERT INTO stores (store, device) VALUES (?, ?) ON CONFLICT (store) DO UPDATE SET device = "
        "excluded.device",
        enrolment.store, enrolment.device)
        .run();
    fillPins(sql, enrolment.pins, department);
    return Device{enrolment.device, enrolment.name, department, enrolment.store, enrolment.publicKey, false};
}

std::optional<Device> device(Sql &sql, const QString &id)
{
    Query query(sql, "SELECT name, department, store, public_key, revoked_ms FROM devices WHERE id = ?", id);
    if (!query.next()) {
        return std::nullopt;
    }
    return Device{id, query.text(0), query.text(1), query.text(2), query.blob(3), !query.isNull(4)};
}

QList<DeviceInfo> devices(Sql &sql)
{
    QList<DeviceInfo> list;
    Query query(sql,
        "SELECT d.id, d.name, d.department, d.store, d.public_key, d.enrolled_ms, d.last_seen_ms,"
        " coalesce((SELECT max(head_seq) FROM chains c WHERE c.store = d.store), 0),"
        " coalesce((SELECT max(epoch) FROM chains c WHERE c.store = d.store), 0), d.revoked_ms"
        " FROM devices d ORDER BY d.enrolled_ms, d.id");
    while (query.next()) {
        list.append({query.text(0), query.text(1), query.text(2), query.text(3), keyId(query.blob(4)),
            query.integer(5), query.integer(6), query.integer(7), int(query.integer(8)), !query.isNull(9)});
    }
    return list;
}

bool isRevoked(Sql &sql, const QString &device)
{
    Query query(sql, "SELECT 1 FROM devices WHERE id = ? AND revoked_ms IS NULL", device);
    return !query.next();
}

bool useNonce(Sql &sql, const QString &device, const QByteArray &nonce, qint64 nowMs)
{
    Query(sql, "DELETE FROM token_nonces WHERE device = ? AND seen_ms < ?", device, nowMs - nonceMemoryMs)
        .run();
    const int added = Query(sql,
        "INSERT INTO token_nonces (device, nonce, seen_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", device,
        nonce, nowMs)
                          .run();
    Query(sql, "UPDATE devices SET last_seen_ms = ? WHERE id = ?", nowMs, device).run();
    return added == 1;
}

bool revoke(Sql &sql, const QString &device, qint64 nowMs)
{
    return Query(sql, "UPDATE devices SET revoked_ms = coalesce(revoked_ms, ?) WHERE id = ?", nowMs, device)
               .run()
        == 1;
}

} // namespace qingfeng::server::rows
