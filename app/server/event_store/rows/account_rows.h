#pragma once

#include "app/server/event_store/sql/sql.h"
#include "quiz/protocol/account_messages.h"
#include "quiz/protocol/audit.h"

#include <optional>

/** The SQL of administrators' accounts and of the audit; as in rows.h, all throw SqlError. */
namespace qingfeng::server {

/** An account with what only the server knows of it. */
struct Account
{
    AccountInfo info;
    QString passwordHash; ///< argon2id, or empty
    QByteArray totpSecret; ///< sealed, or empty
    QByteArray totpPending; ///< sealed, or empty
    qint64 totpStep = 0; ///< the last time step that was used
};

struct AccountSession
{
    QString account;
    qint64 createdAtMs = 0;
    qint64 seenAtMs = 0;
    bool ended = false;
};

/** Wrong passwords under one key. */
struct SignInFailures
{
    int count = 0;
    qint64 lastAtMs = 0;
};

struct ToolCredential
{
    ToolInfo info;
    QByteArray secretHash;
};

namespace rows {

// account_rows.cpp
std::optional<Account> account(Sql &sql, const QString &id);
std::optional<Account> accountNamed(Sql &sql, const QString &name);
/** All, by name. */
QList<Account> accounts(Sql &sql);
/** Conflict: the name is taken. Its roles are kept too. */
Result<void> addAccount(Sql &sql, const Account &account);
void setRoles(Sql &sql, const QString &account, const QList<RoleGrant> &roles, qint64 nowMs);
void setDisabled(Sql &sql, const QString &account, std::optional<qint64> sinceMs);
void setPassword(Sql &sql, const QString &account, const QString &hash, bool mustChange, qint64 nowMs);
/** The same password under other costs. */
void setPasswordHash(Sql &sql, const QString &account, const QString &hash);
void setTotp(Sql &sql, const QString &account, const QByteArray &secret, const QByteArray &pending);
/** False when this step or a later one was used before. */
bool useTotpStep(Sql &sql, const QString &account, qint64 step);
/** Whether @p department is @p top or below it; everything is below an empty @p top. */
bool isWithin(Sql &sql, const QString &department, const QString &top);
bool hasDepartment(Sql &sql, const QString &code);
/** Empty for a person whom nobody knows. */
QString departmentOfPerson(Sql &sql, const QString &person);

// session_rows.cpp
/** Opens one, notes the sign-in, and forgets those that ended a month ago. */
void openSession(Sql &sql, const QByteArray &tokenHash, const QString &account, const QString &address, qint64 nowMs);
std::optional<AccountSession> session(Sql &sql, const QByteArray &tokenHash);
void touchSession(Sql &sql, const QByteArray &tokenHash, qint64 nowMs);
void endSession(Sql &sql, const QByteArray &tokenHash, qint64 nowMs);
/** Ends those of an account, except one; the number that were open. */
int endSessions(Sql &sql, const QString &account, const QByteArray &except, qint64 nowMs);
/** Whether the account had a session from this address that began after @p sinceMs. */
bool knowsAddress(Sql &sql, const QString &account, const QString &address, qint64 sinceMs);
/** What nobody tried for a day counts no more. */
SignInFailures signInFailures(Sql &sql, const QByteArray &key, qint64 nowMs);
void addSignInFailure(Sql &sql, const QByteArray &key, qint64 nowMs);
void clearSignInFailures(Sql &sql, const QByteArray &key);
void addTool(Sql &sql, const ToolCredential &tool);
std::optional<ToolCredential> tool(Sql &sql, const QString &id);
QList<ToolInfo> tools(Sql &sql);
/** False: there is none. */
bool revokeTool(Sql &sql, const QString &id, qint64 nowMs);

// audit_rows.cpp
/** Gives the entry its number, previous hash and hash, and keeps it. */
AuditEntry appendAudit(Sql &sql, AuditEntry entry);
/** Those after number @p after, at most @p limit. */
QList<AuditEntry> audit(Sql &sql, qint64 after, int limit);
/** Of them those of a department and those below it. */
QList<AuditEntry> auditOf(Sql &sql, const QString &department, qint64 after, int limit);

} // namespace rows
} // namespace qingfeng::server
