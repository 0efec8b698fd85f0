#include "quiz/protocol/account_messages.h"

#include "quiz/protocol/json_fields.h"

#include <QJsonArray>

namespace qingfeng {
namespace {

using Presence = JsonFields::Presence;

constexpr int maxDepartmentCode = 64;
constexpr int maxScopes = 16;

struct RoleWords
{
    Role role;
    const char *name;
    const char16_t *title;
};

constexpr RoleWords roleWords[] = {
    {Role::BankEditor, "bank-editor", u"题库编辑"},
    {Role::BankApprover, "bank-approver", u"题库审核"},
    {Role::MessageDesk, "message-desk", u"意见答复"},
    {Role::ArchiveReader, "archive-reader", u"档案查阅"},
    {Role::Auditor, "auditor", u"审计"},
    {Role::System, "system", u"系统管理"},
};

const RoleWords &wordsOf(Role role)
{
    for (const RoleWords &words : roleWords) {
        if (words.role == role) {
            return words;
        }
    }
    Q_UNREACHABLE();
}

} // namespace

QString nameOf(Role role)
{
    return QLatin1String(wordsOf(role).name);
}

std::optional<Role> roleFromName(const QString &name)
{
    for (const RoleWords &words : roleWords) {
        if (name == QLatin1String(words.name)) {
            return words.role;
        }
    }
    return std::nullopt;
}

QString titleOf(Role role)
{
    return QString::fromUtf16(wordsOf(role).title);
}

QJsonArray toJson(const QList<RoleGrant> &grants)
{
    QJsonArray list;
    for (const RoleGrant &grant : grants) {
        list.append(QJsonObject {{key("role"), nameOf(grant.role)}, {key("department"), grant.department}});
    }
    return list;
}

Result<QList<RoleGrant>> roleGrantsFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    QList<RoleGrant> grants;
    const QJsonArray list = fields.array(key("roles"), maxGrants);
    for (qsizetype i = 0; i < list.size(); ++i) {
        JsonFields entry(list.at(i).toObject(), QStringLiteral("roles[%1].").arg(i));
        const auto role = roleFromName(entry.text(key("role"), 32));
        if (!role) {
            entry.fail(key("role"), QStringLiteral("no such role"));
        }
        const RoleGrant grant {
            role.value_or(Role::BankEditor), entry.text(key("department"), maxDepartmentCode, Presence::Optional)};
        if (entry.error()) {
            return *entry.error();
        }
        if (!grants.contains(grant)) {
            grants.append(grant);
        }
    }
    return fields.result(grants);
}

QJsonObject toJson(const AccountInfo &m)
{
    return {{key("id"), m.id}, {key("name"), m.name}, {key("title"), m.title}, {key("person"), m.person},
        {key("source"), m.source}, {key("roles"), toJson(m.roles)}, {key("totp"), m.totp},
        {key("must_change"), m.mustChange}, {key("disabled"), m.disabled}, {key("created_at_ms"), m.createdAtMs},
        {key("signed_in_at_ms"), m.signedInAtMs}};
}

Result<AccountInfo> accountInfoFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    AccountInfo m;
    m.id = fields.uuid(key("id"));
    m.name = fields.text(key("name"), maxAccountName);
    m.title = fields.text(key("title"), maxAccountTitle);
    m.person = fields.text(key("person"), 64, Presence::Optional);
    m.source = fields.text(key("source"), 16);
    m.totp = fields.boolean(key("totp"));
    m.mustChange = fields.boolean(key("must_change"));
    m.disabled = fields.boolean(key("disabled"));
    m.createdAtMs = fields.integer(key("created_at_ms"));
    m.signedInAtMs = fields.integer(key("signed_in_at_ms"));
    const auto roles = roleGrantsFromJson(object);
    if (!roles) {
        return roles.error();
    }
    m.roles = *roles;
    return fields.result(m);
}

QJsonObject toJson(const SignInRequest &m)
{
    return {{key("name"), m.name}, {key("password"), m.password}, {key("code"), m.code}};
}

Result<SignInRequest> signInRequestFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    SignInRequest m;
    m.name = fields.text(key("name"), maxAccountName);
    m.password = fields.text(key("password"), maxPassword);
    m.code = fields.text(key("code"), 16, Presence::Optional);
    return fields.result(m);
}

QJsonObject toJson(const SignInAnswer &m)
{
    return {{key("token"), m.token}, {key("expires_at_ms"), m.expiresAtMs}, {key("idle_ms"), m.idleMs},
        {key("account"), toJson(m.account)}};
}

Result<SignInAnswer> signInAnswerFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    SignInAnswer m;
    m.token = fields.text(key("token"), 128);
    m.expiresAtMs = fields.integer(key("expires_at_ms"));
    m.idleMs = fields.integer(key("idle_ms"));
    const auto account = accountInfoFromJson(fields.object(key("account")));
    if (!account) {
        return fields.error().value_or(account.error());
    }
    m.account = *account;
    return fields.result(m);
}

QJsonObject toJson(const NewAccount &m)
{
    return {{key("name"), m.name}, {key("title"), m.title}, {key("person"), m.person}, {key("source"), m.source},
        {key("password"), m.password}, {key("roles"), toJson(m.roles)}};
}

Result<NewAccount> newAccountFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    NewAccount m;
    m.name = fields.text(key("name"), maxAccountName);
    m.title = fields.text(key("title"), maxAccountTitle);
    m.person = fields.text(key("person"), 64, Presence::Optional);
    const QString source = fields.text(key("source"), 16, Presence::Optional);
    m.source = source.isEmpty() ? m.source : source;
    m.password = fields.text(key("password"), maxPassword, Presence::Optional);
    const auto roles = roleGrantsFromJson(object);
    if (!roles) {
        return fields.error().value_or(roles.error());
    }
    m.roles = *roles;
    return fields.result(m);
}

QJsonObject toJson(const NewTool &m)
{
    return {{key("label"), m.label}, {key("scopes"), QJsonArray::fromStringList(m.scopes)},
        {key("valid_days"), m.validDays}};
}

Result<NewTool> newToolFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    NewTool m;
    m.label = fields.text(key("label"), maxAccountTitle);
    m.scopes = fields.texts(key("scopes"), maxScopes, 32);
    m.validDays = int(fields.integer(key("valid_days"), 1, 3660));
    return fields.result(m);
}

QJsonObject toJson(const ToolInfo &m)
{
    return {{key("id"), m.id}, {key("label"), m.label}, {key("scopes"), QJsonArray::fromStringList(m.scopes)},
        {key("created_at_ms"), m.createdAtMs}, {key("expires_at_ms"), m.expiresAtMs}, {key("revoked"), m.revoked}};
}

Result<ToolInfo> toolInfoFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    ToolInfo m;
    m.id = fields.uuid(key("id"));
    m.label = fields.text(key("label"), maxAccountTitle);
    m.scopes = fields.texts(key("scopes"), maxScopes, 32);
    m.createdAtMs = fields.integer(key("created_at_ms"));
    m.expiresAtMs = fields.integer(key("expires_at_ms"));
    m.revoked = fields.boolean(key("revoked"));
    return fields.result(m);
}

} // namespace qingfeng
