#include "app/server/accounts/accounts.h"
#include "app/server/accounts/store_access.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/base/uuid.h"

#include <algorithm>

#include <QJsonArray>

namespace qingfeng::server {
namespace {

constexpr qint64 toolDayMs = 86'400'000;
constexpr int secretBytes = 32;

} // namespace

Result<MadeTool> Accounts::addTool(const Actor &actor, const NewTool &asked)
{
    if (asked.scopes.isEmpty() || !std::all_of(asked.scopes.begin(), asked.scopes.end(), isXapiScope)) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("权限范围须为 statements/read 或 all/read"),
            QStringLiteral("scopes"));
    }
    const qint64 now = m_clock.utcMs();
    MadeTool made;
    made.info = {makeUuidV7(m_clock, m_random), asked.label, asked.scopes, now, now + asked.validDays * toolDayMs, false};
    made.secret = QString::fromLatin1(m_random.bytes(secretBytes).toBase64(
        QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    AuditEntry created = entry(actor, "tool.create", {},
        {{QStringLiteral("label"), asked.label}, {QStringLiteral("scopes"), QJsonArray::fromStringList(asked.scopes)}});
    created.subject = made.info.id;
    const auto kept = writeAndWait<void>(
        m_store, [info = made.info, hash = sha256(made.secret.toLatin1()), created](Sql &sql) -> Result<void> {
            rows::addTool(sql, {info, hash});
            rows::appendAudit(sql, created);
            return {};
        });
    return kept ? Result<MadeTool>(made) : Result<MadeTool>(kept.error());
}

Result<void> Accounts::revokeTool(const Actor &actor, const QString &id)
{
    AuditEntry revoked = entry(actor, "tool.revoke", {});
    revoked.subject = id;
    return writeAndWait<void>(m_store, [revoked](Sql &sql) -> Result<void> {
        if (!rows::revokeTool(sql, revoked.subject, revoked.atMs)) {
            return Error(ErrorCode::NotFound, QStringLiteral("没有这个接入凭据"));
        }
        rows::appendAudit(sql, revoked);
        return {};
    });
}

} // namespace qingfeng::server
