#include "app/server/event_store/sql/query.h"
#include "app/server/event_store/rows/rows.h"

namespace qingfeng::server::rows {

std::optional<Error> publish(Sql &sql, const Publication &p)
{
    const QList<QByteArray> keys = bankKeys(sql);
    if (!keys.isEmpty() && !keys.contains(p.signingPublicKey)) {
        return Error(
            ErrorCode::NotPermitted, QStringLiteral("signed with a key that this unit does not know"));
    }
    const auto current = published(sql);
    if (current && p.revision == current->revision && p.packageHash == current->packageHash) {
        return std::nullopt;
    }
    if (current && p.revision <= current->revision) {
        return Error(ErrorCode::Conflict, QStringLiteral("revision %1 is published").arg(current->revision));
    }
    // The first package decides whose signature counts from then on.
    Query(sql, "INSERT INTO bank_keys (public_key) VALUES (?) ON CONFLICT DO NOTHING", p.signingPublicKey)
        .run();
    Query(sql,
        "INSERT INTO publications (revision, unit, manifest_hash, package_hash, bytes, questions,"
        " signing_public_key, published_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        p.revision, p.unit, p.manifestHash, p.packageHash, p.bytes, p.questions, p.signingPublicKey,
        p.publishedAtMs)
        .run();
    return std::nullopt;
}

std::optional<Publication> published(Sql &sql)
{
    Query query(sql,
        "SELECT unit, revision, manifest_hash, package_hash, bytes, questions, signing_public_key, "
        "published_ms"
        " FROM publications ORDER BY revision DESC LIMIT 1");
    if (!query.next()) {
        return std::nullopt;
    }
    return Publication{query.text(0), query.integer(1), query.text(2), query.text(3), query.integer(4),
        query.integer(5), query.blob(6), query.integer(7)};
}

QList<QByteArray> bankKeys(Sql &sql)
{
    QList<QByteArray> keys;
    Query query(sql, "SELECT public_key FROM bank_keys ORDER BY public_key");
    while (query.next()) {
        keys.append(query.blob(0));
    }
    return keys;
}

QByteArray setting(Sql &sql, const QString &key)
{
    Query query(sql, "SELECT value FROM settings WHERE key = ?", key);
    return query.next() ? query.blob(0) : QByteArray();
}

void putSetting(Sql &sql, const QString &key, const QByteArray &value)
{
    Query(sql,
        "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = "
        "excluded.value",
        key, value)
        .run();
}

} // namespace qingfeng::server::rows
