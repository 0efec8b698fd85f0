#include "app/server/service/service.h"

#include "app/server/service/answers.h"
#include "quiz/protocol/paths.h"

#include <atomic>

#include <spdlog/spdlog.h>

namespace qingfeng::server {
namespace {

constexpr qint64 nobodysBody = 64 * 1024; ///< of a path that is none of ours
constexpr int signInFailures = 30; ///< in ten minutes from one address; a whole office may stand behind it

/** Whether @p path has the form of @p pattern; @p parameter gets what stands for its {…}. */
bool matches(const char *pattern, const QString &path, QString &parameter)
{
    const QString form = QLatin1String(pattern);
    const qsizetype open = form.indexOf(QLatin1Char('{'));
    if (open < 0) {
        return path == form;
    }
    const QString before = form.left(open);
    const QString after = form.mid(form.indexOf(QLatin1Char('}')) + 1);
    if (!path.startsWith(before) || !path.endsWith(after) || path.size() <= before.size() + after.size()) {
        return false;
    }
    parameter = path.mid(before.size(), path.size() - before.size() - after.size());
    return !parameter.contains(QLatin1Char('/')) && parameter.size() <= 200;
}

struct Match
{
    const Route *route = nullptr;
    QString parameter;
    QByteArray allowed; ///< methods of this path; empty = there is no such path
};

Match findRoute(const Request &request)
{
    const QByteArray method = request.method == "HEAD" ? QByteArray("GET") : request.method;
    Match match;
    for (const Route &route : routes()) {
        QString parameter;
        if (!matches(route.path, request.path, parameter)) {
            continue;
        }
        if (method == route.method) {
            match.route = &route;
            match.parameter = parameter;
        }
        match.allowed += (match.allowed.isEmpty() ? "" : ", ") + QByteArray(route.method);
        if (qstrcmp(route.method, "GET") == 0) {
            match.allowed += ", HEAD";
        }
    }
    return match;
}

bool hasMediaType(const Request &request, const char *accepted)
{
    if (accepted == nullptr) {
        return true;
    }
    const QByteArray type = request.header("content-type").split(';').first().trimmed().toLower();
    return QByteArray(accepted).split(' ').contains(type);
}

bool isXapi(const Request &request)
{
    return request.path.startsWith(QLatin1String("/xapi/"));
}

/** The versions of both protocols must be ones that are spoken here. */
std::optional<Response> wrongVersion(const Request &request)
{
    const auto protocol = negotiateProtocol(request.header("x-qingfeng-protocol"));
    if (!protocol) {
        return problemAnswer(400, "protocol-unsupported", protocol.error().detail(),
            {{QStringLiteral("oldest"), oldestProtocol}, {QStringLiteral("newest"), newestProtocol}});
    }
    if (isXapi(request) && request.path != paths::xapiAbout) {
        const QByteArray version = request.header("x-experience-api-version");
        if (version != "2.0" && version != "1.0" && !version.startsWith("2.0.") && !version.startsWith("1.0.")) {
            return problemAnswer(400, "xapi-version",
                QStringLiteral("X-Experience-API-Version 2.0.x or 1.0.x expected"));
        }
    }
    return std::nullopt;
}

/** Behind a proxy of the house the client's address is the last that it adds; nobody else's word counts. */
void believeProxy(const QStringList &trusted, Request &request)
{
    if (trusted.contains(request.peer)) {
        const QByteArray last = request.header("x-forwarded-for").split(',').last().trimmed();
        if (!last.isEmpty() && last.size() <= 64) {
            request.peer = QString::fromLatin1(last);
        }
    }
}

/** Whose requests are counted together; empty = nobody's. */
QString bucketOf(const Caller &caller)
{
    switch (caller.kind) {
    case Caller::Kind::Device:
        return caller.device.id;
    case Caller::Kind::Account:
        return caller.account.account.id;
    case Caller::Kind::Tool:
        return caller.tool.id;
    default:
        return {};
    }
}

} // namespace

Service::Service(
    EventStore &store, const Clock &clock, Random &random, const Callers &callers, ServiceSettings settings)
    : m_context {store, clock, random, settings, callers, FailureLimiter(clock), {clock, settings.admission}, {},
        Accounts(store, clock, random, settings.accountKey), FailureLimiter(clock, signInFailures), {}, {}, {}}
    , m_counts(routes().size())
{
}

std::optional<Response> Service::shed(const Request &request)
{
    if (m_context.admission.hasRoomFor(errandOf(request.path))) {
        return std::nullopt;
    }
    Response response = problemAnswer(503, "overloaded", QStringLiteral("too much is under way"));
    response.addHeader("Retry-After", QByteArray::number(m_context.admission.retrySeconds()));
    return response;
}

qint64 Service::bodyLimit(const Request &request) const
{
    const Match match = findRoute(request);
    return match.route != nullptr ? match.route->maxBody : nobodysBody;
}

Response Service::refusal(int status) const
{
    switch (status) {
    case 413:
        return problemAnswer(413, "too-large");
    case 408:
        return problemAnswer(408, "too-slow");
    case 431:
        return problemAnswer(431, "header-too-large");
    default:
        return problemAnswer(400, "bad-request", QStringLiteral("not HTTP/1.1"));
    }
}

void Service::handle(Request request, Reply reply)
{
    const qint64 began = m_context.clock.utcMs();
    believeProxy(m_context.settings.trustedProxies, request);
    const bool xapi = isXapi(request);
    const QByteArray method = request.method;
    const Match match = findRoute(request);
    // Never the raw path: it may hold an employee number.
    const char *path = match.route != nullptr ? match.route->path : "-";
    const std::size_t routeIndex = match.route != nullptr ? std::size_t(match.route - routes().data()) : routes().size();
    const auto place = m_context.admission.enter();
    const auto replied = std::make_shared<std::atomic_flag>();
    const Reply finish = [this, began, xapi, method, path, routeIndex, replied, place, reply = std::move(reply)](Response response) {
        if (replied->test_and_set()) {
            return; // an operation failed after it had answered
        }
        response.addHeader(protocolHeader, QByteArray::number(newestProtocol));
        if (xapi) {
            response.addHeader(xapiVersionHeader, xapiVersion);
        }
        const qint64 took = m_context.clock.utcMs() - began;
        m_counts.add(routeIndex, response.status, took);
        spdlog::debug("{} {} {} {} ms", method.constData(), path, response.status, took);
        if (response.status >= 500) {
            spdlog::warn("{} {} answered {}", method.constData(), path, response.status);
        }
        reply(std::move(response));
    };
    try {
        dispatch(std::move(request), finish);
    } catch (const std::exception &exception) {
        spdlog::error("{} {}: {}", method.constData(), path, exception.what());
        finish(problemAnswer(500, "internal"));
    }
}

void Service::dispatch(Request request, const Reply &reply)
{
    const Match match = findRoute(request);
    if (match.allowed.isEmpty()) {
        return reply(problemAnswer(404, "unknown-path"));
    }
    if (match.route == nullptr) {
        Response response = problemAnswer(405, "method-not-allowed");
        response.addHeader("Allow", match.allowed);
        return reply(std::move(response));
    }
    Call call;
    call.parameter = match.parameter;
    if (match.route->access != Access::Anyone) {
        const auto caller = m_context.callers.identify(request.header("authorization"));
        if (!caller) {
            return reply(failureAnswer(caller.error()));
        }
        call.caller = *caller;
    }
    touch(call.caller);
    if (auto refused = denied(match.route->access, match.route->needs, call.caller)) {
        call.request = std::move(request);
        return entered(*match.route, call, reply)(std::move(*refused));
    }
    const QString bucket = bucketOf(call.caller);
    if (const int seconds = bucket.isEmpty() ? 0 : m_context.admission.wait(bucket)) {
        Response response = problemAnswer(429, "too-often", QStringLiteral("this caller asks too often"));
        response.addHeader("Retry-After", QByteArray::number(seconds));
        return reply(std::move(response));
    }
    if (auto refused = wrongVersion(request)) {
        return reply(std::move(*refused));
    }
    if (!hasMediaType(request, match.route->mediaTypes)) {
        return reply(problemAnswer(415, "media-type", QLatin1String(match.route->mediaTypes)));
    }
    call.request = std::move(request);
    const bool administrator = call.caller.kind != Caller::Kind::Nobody && call.caller.kind != Caller::Kind::Device;
    if (administrator && match.route->act != nullptr) {
        return runEntered(*match.route, std::move(call), reply);
    }
    const Reply last = entered(*match.route, call, reply);
    run(*match.route, std::move(call), last);
}

} // namespace qingfeng::server
