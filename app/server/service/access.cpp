#include "app/server/service/access.h"

#include "app/server/event_store/rows/account_rows.h"
#include "app/server/service/answers.h"

#include <algorithm>

namespace qingfeng::server {
namespace {

Response notPermitted(const QString &why = {})
{
    return problemAnswer(403, "not-permitted", why);
}

Response forDevicesOnly()
{
    return notPermitted(QStringLiteral("这一请求只供已注册的电脑使用"));
}

Response forAccountsOnly()
{
    return notPermitted(QStringLiteral("这一请求只供登录的管理员账号使用"));
}

Response unknownCaller(Access access)
{
    Response response = access == Access::Device
        ? problemAnswer(401, "token-required")
        : problemAnswer(401, "token-required", QStringLiteral("尚未登录，或登录已过期，请重新登录"));
    response.addHeader("WWW-Authenticate", "Bearer");
    return response;
}

std::optional<Response> deniedAccount(Access access, const Needs &needs, const AccountInfo &account)
{
    if (access == Access::Account) {
        return std::nullopt;
    }
    if (access == Access::Device) {
        return forDevicesOnly();
    }
    if (account.mustChange) {
        return problemAnswer(403, "password-change-required", QStringLiteral("初始口令须先修改，之后才能办理其他事项"));
    }
    const Actor actor {account.id, false, account.roles, {}};
    const bool may = std::any_of(std::begin(allRoles), std::end(allRoles), [&](Role role) {
        return (needs.roles & anyOf(role)) != 0
            && (needs.reach == Reach::Whole ? holdsEverywhere(actor, role) : holdsSomewhere(actor, role));
    });
    return may ? std::nullopt : std::optional(notPermitted(QStringLiteral("您的角色不能办理这一事项")));
}

std::optional<Response> deniedTool(const Needs &needs, const ToolInfo &tool)
{
    const QStringList scopes = QString::fromLatin1(needs.scopes).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const bool may = std::any_of(
        tool.scopes.begin(), tool.scopes.end(), [&scopes](const QString &scope) { return scopes.contains(scope); });
    return may ? std::nullopt : std::optional(notPermitted(QStringLiteral("这个接入凭据没有相应的权限范围")));
}

Response roleMissing(Role role, const QString &department)
{
    return notPermitted(department.isEmpty()
            ? QStringLiteral("须有全单位的“%1”角色").arg(titleOf(role))
            : QStringLiteral("须有部门 %1 的“%2”角色").arg(department, titleOf(role)));
}

} // namespace

Actor actorOf(const Call &call)
{
    if (call.caller.kind == Caller::Kind::Admin) {
        return {QStringLiteral("local"), true, {}, call.request.peer};
    }
    if (call.caller.kind == Caller::Kind::Account) {
        return {call.caller.account.account.id, false, call.caller.account.account.roles, call.request.peer};
    }
    return {call.caller.tool.id, false, {}, call.request.peer};
}

std::optional<Response> denied(Access access, const Needs &needs, const Caller &caller)
{
    if (access == Access::Anyone) {
        return std::nullopt;
    }
    const bool forDevices = access == Access::Device || access == Access::DeviceOrAdmin;
    const bool forAdmin = access == Access::Admin || access == Access::DeviceOrAdmin;
    switch (caller.kind) {
    case Caller::Kind::Nobody:
        return unknownCaller(access);
    case Caller::Kind::RevokedDevice:
        return problemAnswer(403, "device-revoked");
    case Caller::Kind::Device:
        return forDevices ? std::nullopt : std::optional(notPermitted());
    case Caller::Kind::Admin:
        return forAdmin ? std::nullopt : std::optional(forDevices ? forDevicesOnly() : forAccountsOnly());
    case Caller::Kind::Account:
        return deniedAccount(access, needs, caller.account.account);
    case Caller::Kind::Tool:
        return forAdmin ? deniedTool(needs, caller.tool) : std::optional(forDevices ? forDevicesOnly() : forAccountsOnly());
    }
    return notPermitted();
}

bool demand(const Context &context, const Call &call, Role role, const QString &department, const Reply &reply)
{
    *call.demanded = true;
    const Actor actor = actorOf(call);
    const auto held = context.store.read([&](Sql &sql) { return holds(sql, actor, role, department); });
    if (!held || !*held) {
        reply(held ? roleMissing(role, department) : failureAnswer(held.error()));
        return false;
    }
    return true;
}

bool demandForPerson(
    const Context &context, const Call &call, Role role, const QString &person, const Reply &reply)
{
    const auto department = context.store.read([&](Sql &sql) { return rows::departmentOfPerson(sql, person); });
    if (!department) {
        *call.demanded = true;
        reply(failureAnswer(department.error()));
        return false;
    }
    return demand(context, call, role, *department, reply);
}

} // namespace qingfeng::server
