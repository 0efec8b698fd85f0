#include "app/server/service/answers.h"
#include "app/server/service/operations.h"

#include "quiz/protocol/messages.h"

#include <QSet>

namespace qingfeng::server::operations {
namespace {

constexpr int page = 500;

} // namespace

void postEvents(Context &context, Call call, Reply reply)
{
    const auto body = jsonBody(call.request);
    const auto events = body ? eventsFromJson(*body) : Result<QList<GateEvent>>(body.error());
    if (!events) {
        return reply(badRequest(events.error()));
    }
    EventAck ack;
    QSet<QString> ids;
    for (const GateEvent &event : *events) {
        ack.ids.append(event.id);
        ids.insert(event.id);
    }
    if (ids.size() != events->size()) {
        return reply(badRequest(
            Error(ErrorCode::InvalidArgument, QStringLiteral("an id stands twice"), QStringLiteral("events"))));
    }
    context.store.appendEvents({call.caller.device.id, context.clock.utcMs(), *events},
        [ack, reply](const Result<EventOutcome> &outcome) {
            if (!outcome) {
                return reply(failureAnswer(outcome.error()));
            }
            if (outcome->revoked) {
                return reply(problemAnswer(403, "device-revoked"));
            }
            if (!outcome->conflicting.isEmpty()) {
                return reply(problemAnswer(409, "event-conflict", {},
                    {{QStringLiteral("ids"), QJsonArray::fromStringList(outcome->conflicting)}}));
            }
            reply(jsonAnswer(toJson(ack)));
        });
}

void listEvents(Context &context, Call call, Reply reply)
{
    const QString cursor = call.request.query.value(QStringLiteral("cursor"), QStringLiteral("0"));
    bool ok = false;
    const qint64 after = cursor.toLongLong(&ok);
    if (!ok || after < 0) {
        return reply(badRequest(
            Error(ErrorCode::InvalidArgument, QStringLiteral("not one of ours"), QStringLiteral("cursor"))));
    }
    const auto events = context.store.events(after, page);
    if (!events) {
        return reply(failureAnswer(events.error()));
    }
    QJsonArray list;
    for (const StoredEvent &stored : *events) {
        QJsonObject event = toJson(stored.event);
        event.insert(QStringLiteral("device"), stored.device);
        event.insert(QStringLiteral("received_at_ms"), stored.receivedAtMs);
        list.append(event);
    }
    const qint64 next = events->isEmpty() ? after : events->last().sequence;
    reply(jsonAnswer(
        QJsonObject {{QStringLiteral("events"), list}, {QStringLiteral("cursor"), QString::number(next)}}));
}

} // namespace qingfeng::server::operations
