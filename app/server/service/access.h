#pragma once

#include "app/server/service/operations.h"

namespace qingfeng::server {

/** Who may call a route. */
enum class Access {
    Anyone,
    Device,
    Admin, ///< the connection file, and accounts as Needs says
    DeviceOrAdmin,
    Account, ///< whoever is signed in, about his own account; with a password that must be changed too
};

/** Where an account must hold one of the route's roles. */
enum class Reach {
    Whole, ///< for the whole unit
    Somewhere, ///< for some department: what is answered does not depend on it, or is decided one by one
    Demanded, ///< the operation calls demand() for the department; an answer without that is never sent
};

/** What an account or a tool needs for an Admin route. By default neither may call it. */
struct Needs
{
    unsigned roles = 0; ///< one of them: anyOf()
    Reach reach = Reach::Whole;
    const char *scopes = nullptr; ///< of a tool, one of them, separated by a space
};

template <typename... Roles> constexpr unsigned anyOf(Roles... roles)
{
    return ((1U << unsigned(roles)) | ...);
}

/** Who acts, for accounts' rights and for the audit; of a device or nobody, an actor who may do nothing. */
Actor actorOf(const Call &call);

/** The refusal for a caller who may not, or nothing. */
std::optional<Response> denied(Access access, const Needs &needs, const Caller &caller);

/**
 * The one call by which an operation makes sure that whoever asks may do this for @p department (empty = the whole
 * unit). False: the refusal was sent, and the operation ends. A route with Reach::Demanded whose operation answers
 * without having asked is answered 500 in its place.
 */
[[nodiscard]] bool demand(
    const Context &context, const Call &call, Role role, const QString &department, const Reply &reply);

/** demand() for the department of a person; for the whole unit where nobody knows that person. */
[[nodiscard]] bool demandForPerson(
    const Context &context, const Call &call, Role role, const QString &person, const Reply &reply);

} // namespace qingfeng::server
