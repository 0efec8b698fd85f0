#include "app/server/accounts/accounts.h"
#include "app/server/accounts/password.h"
#include "app/server/accounts/sealed.h"
#include "app/server/accounts/store_access.h"
#include "app/server/accounts/totp.h"

#include "question_bank/base/canonical_json.h"

#include <algorithm>

namespace qingfeng::server {
namespace {

constexpr int freeFailures = 3;
constexpr int longestHere = 15 * 60; ///< s, for one name from one address
constexpr int longestEverywhere = 60; ///< s, for one name: nobody can keep its owner out for long
constexpr qint64 knownAddressMs = 30LL * 86'400'000; ///< where one signed in, others' failures elsewhere do not count

} // namespace

int delaySeconds(const SignInFailures &failures, qint64 nowMs, int longest)
{
    if (failures.count < freeFailures) {
        return 0;
    }
    const int delay = std::min(longest, 1 << std::min(20, failures.count - freeFailures));
    const qint64 leftMs = failures.lastAtMs + delay * 1000LL - nowMs;
    return leftMs > 0 ? std::min(delay, int((leftMs + 999) / 1000)) : 0;
}

Accounts::FailureKeys Accounts::failureKeys(const QString &name, const QString &address)
{
    const QByteArray bytes = name.toUtf8();
    return {sha256("name\n" + bytes), sha256("place\n" + bytes + '\n' + address.toUtf8())};
}

int Accounts::waitOf(
    Sql &sql, const QString &name, const std::optional<Account> &account, const QString &address) const
{
    const qint64 now = m_clock.utcMs();
    const FailureKeys keys = failureKeys(name, address);
    const int here = delaySeconds(rows::signInFailures(sql, keys.here, now), now, longestHere);
    if (account && rows::knowsAddress(sql, account->info.id, address, now - knownAddressMs)) {
        return here;
    }
    return std::max(here, delaySeconds(rows::signInFailures(sql, keys.everywhere, now), now, longestEverywhere));
}

Result<void> Accounts::noteFailure(
    const QString &name, const std::optional<Account> &account, const QString &address)
{
    // A name that nobody has may be a password in the wrong field: it is not kept.
    AuditEntry refused = entry({QString(), false, {}, address}, "session.refuse", account ? account->info : AccountInfo());
    return writeAndWait<void>(
        m_store, [keys = failureKeys(name, address), refused = std::move(refused)](Sql &sql) -> Result<void> {
            rows::addSignInFailure(sql, keys.everywhere, refused.atMs);
            rows::addSignInFailure(sql, keys.here, refused.atMs);
            rows::appendAudit(sql, refused);
            return {};
        });
}

Result<Trial> Accounts::tryOut(const QString &name, const std::optional<Account> &account, const QString &password,
    const QString *code, const QString &address, qint64 &step)
{
    const auto wait = m_store.read([&](Sql &sql) { return waitOf(sql, name, account, address); });
    if (!wait) {
        return wait.error();
    }
    if (*wait > 0) {
        return Trial {Trial::Kind::TooSoon, *wait};
    }
    bool right = passwordMatches(password, account ? account->passwordHash : QString());
    right = right && !account->info.disabled;
    if (right && code != nullptr && !account->totpSecret.isEmpty()) {
        if (code->isEmpty()) {
            return Trial {Trial::Kind::CodeNeeded, 0};
        }
        const auto secret = unseal(account->totpSecret, m_key);
        if (!secret) {
            return secret.error();
        }
        const auto used = matchTotp(*secret, *code, m_clock.utcMs(), account->totpStep);
        right = used.has_value();
        step = used.value_or(0);
    }
    if (!right) {
        if (const auto noted = noteFailure(name, account, address); !noted) {
            return noted.error();
        }
    }
    return Trial {right ? Trial::Kind::Right : Trial::Kind::Wrong, 0};
}

Result<SignInOutcome> Accounts::signIn(const SignInRequest &request, const QString &address)
{
    const QString name = request.name.trimmed().toLower();
    const auto found = m_store.read([&](Sql &sql) { return rows::accountNamed(sql, name); });
    if (!found) {
        return found.error();
    }
    const std::optional<Account> &account = *found;
    qint64 step = 0;
    const auto trial = tryOut(name, account, request.password, &request.code, address, step);
    if (!trial) {
        return trial.error();
    }
    if (trial->kind != Trial::Kind::Right) {
        return SignInOutcome {*trial, {}};
    }
    QString newHash;
    if (isOutdatedHash(account->passwordHash)) {
        const auto hash = hashPassword(request.password);
        newHash = hash ? *hash : QString();
    }
    const qint64 now = m_clock.utcMs();
    const QByteArray token = makeSessionToken(m_random);
    const AuditEntry opened = entry({account->info.id, false, {}, address}, "session.open", account->info);
    const auto kept = writeAndWait<AccountInfo>(m_store,
        [id = account->info.id, hash = sha256(token), keys = failureKeys(name, address), address, step, newHash, now,
            opened](Sql &sql) -> Result<AccountInfo> {
            const auto present = rows::account(sql, id);
            if (!present || present->info.disabled || (step > 0 && !rows::useTotpStep(sql, id, step))) {
                return Error(ErrorCode::NotPermitted);
            }
            if (!newHash.isEmpty()) {
                rows::setPasswordHash(sql, id, newHash);
            }
            rows::clearSignInFailures(sql, keys.everywhere);
            rows::clearSignInFailures(sql, keys.here);
            rows::openSession(sql, hash, id, address, now);
            rows::appendAudit(sql, opened);
            AccountInfo info = present->info;
            info.signedInAtMs = now;
            return info;
        });
    if (!kept && kept.error().code() == ErrorCode::NotPermitted) {
        const auto noted = noteFailure(name, account, address);
        return noted ? Result<SignInOutcome>(SignInOutcome {}) : Result<SignInOutcome>(noted.error());
    }
    if (!kept) {
        return kept.error();
    }
    return SignInOutcome {
        {Trial::Kind::Right, 0}, {QString::fromLatin1(token), now + longestSessionMs, idleSessionMs, *kept}};
}

Result<void> Accounts::signOut(const SignedIn &who, const QString &address)
{
    const AuditEntry closed = entry({who.account.id, false, {}, address}, "session.close", who.account);
    return writeAndWait<void>(m_store, [hash = who.tokenHash, closed](Sql &sql) -> Result<void> {
        rows::endSession(sql, hash, closed.atMs);
        rows::appendAudit(sql, closed);
        return {};
    });
}

} // namespace qingfeng::server
