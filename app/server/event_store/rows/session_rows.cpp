#include "app/server/event_store/rows/account_rows.h"
#include "app/server/event_store/sql/query.h"

namespace qingfeng::server::rows {
namespace {

constexpr qint64 dayOfMs = 86'400'000;
constexpr qint64 keptSessionsMs = 30 * dayOfMs;
constexpr int keptFailures = 20'000;

ToolInfo toolInfoIn(const Query &row)
{
    return {row.text(0), row.text(1), row.text(2).split(QLatin1Char(' '), Qt::SkipEmptyParts), row.integer(3),
        row.integer(4), !row.isNull(5)};
}

} // namespace

void openSession(Sql &sql, const QByteArray &tokenHash, const QString &account, const QString &address, qint64 nowMs)
{
    Query(sql, "DELETE FROM account_sessions WHERE seen_ms < ?", nowMs - keptSessionsMs).run();
    Query(sql,
        "INSERT INTO account_sessions (token_hash, account, address, created_ms, seen_ms) VALUES (?, ?, ?, ?, ?)",
        tokenHash, account, address, nowMs, nowMs)
        .run();
    Query(sql, "UPDATE accounts SET signed_in_ms = ? WHERE id = ?", nowMs, account).run();
}

std::optional<AccountSession> session(Sql &sql, const QByteArray &tokenHash)
{
    Query query(
        sql, "SELECT account, created_ms, seen_ms, ended_ms FROM account_sessions WHERE token_hash = ?", tokenHash);
    if (!query.next()) {
        return std::nullopt;
    }
    return AccountSession {query.text(0), query.integer(1), query.integer(2), !query.isNull(3)};
}

void touchSession(Sql &sql, const QByteArray &tokenHash, qint64 nowMs)
{
    Query(sql, "UPDATE account_sessions SET seen_ms = max(seen_ms, ?) WHERE token_hash = ? AND ended_ms IS NULL",
        nowMs, tokenHash)
        .run();
}

void endSession(Sql &sql, const QByteArray &tokenHash, qint64 nowMs)
{
    Query(sql, "UPDATE account_sessions SET ended_ms = ? WHERE token_hash = ? AND ended_ms IS NULL", nowMs, tokenHash)
        .run();
}

int endSessions(Sql &sql, const QString &account, const QByteArray &except, qint64 nowMs)
{
    return Query(sql,
        "UPDATE account_sessions SET ended_ms = ? WHERE account = ? AND token_hash <> ? AND ended_ms IS NULL", nowMs,
        account, except)
        .run();
}

bool knowsAddress(Sql &sql, const QString &account, const QString &address, qint64 sinceMs)
{
    return Query(sql, "SELECT 1 FROM account_sessions WHERE account = ? AND created_ms > ? AND address = ?", account,
        sinceMs, address)
        .next();
}

SignInFailures signInFailures(Sql &sql, const QByteArray &key, qint64 nowMs)
{
    Query query(sql, "SELECT failures, last_ms FROM sign_in_failures WHERE key = ? AND last_ms > ?", key,
        nowMs - dayOfMs);
    return query.next() ? SignInFailures {int(query.integer(0)), query.integer(1)} : SignInFailures {};
}

void addSignInFailure(Sql &sql, const QByteArray &key, qint64 nowMs)
{
    Query(sql, "DELETE FROM sign_in_failures WHERE last_ms <= ?", nowMs - dayOfMs).run();
    // Names that nobody has can be made up without end: the oldest give way.
    Query(sql,
        "DELETE FROM sign_in_failures WHERE key IN (SELECT key FROM sign_in_failures ORDER BY last_ms DESC"
        " LIMIT -1 OFFSET ?)",
        keptFailures)
        .run();
    Query(sql,
        "INSERT INTO sign_in_failures (key, failures, last_ms) VALUES (?, 1, ?)"
        " ON CONFLICT (key) DO UPDATE SET failures = failures + 1, last_ms = excluded.last_ms",
        key, nowMs)
        .run();
}

void clearSignInFailures(Sql &sql, const QByteArray &key)
{
    Query(sql, "DELETE FROM sign_in_failures WHERE key = ?", key).run();
}

void addTool(Sql &sql, const ToolCredential &tool)
{
    Query(sql,
        "INSERT INTO tool_credentials (id, label, secret_hash, scopes, created_ms, expires_ms)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        tool.info.id, tool.info.label, tool.secretHash, tool.info.scopes.join(QLatin1Char(' ')),
        tool.info.createdAtMs, tool.info.expiresAtMs)
        .run();
}

std::optional<ToolCredential> tool(Sql &sql, const QString &id)
{
    Query query(sql,
        "SELECT id, label, scopes, created_ms, expires_ms, revoked_ms, secret_hash FROM tool_credentials WHERE id = ?",
        id);
    if (!query.next()) {
        return std::nullopt;
    }
    return ToolCredential {toolInfoIn(query), query.blob(6)};
}

QList<ToolInfo> tools(Sql &sql)
{
    QList<ToolInfo> list;
    Query query(
        sql, "SELECT id, label, scopes, created_ms, expires_ms, revoked_ms FROM tool_credentials ORDER BY id");
    while (query.next()) {
        list.append(toolInfoIn(query));
    }
    return list;
}

bool revokeTool(Sql &sql, const QString &id, qint64 nowMs)
{
    return Query(sql, "UPDATE tool_credentials SET revoked_ms = coalesce(revoked_ms, ?) WHERE id = ?", nowMs, id).run()
        == 1;
}

} // namespace qingfeng::server::rows
