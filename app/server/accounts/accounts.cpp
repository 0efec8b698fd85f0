#include "app/server/accounts/accounts.h"

#include "app/server/accounts/password.h"
#include "app/server/accounts/store_access.h"
#include "question_bank/base/uuid.h"

#include <algorithm>

#include <QJsonArray>
#include <QRegularExpression>

namespace qingfeng::server {
namespace {

/** The one department of all roles, or the whole unit. */
QString departmentOf(const QList<RoleGrant> &roles)
{
    const QString first = roles.isEmpty() ? QString() : roles.first().department;
    const bool same = std::all_of(
        roles.begin(), roles.end(), [&first](const RoleGrant &grant) { return grant.department == first; });
    return same ? first : QString();
}

Error invalid(const char *where, const QString &detail)
{
    return Error(ErrorCode::InvalidArgument, detail, QLatin1String(where));
}

Error notManaged()
{
    return Error(ErrorCode::NotPermitted, QStringLiteral("您没有管理这个账号或授予这些角色的权限"));
}

std::optional<Error> unfit(const NewAccount &account)
{
    static const QRegularExpression names(QStringLiteral("^[a-z0-9][a-z0-9._-]{1,63}$"));
    if (!names.match(account.name).hasMatch()) {
        return invalid("name", QStringLiteral("账号名由 2 到 64 个小写字母、数字、点、横线和下划线组成，以字母或数字开头"));
    }
    if (account.title.trimmed().isEmpty()) {
        return invalid("title", QStringLiteral("须写明姓名和职务"));
    }
    if (account.source != QLatin1String("local")) {
        return invalid("source", QStringLiteral("须为 local")); // a directory service cannot be asked yet
    }
    if (const auto fit = checkPassword(account.password, account.name); !fit) {
        return fit.error();
    }
    return std::nullopt;
}

} // namespace

Accounts::Accounts(EventStore &store, const Clock &clock, Random &random, QByteArray key)
    : m_store(store)
    , m_clock(clock)
    , m_random(random)
    , m_key(std::move(key))
{
}

AuditEntry Accounts::entry(
    const Actor &actor, const char *action, const AccountInfo &subject, QJsonObject detail) const
{
    AuditEntry audit;
    audit.atMs = m_clock.utcMs();
    audit.actor = actor.id;
    audit.action = QLatin1String(action);
    audit.subject = subject.id;
    audit.department = departmentOf(subject.roles);
    if (!subject.name.isEmpty()) {
        detail.insert(QStringLiteral("name"), subject.name);
    }
    detail.insert(QStringLiteral("address"), actor.address);
    audit.detail = detail;
    return audit;
}

Result<QList<AccountInfo>> Accounts::list(const Actor &actor) const
{
    return m_store.read([&actor](Sql &sql) {
        QList<AccountInfo> list;
        for (const Account &account : rows::accounts(sql)) {
            if (manages(sql, actor, account.info.roles)) {
                list.append(account.info);
            }
        }
        return list;
    });
}

Result<AccountInfo> Accounts::create(const Actor &actor, NewAccount asked)
{
    asked.name = asked.name.trimmed().toLower();
    if (const auto refused = unfit(asked)) {
        return *refused;
    }
    const auto hash = asked.password.isEmpty() ? Result<QString>(QString()) : hashPassword(asked.password);
    if (!hash) {
        return hash.error();
    }
    Account account;
    account.info.id = makeUuidV7(m_clock, m_random);
    account.info.name = asked.name;
    account.info.title = asked.title.trimmed();
    account.info.person = asked.person;
    account.info.source = asked.source;
    account.info.roles = asked.roles;
    account.info.mustChange = !asked.password.isEmpty(); // who made it knows it
    account.info.createdAtMs = m_clock.utcMs();
    account.passwordHash = *hash;
    const AuditEntry created
        = entry(actor, "account.create", account.info, {{QStringLiteral("roles"), toJson(asked.roles)}});
    return writeAndWait<AccountInfo>(m_store, [actor, account, created](Sql &sql) -> Result<AccountInfo> {
        if (!manages(sql, actor, account.info.roles)) {
            return notManaged();
        }
        if (const auto refused = refusalOf(sql, account.info.roles)) {
            return *refused;
        }
        if (rows::accountNamed(sql, account.info.name)) {
            return Error(ErrorCode::Conflict, QStringLiteral("这个账号名已有人使用"), QStringLiteral("name"));
        }
        if (const auto added = rows::addAccount(sql, account); !added) {
            return added.error();
        }
        rows::appendAudit(sql, created);
        return account.info;
    });
}

Result<AccountInfo> Accounts::manage(const Actor &actor, const QString &id, const char *action, QJsonObject detail,
    std::function<std::optional<Error>(Sql &, const Account &, qint64)> change)
{
    const qint64 now = m_clock.utcMs();
    return writeAndWait<AccountInfo>(m_store,
        [this, actor, id, action, detail = std::move(detail), change = std::move(change), now](
            Sql &sql) -> Result<AccountInfo> {
            const auto account = rows::account(sql, id);
            if (!account) {
                return Error(ErrorCode::NotFound, QStringLiteral("没有这个账号"));
            }
            if (!manages(sql, actor, account->info.roles)) {
                return notManaged();
            }
            if (const auto refused = change(sql, *account, now)) {
                return *refused;
            }
            rows::appendAudit(sql, entry(actor, action, account->info, detail));
            return rows::account(sql, id)->info;
        });
}

Result<AccountInfo> Accounts::setDisabled(const Actor &actor, const QString &id, bool disabled)
{
    const char *action = disabled ? "account.disable" : "account.enable";
    return manage(actor, id, action, {},
        [actor, disabled](Sql &sql, const Account &account, qint64 now) -> std::optional<Error> {
            if (account.info.id == actor.id) {
                return Error(ErrorCode::Conflict, QStringLiteral("不能停用自己的账号，请由另一位系统管理员操作"));
            }
            rows::setDisabled(sql, account.info.id, disabled ? std::optional(now) : std::nullopt);
            if (disabled) {
                rows::endSessions(sql, account.info.id, {}, now);
            }
            return std::nullopt;
        });
}

Result<AccountInfo> Accounts::setRoles(const Actor &actor, const QString &id, const QList<RoleGrant> &roles)
{
    return manage(actor, id, "account.roles", {{QStringLiteral("roles"), toJson(roles)}},
        [actor, roles](Sql &sql, const Account &account, qint64 now) -> std::optional<Error> {
            if (account.info.id == actor.id) {
                return Error(ErrorCode::Conflict, QStringLiteral("不能改自己的角色，请由另一位系统管理员操作"));
            }
            if (!manages(sql, actor, roles)) {
                return notManaged();
            }
            if (auto refused = refusalOf(sql, roles)) {
                return refused;
            }
            rows::setRoles(sql, account.info.id, roles, now);
            return std::nullopt;
        });
}

Result<AccountInfo> Accounts::resetPassword(const Actor &actor, const QString &id, const QString &password)
{
    const auto found = m_store.read([&](Sql &sql) { return rows::account(sql, id); });
    if (!found) {
        return found.error();
    }
    if (const auto fit = checkPassword(password, *found ? (*found)->info.name : QString()); !fit) {
        return fit.error();
    }
    const auto hash = hashPassword(password);
    if (!hash) {
        return hash.error();
    }
    return manage(actor, id, "password.reset", {},
        [actor, hash = *hash](Sql &sql, const Account &account, qint64 now) -> std::optional<Error> {
            if (account.info.source != QLatin1String("local")) {
                return Error(ErrorCode::Conflict, QStringLiteral("这个账号的口令由目录服务管理"));
            }
            if (account.info.id == actor.id) {
                return Error(ErrorCode::Conflict, QStringLiteral("自己的口令请用“修改口令”"));
            }
            rows::setPassword(sql, account.info.id, hash, true, now);
            rows::endSessions(sql, account.info.id, {}, now);
            return std::nullopt;
        });
}

Result<AccountInfo> Accounts::dropTotp(const Actor &actor, const QString &id)
{
    return manage(actor, id, "totp.drop", {},
        [actor](Sql &sql, const Account &account, qint64 now) -> std::optional<Error> {
            if (account.info.id == actor.id) {
                return Error(ErrorCode::Conflict, QStringLiteral("停用自己的动态码须有口令和动态码"));
            }
            rows::setTotp(sql, account.info.id, {}, {});
            rows::endSessions(sql, account.info.id, {}, now);
            return std::nullopt;
        });
}

} // namespace qingfeng::server
