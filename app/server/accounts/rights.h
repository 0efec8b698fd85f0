#pragma once

#include "app/server/event_store/sql/sql.h"
#include "quiz/protocol/account_messages.h"

#include <optional>

/** What roles allow where (角色与单位). A role for a department holds for those below it too. */
namespace qingfeng::server {

/** Who acts: for the checks and for the audit. */
struct Actor
{
    QString id; ///< of the account, or "local" for the holder of the connection file
    bool local = false; ///< may do everything everywhere
    QList<RoleGrant> roles;
    QString address;
};

/** For the whole unit. */
bool holdsEverywhere(const Actor &actor, Role role);
/** For some department at least. */
bool holdsSomewhere(const Actor &actor, Role role);
/** For this department; an empty one is the whole unit. */
bool holds(Sql &sql, const Actor &actor, Role role, const QString &department);

/**
 * Whether @p actor manages an account with these roles: it has System for the department of each. One without roles
 * is managed by who has System everywhere.
 */
bool manages(Sql &sql, const Actor &actor, const QList<RoleGrant> &roles);

/** In words for people: a department that is not there, or roles that do not go together. */
std::optional<Error> refusalOf(Sql &sql, const QList<RoleGrant> &roles);

} // namespace qingfeng::server
