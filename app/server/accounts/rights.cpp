#include "app/server/accounts/rights.h"

#include "app/server/event_store/rows/account_rows.h"

#include <algorithm>

namespace qingfeng::server {

bool holdsEverywhere(const Actor &actor, Role role)
{
    return actor.local || actor.roles.contains(RoleGrant {role, QString()});
}

bool holdsSomewhere(const Actor &actor, Role role)
{
    return actor.local
        || std::any_of(actor.roles.begin(), actor.roles.end(),
            [role](const RoleGrant &grant) { return grant.role == role; });
}

bool holds(Sql &sql, const Actor &actor, Role role, const QString &department)
{
    return actor.local || std::any_of(actor.roles.begin(), actor.roles.end(), [&](const RoleGrant &grant) {
        return grant.role == role && rows::isWithin(sql, department, grant.department);
    });
}

bool manages(Sql &sql, const Actor &actor, const QList<RoleGrant> &roles)
{
    if (roles.isEmpty()) {
        return holdsEverywhere(actor, Role::System);
    }
    return std::all_of(roles.begin(), roles.end(),
        [&](const RoleGrant &grant) { return holds(sql, actor, Role::System, grant.department); });
}

std::optional<Error> refusalOf(Sql &sql, const QList<RoleGrant> &roles)
{
    bool system = false;
    bool auditor = false;
    for (const RoleGrant &grant : roles) {
        system = system || grant.role == Role::System;
        auditor = auditor || grant.role == Role::Auditor;
        if (!grant.department.isEmpty() && !rows::hasDepartment(sql, grant.department)) {
            return Error(ErrorCode::InvalidArgument, QStringLiteral("名册中没有这个部门：") + grant.department,
                QStringLiteral("roles"));
        }
    }
    if (system && auditor) {
        return Error(ErrorCode::Conflict, QStringLiteral("系统管理与审计不能由同一账号担任"), QStringLiteral("roles"));
    }
    return std::nullopt;
}

} // namespace qingfeng::server
