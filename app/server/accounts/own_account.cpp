#include "app/server/accounts/accounts.h"
#include "app/server/accounts/password.h"
#include "app/server/accounts/sealed.h"
#include "app/server/accounts/store_access.h"
#include "app/server/accounts/totp.h"

namespace qingfeng::server {
namespace {

Actor actorOf(const SignedIn &who, const QString &address)
{
    return {who.account.id, false, who.account.roles, address};
}

} // namespace

Result<Account> Accounts::ownAccount(const SignedIn &who) const
{
    const auto found = m_store.read([&](Sql &sql) { return rows::account(sql, who.account.id); });
    if (!found) {
        return found.error();
    }
    if (!*found) {
        return Error(ErrorCode::NotFound, QStringLiteral("没有这个账号"));
    }
    return **found;
}

Result<Trial> Accounts::changePassword(
    const SignedIn &who, const QString &current, const QString &next, const QString &address)
{
    const auto account = ownAccount(who);
    if (!account) {
        return account.error();
    }
    if (account->info.source != QLatin1String("local")) {
        return Error(ErrorCode::Conflict, QStringLiteral("这个账号的口令由目录服务管理，请在那里修改"));
    }
    if (const auto fit = checkPassword(next, account->info.name); !fit) {
        return fit.error();
    }
    if (next == current) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("新口令不能与原口令相同"), QStringLiteral("next"));
    }
    qint64 step = 0;
    const auto trial = tryOut(account->info.name, *account, current, nullptr, address, step);
    if (!trial || trial->kind != Trial::Kind::Right) {
        return trial;
    }
    const auto hash = hashPassword(next);
    if (!hash) {
        return hash.error();
    }
    const AuditEntry changed = entry(actorOf(who, address), "password.change", account->info);
    const auto kept = writeAndWait<void>(
        m_store, [hash = *hash, except = who.tokenHash, changed](Sql &sql) -> Result<void> {
            rows::setPassword(sql, changed.subject, hash, false, changed.atMs);
            rows::endSessions(sql, changed.subject, except, changed.atMs);
            rows::appendAudit(sql, changed);
            return {};
        });
    return kept ? trial : Result<Trial>(kept.error());
}

Result<TotpStart> Accounts::beginTotp(const SignedIn &who, const QString &password, const QString &address)
{
    const auto account = ownAccount(who);
    if (!account) {
        return account.error();
    }
    if (account->info.totp) {
        return Error(ErrorCode::Conflict, QStringLiteral("已启用动态码，先停用再重新绑定"));
    }
    qint64 step = 0;
    const auto trial = tryOut(account->info.name, *account, password, nullptr, address, step);
    if (!trial) {
        return trial.error();
    }
    if (trial->kind != Trial::Kind::Right) {
        return TotpStart {*trial, {}};
    }
    const QByteArray secret = m_random.bytes(totpSecretBytes);
    const AuditEntry begun = entry(actorOf(who, address), "totp.begin", account->info);
    const auto kept = writeAndWait<void>(
        m_store, [pending = seal(secret, m_key, m_random), begun](Sql &sql) -> Result<void> {
            rows::setTotp(sql, begun.subject, {}, pending);
            rows::appendAudit(sql, begun);
            return {};
        });
    if (!kept) {
        return kept.error();
    }
    return TotpStart {*trial, secret};
}

Result<Trial> Accounts::confirmTotp(const SignedIn &who, const QString &code, const QString &address)
{
    const auto account = ownAccount(who);
    if (!account) {
        return account.error();
    }
    if (account->totpPending.isEmpty()) {
        return Error(ErrorCode::Conflict, QStringLiteral("没有待确认的动态码，请先开始绑定"));
    }
    const auto secret = unseal(account->totpPending, m_key);
    if (!secret) {
        return secret.error();
    }
    const auto step = matchTotp(*secret, code, m_clock.utcMs(), account->totpStep);
    if (!step) {
        return Trial {Trial::Kind::Wrong, 0};
    }
    const AuditEntry enrolled = entry(actorOf(who, address), "totp.enrol", account->info);
    const auto kept = writeAndWait<bool>(
        m_store, [sealed = account->totpPending, step = *step, enrolled](Sql &sql) -> Result<bool> {
            const auto present = rows::account(sql, enrolled.subject);
            if (!present || present->totpPending != sealed || !rows::useTotpStep(sql, enrolled.subject, step)) {
                return false;
            }
            rows::setTotp(sql, enrolled.subject, sealed, {});
            rows::appendAudit(sql, enrolled);
            return true;
        });
    if (!kept) {
        return kept.error();
    }
    return Trial {*kept ? Trial::Kind::Right : Trial::Kind::Wrong, 0};
}

Result<Trial> Accounts::removeTotp(
    const SignedIn &who, const QString &password, const QString &code, const QString &address)
{
    const auto account = ownAccount(who);
    if (!account) {
        return account.error();
    }
    if (!account->info.totp) {
        return Error(ErrorCode::Conflict, QStringLiteral("没有启用动态码"));
    }
    qint64 step = 0;
    const auto trial = tryOut(account->info.name, *account, password, &code, address, step);
    if (!trial || trial->kind != Trial::Kind::Right) {
        return trial;
    }
    const AuditEntry removed = entry(actorOf(who, address), "totp.remove", account->info);
    const auto kept = writeAndWait<bool>(m_store, [step, removed](Sql &sql) -> Result<bool> {
        if (!rows::useTotpStep(sql, removed.subject, step)) {
            return false;
        }
        rows::setTotp(sql, removed.subject, {}, {});
        rows::appendAudit(sql, removed);
        return true;
    });
    if (!kept) {
        return kept.error();
    }
    return Trial {*kept ? Trial::Kind::Right : Trial::Kind::Wrong, 0};
}

} // namespace qingfeng::server
