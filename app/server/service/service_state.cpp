#include "app/server/service/answers.h"
#include "app/server/service/operations.h"

#include "quiz/protocol/messages.h"
#include "quiz/protocol/paths.h"

namespace qingfeng::server::operations {
namespace {

Response healthAnswer(const Context &context, const QString &status, int code)
{
    return jsonAnswer(
        toJson(Health {status, QStringLiteral(QF_VERSION), newestProtocol, context.clock.utcMs()}), code);
}

} // namespace

void health(Context &context, Call, Reply reply)
{
    reply(healthAnswer(context, QStringLiteral("ok"), 200));
}

void ready(Context &context, Call, Reply reply)
{
    const bool canRead = context.store.published().has_value();
    reply(canRead ? healthAnswer(context, QStringLiteral("ok"), 200)
                  : healthAnswer(context, QStringLiteral("database"), 503));
}

void time(Context &context, Call, Reply reply)
{
    reply(jsonAnswer(QJsonObject {{QStringLiteral("time_ms"), context.clock.utcMs()}}));
}

} // namespace qingfeng::server::operations
