#include "app/server/event_store/rows/account_rows.h"
#include "app/server/service/access.h"
#include "app/server/service/answers.h"

#include "quiz/protocol/json_fields.h"

#include <QJsonArray>

namespace qingfeng::server {

void runBeside(SlowLane &lane, const Reply &reply, std::function<Response()> task)
{
    if (!lane.post([reply, task = std::move(task)] { reply(task()); })) {
        reply(failureAnswer(Error(ErrorCode::Unavailable)));
    }
}

Response accountFailure(const Error &error)
{
    const QJsonObject where = error.where().isEmpty() ? QJsonObject() : QJsonObject {{text("where"), error.where()}};
    switch (error.code()) {
    case ErrorCode::InvalidArgument:
        return badRequest(error);
    case ErrorCode::NotFound:
        return problemAnswer(404, "not-found", error.detail());
    case ErrorCode::Conflict:
        return problemAnswer(409, "account-conflict", error.detail(), where);
    case ErrorCode::NotPermitted:
        return problemAnswer(403, "not-permitted", error.detail());
    default:
        return failureAnswer(error);
    }
}

namespace operations {
namespace {

Response accountAnswer(const Result<AccountInfo> &account, int status = 200)
{
    return account ? jsonAnswer(toJson(*account), status) : accountFailure(account.error());
}

} // namespace

void listAccounts(Context &context, Call call, Reply reply)
{
    const auto accounts = context.accounts.list(actorOf(call));
    if (!accounts) {
        return reply(failureAnswer(accounts.error()));
    }
    QJsonArray list;
    for (const AccountInfo &account : *accounts) {
        list.append(toJson(account));
    }
    reply(jsonAnswer(QJsonObject {{text("accounts"), list}}));
}

void createAccount(Context &context, Call call, Reply reply)
{
    const auto body = jsonBody(call.request);
    const auto asked = body ? newAccountFromJson(*body) : Result<NewAccount>(body.error());
    if (!asked) {
        return reply(badRequest(asked.error()));
    }
    runBeside(context.administration, reply, [&context, actor = actorOf(call), asked = *asked] {
        return accountAnswer(context.accounts.create(actor, asked), 201);
    });
}

void disableAccount(Context &context, Call call, Reply reply)
{
    runBeside(context.administration, reply, [&context, call] {
        return accountAnswer(context.accounts.setDisabled(actorOf(call), call.parameter, true));
    });
}

void enableAccount(Context &context, Call call, Reply reply)
{
    runBeside(context.administration, reply, [&context, call] {
        return accountAnswer(context.accounts.setDisabled(actorOf(call), call.parameter, false));
    });
}

void setAccountRoles(Context &context, Call call, Reply reply)
{
    const auto body = jsonBody(call.request);
    const auto roles = body ? roleGrantsFromJson(*body) : Result<QList<RoleGrant>>(body.error());
    if (!roles) {
        return reply(badRequest(roles.error()));
    }
    runBeside(context.administration, reply, [&context, call, roles = *roles] {
        return accountAnswer(context.accounts.setRoles(actorOf(call), call.parameter, roles));
    });
}

void resetAccountPassword(Context &context, Call call, Reply reply)
{
    const auto body = jsonBody(call.request);
    JsonFields fields(body ? *body : QJsonObject());
    const QString password = fields.text(key("password"), maxPassword);
    if (!body || fields.error()) {
        return reply(badRequest(body ? *fields.error() : body.error()));
    }
    runBeside(context.administration, reply, [&context, call, password] {
        return accountAnswer(context.accounts.resetPassword(actorOf(call), call.parameter, password));
    });
}

void dropAccountTotp(Context &context, Call call, Reply reply)
{
    runBeside(context.administration, reply, [&context, call] {
        return accountAnswer(context.accounts.dropTotp(actorOf(call), call.parameter));
    });
}

void listTools(Context &context, Call, Reply reply)
{
    const auto tools = context.store.read([](Sql &sql) { return rows::tools(sql); });
    if (!tools) {
        return reply(failureAnswer(tools.error()));
    }
    QJsonArray list;
    for (const ToolInfo &tool : *tools) {
        list.append(toJson(tool));
    }
    reply(jsonAnswer(QJsonObject {{text("tools"), list}}));
}

void createTool(Context &context, Call call, Reply reply)
{
    const auto body = jsonBody(call.request);
    const auto asked = body ? newToolFromJson(*body) : Result<NewTool>(body.error());
    if (!asked) {
        return reply(badRequest(asked.error()));
    }
    runBeside(context.administration, reply, [&context, actor = actorOf(call), asked = *asked] {
        const auto made = context.accounts.addTool(actor, asked);
        if (!made) {
            return accountFailure(made.error());
        }
        QJsonObject answer = toJson(made->info);
        answer.insert(text("secret"), made->secret);
        Response response = jsonAnswer(answer, 201);
        response.addHeader("Cache-Control", "no-store");
        return response;
    });
}

void revokeTool(Context &context, Call call, Reply reply)
{
    runBeside(context.administration, reply, [&context, call] {
        const auto revoked = context.accounts.revokeTool(actorOf(call), call.parameter);
        return revoked ? jsonAnswer(QJsonObject {{text("revoked"), true}}) : accountFailure(revoked.error());
    });
}

void readAudit(Context &context, Call call, Reply reply)
{
    const auto &query = call.request.query;
    bool afterOk = false;
    bool limitOk = false;
    const qint64 after = query.value(text("after"), text("0")).toLongLong(&afterOk);
    const int limit = query.value(text("limit"), QString::number(maxAuditPerPage)).toInt(&limitOk);
    if (!afterOk || after < 0 || !limitOk || limit < 1 || limit > maxAuditPerPage) {
        return reply(badRequest(Error(ErrorCode::InvalidArgument,
            QStringLiteral("须为整数；一页最多 %1 条").arg(maxAuditPerPage), text("after, limit"))));
    }
    const QString department = query.value(text("department"));
    if (!demand(context, call, Role::Auditor, department, reply)) {
        return;
    }
    auto entries = context.store.read([&](Sql &sql) {
        return department.isEmpty() ? rows::audit(sql, after, limit + 1)
                                    : rows::auditOf(sql, department, after, limit + 1);
    });
    if (!entries) {
        return reply(failureAnswer(entries.error()));
    }
    const bool more = entries->size() > limit;
    if (more) {
        entries->resize(limit);
    }
    QJsonArray list;
    for (const AuditEntry &entry : std::as_const(*entries)) {
        list.append(toJson(entry));
    }
    reply(jsonAnswer(QJsonObject {{text("entries"), list}, {text("more"), more}}));
}

} // namespace operations
} // namespace qingfeng::server
