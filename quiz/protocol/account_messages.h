#pragma once

#include "question_bank/base/result.h"

#include <optional>

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

/** The messages about administrators' accounts (管理员账号); rules as in messages.h. */
namespace qingfeng {

/** 角色: what an administrator does. */
enum class Role {
    BankEditor, ///< writes and changes drafts of the bank
    BankApprover, ///< approves and publishes what another has written
    MessageDesk, ///< reads and answers what people write
    ArchiveReader, ///< reads learning archives
    Auditor, ///< reads the audit; never together with System
    System, ///< accounts, people, devices
};

inline constexpr Role allRoles[] = {Role::BankEditor, Role::BankApprover, Role::MessageDesk, Role::ArchiveReader,
    Role::Auditor, Role::System};

/** Stable name: "bank-editor". */
QString nameOf(Role role);
std::optional<Role> roleFromName(const QString &name);
/** What people read: 题库编辑. */
QString titleOf(Role role);

/** A role for a department and those below it. */
struct RoleGrant
{
    Role role = Role::BankEditor;
    QString department; ///< empty = the whole unit
    bool operator==(const RoleGrant &) const = default;
};

/** One account as others see it: no password, no secret. */
struct AccountInfo
{
    QString id;
    QString name; ///< to sign in with
    QString title; ///< name and office
    QString person; ///< employee number, or empty
    QString source; ///< local, directory
    QList<RoleGrant> roles;
    bool totp = false; ///< a second factor is asked for
    bool mustChange = false; ///< may do nothing before a new password
    bool disabled = false;
    qint64 createdAtMs = 0;
    qint64 signedInAtMs = 0; ///< 0 = never
    bool operator==(const AccountInfo &) const = default;
};

/** POST /v1/sign-in. */
struct SignInRequest
{
    QString name;
    QString password;
    QString code; ///< of the second factor; may be empty
};

struct SignInAnswer
{
    QString token;
    qint64 expiresAtMs = 0; ///< at the latest
    qint64 idleMs = 0; ///< sooner, when nothing is asked for so long
    AccountInfo account;
    bool operator==(const SignInAnswer &) const = default;
};

/** POST /v1/accounts. */
struct NewAccount
{
    QString name;
    QString title;
    QString person;
    QString source = QStringLiteral("local");
    QString password; ///< empty for one of the directory
    QList<RoleGrant> roles;
};

/** POST /v1/tools: a credential for another program. */
struct NewTool
{
    QString label;
    QStringList scopes;
    int validDays = 90; ///< 1 … 3660
};

struct ToolInfo
{
    QString id;
    QString label;
    QStringList scopes;
    qint64 createdAtMs = 0;
    qint64 expiresAtMs = 0;
    bool revoked = false;
    bool operator==(const ToolInfo &) const = default;
};

inline constexpr int maxAccountName = 64;
inline constexpr int maxAccountTitle = 100;
inline constexpr int maxPassword = 128;
inline constexpr int maxGrants = 50;
inline constexpr int maxAuditPerPage = 500;

QJsonArray toJson(const QList<RoleGrant> &grants);
QJsonObject toJson(const AccountInfo &message);
QJsonObject toJson(const SignInRequest &message);
QJsonObject toJson(const SignInAnswer &message);
QJsonObject toJson(const NewAccount &message);
QJsonObject toJson(const NewTool &message);
QJsonObject toJson(const ToolInfo &message);

/** A field "roles" of @p object. */
Result<QList<RoleGrant>> roleGrantsFromJson(const QJsonObject &object);
Result<AccountInfo> accountInfoFromJson(const QJsonObject &object);
Result<SignInRequest> signInRequestFromJson(const QJsonObject &object);
Result<SignInAnswer> signInAnswerFromJson(const QJsonObject &object);
Result<NewAccount> newAccountFromJson(const QJsonObject &object);
Result<NewTool> newToolFromJson(const QJsonObject &object);
Result<ToolInfo> toolInfoFromJson(const QJsonObject &object);

} // namespace qingfeng
