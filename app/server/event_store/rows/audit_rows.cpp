#include "app/server/event_store/rows/account_rows.h"
#include "app/server/event_store/sql/query.h"

#include "question_bank/base/canonical_json.h"

namespace qingfeng::server::rows {
namespace {

const std::string auditColumns
    = "SELECT number, at_ms, actor, action, subject, department, detail, previous, hash FROM audit ";

/** Empty for what is damaged: then the hash does not fit. */
QJsonObject objectIn(const QByteArray &json)
{
    const auto object = parseJsonObject(json);
    return object ? *object : QJsonObject();
}

QList<AuditEntry> entriesOf(Query &query)
{
    QList<AuditEntry> list;
    while (query.next()) {
        AuditEntry entry;
        entry.number = query.integer(0);
        entry.atMs = query.integer(1);
        entry.actor = query.text(2);
        entry.action = query.text(3);
        entry.subject = query.text(4);
        entry.department = query.text(5);
        entry.detail = objectIn(query.blob(6));
        entry.previous = query.blob(7);
        entry.hash = query.blob(8);
        list.append(entry);
    }
    return list;
}

} // namespace

AuditEntry appendAudit(Sql &sql, AuditEntry entry)
{
    Query last(sql, "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1");
    const bool first = !last.next();
    entry.number = first ? 1 : last.integer(0) + 1;
    entry.previous = first ? QByteArray(32, '\0') : last.blob(1);
    const QByteArray detail = canonicalJson(entry.detail);
    entry.detail = objectIn(detail); // what is hashed is what can be read back
    entry.hash = auditHash(entry);
    Query(sql,
        "INSERT INTO audit (number, at_ms, actor, action, subject, department, detail, previous, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        entry.number, entry.atMs, entry.actor, entry.action, entry.subject, entry.department,
        QString::fromUtf8(detail), entry.previous, entry.hash)
        .run();
    return entry;
}

QList<AuditEntry> audit(Sql &sql, qint64 after, int limit)
{
    Query query(sql, auditColumns + "WHERE number > ? ORDER BY number LIMIT ?", after, limit);
    return entriesOf(query);
}

QList<AuditEntry> auditOf(Sql &sql, const QString &department, qint64 after, int limit)
{
    Query query(sql,
        "WITH RECURSIVE below (code) AS (SELECT ?1 UNION"
        " SELECT d.code FROM departments d JOIN below ON d.parent = below.code) "
            + auditColumns + "WHERE number > ?2 AND department IN (SELECT code FROM below) ORDER BY number LIMIT ?3",
        department, after, limit);
    return entriesOf(query);
}

} // namespace qingfeng::server::rows
