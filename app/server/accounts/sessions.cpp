#include "app/server/accounts/sessions.h"

#include "question_bank/base/canonical_json.h"

#include <sodium.h>

namespace qingfeng::server {
namespace {

constexpr char sessionPrefix[] = "qs-";
constexpr auto urlSafe = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
constexpr int tokenBytes = 32;

} // namespace

bool isSessionToken(const QByteArray &token)
{
    return token.startsWith(sessionPrefix) && !token.contains('.') && token.size() <= 128;
}

QByteArray makeSessionToken(Random &random)
{
    return sessionPrefix + random.bytes(tokenBytes).toBase64(urlSafe);
}

Result<std::optional<SignedIn>> signedIn(const EventStore &store, const QByteArray &token, qint64 nowMs)
{
    const QByteArray hash = sha256(token);
    return store.read([&](Sql &sql) -> std::optional<SignedIn> {
        const auto session = rows::session(sql, hash);
        if (!session || session->ended || session->createdAtMs + longestSessionMs <= nowMs
            || session->seenAtMs + idleSessionMs <= nowMs) {
            return std::nullopt;
        }
        const auto account = rows::account(sql, session->account);
        if (!account || account->info.disabled) {
            return std::nullopt;
        }
        return SignedIn {account->info, hash, session->seenAtMs + seenPrecisionMs <= nowMs};
    });
}

Result<std::optional<ToolInfo>> toolOf(const EventStore &store, const QByteArray &basic, qint64 nowMs)
{
    const auto decoded = QByteArray::fromBase64Encoding(basic, QByteArray::AbortOnBase64DecodingErrors);
    const qsizetype colon = decoded ? (*decoded).indexOf(':') : -1;
    if (colon <= 0 || (*decoded).size() > 256) {
        return std::optional<ToolInfo>();
    }
    const QString id = QString::fromUtf8((*decoded).left(colon));
    const QByteArray hash = sha256((*decoded).mid(colon + 1));
    return store.read([&](Sql &sql) -> std::optional<ToolInfo> {
        const auto tool = rows::tool(sql, id);
        const bool same = tool && tool->secretHash.size() == hash.size()
            && sodium_memcmp(tool->secretHash.constData(), hash.constData(), std::size_t(hash.size())) == 0;
        if (!same || tool->info.revoked || tool->info.expiresAtMs <= nowMs) {
            return std::nullopt;
        }
        return tool->info;
    });
}

bool isXapiScope(const QString &scope)
{
    static const QStringList scopes {QStringLiteral("statements/read"), QStringLiteral("all/read")};
    return scopes.contains(scope);
}

} // namespace qingfeng::server
