#include "app/server/accounts/store_access.h"
#include "app/server/event_store/rows/account_rows.h"
#include "app/server/service/answers.h"
#include "app/server/service/service.h"
#include "question_bank/base/canonical_json.h"

#include <spdlog/spdlog.h>

namespace qingfeng::server {
namespace {

constexpr int maxQueryKept = 8; ///< parameters in an entry of the audit
constexpr int maxTextKept = 200;

/** What the audit holds of a call: of its body the hash, for a package or roster is kept elsewhere. */
AuditEntry entryOf(const Route &route, const Call &call, qint64 nowMs)
{
    const Actor actor = actorOf(call);
    AuditEntry entry;
    entry.atMs = nowMs;
    entry.actor = actor.id;
    entry.action = route.act != nullptr ? QLatin1String(route.act) : QString();
    entry.subject = call.parameter;
    entry.detail.insert(QStringLiteral("address"), actor.address);
    QJsonObject query;
    for (auto it = call.request.query.cbegin(); it != call.request.query.cend() && query.size() < maxQueryKept; ++it) {
        query.insert(it.key().left(maxTextKept), it.value().left(maxTextKept));
    }
    if (!query.isEmpty()) {
        entry.detail.insert(QStringLiteral("query"), query);
    }
    if (!call.request.body.isEmpty()) {
        entry.detail.insert(QStringLiteral("body_sha256"), sha256Hex(call.request.body));
    }
    return entry;
}

} // namespace

void Service::touch(const Caller &caller)
{
    if (caller.kind == Caller::Kind::Account && caller.account.touchDue) {
        m_context.store.write<void>(
            0,
            [hash = caller.account.tokenHash, now = m_context.clock.utcMs()](Sql &sql) -> Result<void> {
                rows::touchSession(sql, hash, now);
                return {};
            },
            [](const Result<void> &) {}); // else it is noted a little later
    }
}

Reply Service::entered(const Route &route, const Call &call, const Reply &reply)
{
    if (call.caller.kind != Caller::Kind::Account && call.caller.kind != Caller::Kind::Admin
        && call.caller.kind != Caller::Kind::Tool) {
        return reply;
    }
    return [this, route = &route, reply, audit = entryOf(route, call, m_context.clock.utcMs())](Response response) {
        const bool refused = response.status == 403;
        if (!refused && (route->act == nullptr || response.status < 400)) {
            return reply(std::move(response));
        }
        AuditEntry outcome = audit;
        outcome.action = refused ? QStringLiteral("access.refuse") : QLatin1String(route->act) + QStringLiteral(".fail");
        outcome.detail.insert(QStringLiteral("route"), QLatin1String(route->method) + QLatin1Char(' ') + QLatin1String(route->path));
        outcome.detail.insert(QStringLiteral("status"), response.status);
        m_context.store.write<void>(
            0,
            [outcome](Sql &sql) -> Result<void> {
                rows::appendAudit(sql, outcome);
                return {};
            },
            [reply, response](const Result<void> &) { reply(response); });
    };
}

void Service::runEntered(const Route &route, Call call, const Reply &reply)
{
    const AuditEntry audit = entryOf(route, call, m_context.clock.utcMs());
    const Reply last = entered(route, call, reply);
    const bool taken = m_context.administration.post([this, &route, call, reply, last, audit] {
        const auto kept = writeAndWait<void>(m_context.store, [audit](Sql &sql) -> Result<void> {
            rows::appendAudit(sql, audit);
            return {};
        });
        if (!kept) {
            return reply(failureAnswer(kept.error()));
        }
        try {
            run(route, call, last);
        } catch (const std::exception &exception) {
            spdlog::error("{} {}: {}", route.method, route.path, exception.what());
            last(problemAnswer(500, "internal"));
        }
    });
    if (!taken) {
        reply(failureAnswer(Error(ErrorCode::Unavailable)));
    }
}

void Service::run(const Route &route, Call call, const Reply &reply)
{
    if (route.needs.reach != Reach::Demanded) {
        return route.operation(m_context, std::move(call), reply);
    }
    const auto demanded = call.demanded;
    route.operation(m_context, std::move(call), [demanded, &route, reply](Response response) {
        if (response.status < 400 && !*demanded) {
            spdlog::error("{} {} answers without demanding its role", route.method, route.path);
            response = problemAnswer(500, "internal");
        }
        reply(std::move(response));
    });
}

} // namespace qingfeng::server
