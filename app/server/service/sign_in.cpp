#include "app/server/service/access.h"
#include "app/server/service/answers.h"

#include "app/server/accounts/totp.h"
#include "quiz/protocol/json_fields.h"

namespace qingfeng::server::operations {
namespace {

Response tooSoon(int seconds)
{
    Response response = problemAnswer(
        429, "too-many-attempts", QStringLiteral("口令或动态码多次不正确，请 %1 秒后再试").arg(seconds));
    response.addHeader("Retry-After", QByteArray::number(seconds));
    return response;
}

/** The answer to a trial that is not right. @param status  401 before there is a session, 403 within one */
Response trialAnswer(const Trial &trial, int status)
{
    Response response;
    switch (trial.kind) {
    case Trial::Kind::TooSoon:
        return tooSoon(trial.waitSeconds);
    case Trial::Kind::CodeNeeded:
        response = problemAnswer(status, "code-required", QStringLiteral("请输入动态码"));
        break;
    case Trial::Kind::Wrong:
    case Trial::Kind::Right:
        response = problemAnswer(status, "credentials-wrong", QStringLiteral("账号、口令或动态码不正确"));
        break;
    }
    if (status == 401) {
        response.addHeader("WWW-Authenticate", "Bearer");
    }
    return response;
}

Response privateAnswer(const QJsonObject &object)
{
    Response response = jsonAnswer(object);
    response.addHeader("Cache-Control", "no-store");
    return response;
}

/** The answer to a change of one's own account. */
Response trialDone(const Result<Trial> &trial)
{
    if (!trial) {
        return accountFailure(trial.error());
    }
    return trial->kind == Trial::Kind::Right ? privateAnswer({{text("done"), true}}) : trialAnswer(*trial, 403);
}

} // namespace

void signIn(Context &context, Call call, Reply reply)
{
    const QString peer = call.request.peer;
    if (const int wait = context.signInLimiter.waitSeconds(peer); wait > 0) {
        return reply(tooSoon(wait));
    }
    const auto body = jsonBody(call.request);
    const auto request = body ? signInRequestFromJson(*body) : Result<SignInRequest>(body.error());
    if (!request) {
        return reply(badRequest(request.error()));
    }
    runBeside(context.signIns, reply, [&context, request = *request, peer] {
        const auto outcome = context.accounts.signIn(request, peer);
        if (!outcome) {
            return failureAnswer(outcome.error());
        }
        if (outcome->trial.kind == Trial::Kind::Wrong) {
            context.signInLimiter.failed(peer);
        }
        return outcome->trial.kind == Trial::Kind::Right ? privateAnswer(toJson(outcome->answer))
                                                         : trialAnswer(outcome->trial, 401);
    });
}

void signOut(Context &context, Call call, Reply reply)
{
    runBeside(context.administration, reply, [&context, call] {
        const auto done = context.accounts.signOut(call.caller.account, call.request.peer);
        return done ? privateAnswer({{text("done"), true}}) : failureAnswer(done.error());
    });
}

void ownAccount(Context &, Call call, Reply reply)
{
    reply(privateAnswer(toJson(call.caller.account.account)));
}

void changePassword(Context &context, Call call, Reply reply)
{
    const auto body = jsonBody(call.request);
    JsonFields fields(body ? *body : QJsonObject());
    const QString current = fields.text(key("current"), maxPassword);
    const QString next = fields.text(key("next"), maxPassword);
    if (!body || fields.error()) {
        return reply(badRequest(body ? *fields.error() : body.error()));
    }
    runBeside(context.administration, reply, [&context, call, current, next] {
        return trialDone(
            context.accounts.changePassword(call.caller.account, current, next, call.request.peer));
    });
}

void beginTotp(Context &context, Call call, Reply reply)
{
    const auto body = jsonBody(call.request);
    JsonFields fields(body ? *body : QJsonObject());
    const QString password = fields.text(key("password"), maxPassword);
    if (!body || fields.error()) {
        return reply(badRequest(body ? *fields.error() : body.error()));
    }
    runBeside(context.administration, reply, [&context, call, password] {
        const auto start = context.accounts.beginTotp(call.caller.account, password, call.request.peer);
        if (!start || start->trial.kind != Trial::Kind::Right) {
            return trialDone(start ? Result<Trial>(start->trial) : Result<Trial>(start.error()));
        }
        const QString name = call.caller.account.account.name;
        return privateAnswer({{text("secret"), base32(start->secret)},
            {text("uri"), totpUri(QStringLiteral("清风"), name, start->secret)}});
    });
}

void confirmTotp(Context &context, Call call, Reply reply)
{
    const auto body = jsonBody(call.request);
    JsonFields fields(body ? *body : QJsonObject());
    const QString code = fields.text(key("code"), 16);
    if (!body || fields.error()) {
        return reply(badRequest(body ? *fields.error() : body.error()));
    }
    runBeside(context.administration, reply, [&context, call, code] {
        return trialDone(context.accounts.confirmTotp(call.caller.account, code, call.request.peer));
    });
}

void removeTotp(Context &context, Call call, Reply reply)
{
    const auto body = jsonBody(call.request);
    JsonFields fields(body ? *body : QJsonObject());
    const QString password = fields.text(key("password"), maxPassword);
    const QString code = fields.text(key("code"), 16);
    if (!body || fields.error()) {
        return reply(badRequest(body ? *fields.error() : body.error()));
    }
    runBeside(context.administration, reply, [&context, call, password, code] {
        return trialDone(
            context.accounts.removeTotp(call.caller.account, password, code, call.request.peer));
    });
}

} // namespace qingfeng::server::operations
