#include "app/server/event_store/sqlite/query.h"
#include "app/server/event_store/sqlite/rows.h"

namespace qingfeng::server::rows {

std::optional<Error> publish(SQLite::Database &database, const Publication &p)
{
    const QList<QByteArray> keys = bankKeys(database);
    if (!keys.isEmpty() && !keys.contains(p.signingPublicKey)) {
        return Error(ErrorCode::NotPermitted, QStringLiteral("signed with a key that this unit does not know"));
    }
    const auto current = published(database);
    if (current && p.revision == current->revision && p.packageHash == current->packageHash) {
        return std::nullopt;
    }
    if (current && p.revision <= current->revision) {
        return Error(ErrorCode::Conflict, QStringLiteral("revision %1 is published").arg(current->revision));
    }
    // The first package decides whose signature counts from then on.
    Query(database, "INSERT OR IGNORE INTO bank_keys (public_key) VALUES (?)", p.signingPublicKey).run();
    Query(database,
        "INSERT INTO publications (revision, unit, manifest_hash, package_hash, bytes, questions,"
        " signing_public_key, published_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        p.revision, p.unit, p.manifestHash, p.packageHash, p.bytes, p.questions, p.signingPublicKey,
        p.publishedAtMs)
        .run();
    return std::nullopt;
}

std::optional<Publication> published(SQLite::Database &database)
{
    Query query(database,
        "SELECT unit, revision, manifest_hash, package_hash, bytes, questions, signing_public_key, published_ms"
        " FROM publications ORDER BY revision DESC LIMIT 1");
    if (!query.next()) {
        return std::nullopt;
    }
    return Publication {query.text(0), query.integer(1), query.text(2), query.text(3), query.integer(4),
        query.integer(5), query.blob(6), query.integer(7)};
}

QList<QByteArray> bankKeys(SQLite::Database &database)
{
    QList<QByteArray> keys;
    Query query(database, "SELECT public_key FROM bank_keys ORDER BY public_key");
    while (query.next()) {
        keys.append(query.blob(0));
    }
    return keys;
}

QByteArray setting(SQLite::Database &database, const QString &key)
{
    Query query(database, "SELECT value FROM settings WHERE key = ?", key);
    return query.next() ? query.blob(0) : QByteArray();
}

void putSetting(SQLite::Database &database, const QString &key, const QByteArray &value)
{
    Query(database,
        "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key,
        value)
        .run();
}

} // namespace qingfeng::server::rows
