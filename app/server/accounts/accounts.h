#pragma once

#include "app/server/accounts/rights.h"
#include "app/server/accounts/sessions.h"
#include "question_bank/base/clock.h"
#include "question_bank/base/random.h"

namespace qingfeng::server {

/** What came of a password, and of the code with it. */
struct Trial
{
    enum class Kind {
        Right,
        Wrong, ///< no such account, disabled, wrong password or code: which of them is not said
        CodeNeeded, ///< the password is right and a code was not given
        TooSoon, ///< not tried: after several wrong ones one has to wait
    };
    Kind kind = Kind::Wrong;
    int waitSeconds = 0; ///< of TooSoon
};

struct SignInOutcome
{
    Trial trial;
    SignInAnswer answer; ///< of a right one
};

struct TotpStart
{
    Trial trial;
    QByteArray secret; ///< of a right one; asked for only once a code from it has been given
};

struct MadeTool
{
    ToolInfo info;
    QString secret; ///< shown this once
};

/** The seconds to wait before another try: none for three failures, then doubling up to @p longest. */
int delaySeconds(const SignInFailures &failures, qint64 nowMs, int longest);

/**
 * Administrators' accounts (管理员账号): how they come about, sign in and change. Every change and the audit's entry
 * about it are one transaction.
 *
 * The functions wait for the disk, those with a password for argon2id too (some 100 ms): call them from a thread
 * that may wait. Errors have their words for people in detail(): InvalidArgument; NotFound; Conflict; NotPermitted:
 * the actor does not manage this account; Unavailable: nothing was changed.
 */
class Accounts
{
public:
    /** @param key  seals the secrets of second factors; sealKeyBytes */
    Accounts(EventStore &store, const Clock &clock, Random &random, QByteArray key);

    // sign_in.cpp
    Result<SignInOutcome> signIn(const SignInRequest &request, const QString &address);
    Result<void> signOut(const SignedIn &who, const QString &address);

    // own_account.cpp: of who is signed in
    Result<Trial> changePassword(
        const SignedIn &who, const QString &current, const QString &next, const QString &address);
    Result<TotpStart> beginTotp(const SignedIn &who, const QString &password, const QString &address);
    /** Wrong: the code is not of the secret that beginTotp() gave. */
    Result<Trial> confirmTotp(const SignedIn &who, const QString &code, const QString &address);
    Result<Trial> removeTotp(
        const SignedIn &who, const QString &password, const QString &code, const QString &address);

    // accounts.cpp: of others
    /** Those that @p actor manages. */
    Result<QList<AccountInfo>> list(const Actor &actor) const;
    Result<AccountInfo> create(const Actor &actor, NewAccount account);
    /** Disabling ends its sessions at once. */
    Result<AccountInfo> setDisabled(const Actor &actor, const QString &id, bool disabled);
    /** All of them: what is not in the list is taken away. Holds at once. */
    Result<AccountInfo> setRoles(const Actor &actor, const QString &id, const QList<RoleGrant> &roles);
    /** It has to be changed at the next sign-in; sessions end. */
    Result<AccountInfo> resetPassword(const Actor &actor, const QString &id, const QString &password);
    /** For a lost telephone. */
    Result<AccountInfo> dropTotp(const Actor &actor, const QString &id);

    // tools.cpp
    Result<MadeTool> addTool(const Actor &actor, const NewTool &tool);
    Result<void> revokeTool(const Actor &actor, const QString &id);

private:
    /** The two keys under which failures of a name are counted: everywhere, and from one address. */
    struct FailureKeys
    {
        QByteArray everywhere;
        QByteArray here;
    };

    static FailureKeys failureKeys(const QString &name, const QString &address);
    /** How long the name must wait here, whether it exists or not. */
    int waitOf(Sql &sql, const QString &name, const std::optional<Account> &account, const QString &address) const;
    /** Tries password and code; a wrong one is counted and in the audit when this returns. @param step  gets the code's */
    Result<Trial> tryOut(const QString &name, const std::optional<Account> &account, const QString &password,
        const QString *code, const QString &address, qint64 &step);
    Result<void> noteFailure(const QString &name, const std::optional<Account> &account, const QString &address);
    Result<Account> ownAccount(const SignedIn &who) const;
    AuditEntry entry(const Actor &actor, const char *action, const AccountInfo &subject, QJsonObject detail = {}) const;
    /** Runs @p change on an account that the actor manages; the account as it is afterwards. */
    Result<AccountInfo> manage(const Actor &actor, const QString &id, const char *action, QJsonObject detail,
        std::function<std::optional<Error>(Sql &, const Account &, qint64 nowMs)> change);

    EventStore &m_store;
    const Clock &m_clock;
    Random &m_random;
    const QByteArray m_key;
};

} // namespace qingfeng::server
