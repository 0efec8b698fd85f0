#include "app/server/service/access.h"
#include "app/server/service/answers.h"
#include "app/server/service/operations.h"

#include "question_bank/base/uuid.h"
#include "quiz/protocol/paths.h"
#include "quiz/protocol/statement.h"

#include <QDateTime>
#include <QJsonDocument>

namespace qingfeng::server::operations {
namespace {

constexpr int maxPage = 500;
constexpr int defaultPage = 100;
constexpr auto urlSafe = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

QString isoTime(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs);
}

Error parameterError(const char *name, const char *detail)
{
    return Error(ErrorCode::InvalidArgument, text(detail), text(name));
}

/** A cursor says where a query goes on; to clients it is opaque. */
QString cursorOf(const StatementQuery &query, qint64 after)
{
    QJsonObject object {{text("p"), query.person}, {text("a"), query.ascending}, {text("l"), query.limit},
        {text("n"), after}};
    if (query.sinceMs) {
        object.insert(text("s"), *query.sinceMs);
    }
    if (query.untilMs) {
        object.insert(text("u"), *query.untilMs);
    }
    return QString::fromLatin1(QJsonDocument(object).toJson(QJsonDocument::Compact).toBase64(urlSafe));
}

std::optional<qint64> numberIn(const QJsonObject &object, const char *name)
{
    const QJsonValue value = object.value(QLatin1String(name));
    return value.isDouble() ? std::optional(value.toInteger()) : std::nullopt;
}

Result<StatementQuery> queryFromCursor(const QString &cursor)
{
    const QJsonObject object
        = QJsonDocument::fromJson(QByteArray::fromBase64(cursor.toLatin1(), urlSafe)).object();
    StatementQuery query;
    query.after = numberIn(object, "n");
    if (!query.after) {
        return parameterError("cursor", "not one of ours");
    }
    query.person = object.value(text("p")).toString();
    query.ascending = object.value(text("a")).toBool();
    query.limit = std::clamp(object.value(text("l")).toInt(defaultPage), 1, maxPage);
    query.sinceMs = numberIn(object, "s");
    query.untilMs = numberIn(object, "u");
    return query;
}

bool readLimit(const QString &value, int &limit)
{
    bool ok = false;
    const int asked = value.toInt(&ok);
    limit = asked <= 0 ? defaultPage : std::min(asked, maxPage);
    return ok && asked >= 0;
}

bool readTime(const QString &value, std::optional<qint64> &ms)
{
    const QDateTime time = QDateTime::fromString(value, Qt::ISODateWithMs);
    ms = time.isValid() ? std::optional(time.toMSecsSinceEpoch()) : std::nullopt;
    return time.isValid();
}

Result<StatementQuery> queryFromParameters(const QHash<QString, QString> &parameters)
{
    StatementQuery query;
    for (auto it = parameters.constBegin(); it != parameters.constEnd(); ++it) {
        const QString &name = it.key();
        if (name == text("agent")) {
            query.person = QJsonDocument::fromJson(it->toUtf8())
                               .object()
                               .value(text("account"))
                               .toObject()
                               .value(text("name"))
                               .toString();
            if (query.person.isEmpty()) {
                return parameterError("agent", "an agent with an account is expected");
            }
        } else if (name == text("since") || name == text("until")) {
            if (!readTime(*it, name == text("since") ? query.sinceMs : query.untilMs)) {
                return parameterError(name == text("since") ? "since" : "until", "ISO 8601 time expected");
            }
        } else if (name == text("limit")) {
            if (!readLimit(*it, query.limit)) {
                return parameterError("limit", "whole number expected");
            }
        } else if (name == text("ascending")) {
            query.ascending = *it == text("true");
        } else {
            return Error(ErrorCode::InvalidArgument, text("unknown parameter"), name.left(100));
        }
    }
    return query;
}

/** The statement with what a server adds to it. */
QJsonObject completed(const StoredStatement &stored)
{
    QJsonObject statement = stored.statement;
    statement.insert(text("stored"), isoTime(stored.storedAtMs));
    statement.insert(text("version"), text(xapiVersion));
    statement.insert(text("authority"),
        QJsonObject {{text("objectType"), text("Agent")},
            {text("account"),
                QJsonObject {{text("homePage"), homePageOf(stored.statement)},
                    {text("name"), text("device:") + stored.device}}}});
    return statement;
}

void addConsistency(const Context &context, const StatementPage &page, Response &response)
{
    response.addHeader("X-Experience-API-Consistent-Through",
        isoTime(page.consistentThroughMs.value_or(context.clock.utcMs())).toLatin1());
}

Response oneStatement(const Context &context, const Call &call, const QString &id)
{
    if (!isUuid(id)) {
        return badRequest(parameterError("statementId", "lower-case UUID expected"));
    }
    const auto found = context.store.statement(id);
    if (!found) {
        return failureAnswer(found.error());
    }
    if (!*found || (call.caller.kind == Caller::Kind::Device && (*found)->device != call.caller.device.id)) {
        return problemAnswer(404, "not-found", text("no such statement"));
    }
    Response response = jsonAnswer(completed(**found));
    response.addHeader("X-Experience-API-Consistent-Through", isoTime(context.clock.utcMs()).toLatin1());
    return response;
}

} // namespace

void about(Context &, Call, Reply reply)
{
    reply(jsonAnswer(QJsonObject {{text("version"), QJsonArray {text(xapiVersion), text("1.0.3")}}}));
}

void getStatements(Context &context, Call call, Reply reply)
{
    const auto &parameters = call.request.query;
    if (parameters.contains(text("statementId"))) {
        return reply(oneStatement(context, call, parameters.value(text("statementId"))));
    }
    auto query = parameters.contains(text("cursor")) ? queryFromCursor(parameters.value(text("cursor")))
                                                     : queryFromParameters(parameters);
    if (!query) {
        return reply(badRequest(query.error()));
    }
    if (call.caller.kind == Caller::Kind::Device) {
        query->device = call.caller.device.id;
    }
    const auto page = context.store.statements(*query);
    if (!page) {
        return reply(failureAnswer(page.error()));
    }
    QJsonArray list;
    for (const StoredStatement &stored : page->statements) {
        list.append(completed(stored));
    }
    const QString more = page->next
        ? QString(paths::xapiStatements) + text("?cursor=") + cursorOf(*query, *page->next)
        : text("");
    Response response = jsonAnswer(QJsonObject {{text("statements"), list}, {text("more"), more}});
    addConsistency(context, *page, response);
    reply(std::move(response));
}

void archive(Context &context, Call call, Reply reply)
{
    if (!demandForPerson(context, call, Role::ArchiveReader, call.parameter, reply)) {
        return;
    }
    StatementQuery query;
    query.ascending = true;
    const auto &parameters = call.request.query;
    if (parameters.contains(text("cursor"))) {
        const auto cursor = queryFromCursor(parameters.value(text("cursor")));
        if (!cursor) {
            return reply(badRequest(cursor.error()));
        }
        query = *cursor;
    } else if (parameters.contains(text("limit")) && !readLimit(parameters.value(text("limit")), query.limit)) {
        return reply(badRequest(parameterError("limit", "whole number expected")));
    }
    query.person = call.parameter;
    const auto page = context.store.statements(query);
    if (!page) {
        return reply(failureAnswer(page.error()));
    }
    QJsonArray list;
    for (const StoredStatement &stored : page->statements) {
        const auto attempt = attemptFromStatement(stored.statement);
        if (attempt) {
            list.append(toJson(*attempt));
        }
    }
    QJsonObject answer {{text("person"), call.parameter}, {text("attempts"), list}};
    if (page->next) {
        answer.insert(text("more"), cursorOf(query, *page->next));
    }
    Response response = jsonAnswer(answer);
    addConsistency(context, *page, response);
    reply(std::move(response));
}

} // namespace qingfeng::server::operations
