#include "quiz/sync/event_stage.h"

#include <algorithm>

#include <QJsonDocument>

#include "question_bank/base/canonical_json.h"
#include "quiz/protocol/paths.h"

namespace qingfeng {
namespace {

constexpr int maxDetailBytes = 2048;
constexpr int maxDetailText = 400; ///< UTF-16 units: under maxDetailBytes however they are encoded, quotes and all
constexpr int maxKind = 64;
constexpr int maxPerson = 120;

QJsonObject detailOf(const QString &text)
{
    if (text.isEmpty()) {
        return {};
    }
    const auto object = parseJsonObject(text.toUtf8());
    if (object && QJsonDocument(*object).toJson(QJsonDocument::Compact).size() <= maxDetailBytes) {
        return *object;
    }
    QString cut;
    for (const QChar c : text.left(maxDetailText)) {
        cut += c < QLatin1Char(' ') ? QLatin1Char(' ') : c; // an escape would take six bytes
    }
    return {{QStringLiteral("text"), cut}};
}

QString kindOf(const QString &text)
{
    QString kind;
    for (const QChar c : text.left(maxKind).toLower()) {
        const bool plain = (c >= QLatin1Char('a') && c <= QLatin1Char('z')) || c.isDigit() || c == QLatin1Char('_');
        kind += plain && c.unicode() < 128 ? c : QLatin1Char('-');
    }
    return kind.isEmpty() ? QStringLiteral("unnamed") : kind;
}

} // namespace

GateEvent eventToSend(const StoredEvent &event, const QString &store)
{
    GateEvent sent;
    sent.id = event.id;
    sent.store = store;
    sent.person = event.person.isEmpty() ? QStringLiteral("os:unknown") : event.person.left(maxPerson);
    sent.kind = kindOf(event.kind);
    sent.atMs = std::max(qint64(0), event.atMs);
    sent.utcOffsetSeconds = std::clamp(event.utcOffsetSeconds, -86'400, 86'400);
    sent.detail = detailOf(event.detail);
    return sent;
}

EventStage::EventStage(SyncContext &context)
    : SyncStage(context)
{
}

std::optional<HttpRequest> EventStage::next()
{
    if (error()) {
        return std::nullopt;
    }
    const auto events = m_context.store.outbox().pendingEvents(m_limit);
    if (!events) {
        stop(events.error());
        return std::nullopt;
    }
    if (events->isEmpty()) {
        return std::nullopt;
    }
    m_run = *events;
    QList<GateEvent> sent;
    for (const StoredEvent &event : m_run) {
        sent.append(eventToSend(event, m_context.store.storeId()));
    }
    return postRequest(QByteArray(paths::events.data(), paths::events.size()),
        QJsonDocument(eventsToJson(sent)).toJson(QJsonDocument::Compact));
}

void EventStage::take(const HttpReply &reply)
{
    const auto problem = problemIn(reply);
    const QString code = problem ? problem->code : QString();
    const bool refused = reply.status == 413 || code == QLatin1String("bad-request")
        || code == QLatin1String("event-conflict");
    if (reply.status == 200) {
        const auto object = parseJsonObject(reply.body);
        const auto ack = object ? eventAckFromJson(*object) : object.error();
        if (!ack) {
            stop(Error(ErrorCode::Corrupt, QStringLiteral("the server's acknowledgement of events cannot be read")));
            return;
        }
        qint64 held = 0;
        for (const StoredEvent &event : m_run) {
            if (!ack->ids.contains(event.id)) {
                break;
            }
            held = event.seq;
            ++m_context.report.eventsAcknowledged;
        }
        if (held == 0) {
            stop(Error(ErrorCode::Corrupt, QStringLiteral("the server acknowledged other events than were sent")));
            return;
        }
        acknowledge(held);
    } else if (refused && m_run.size() > 1) {
        m_limit = std::max(1, int(m_run.size()) / 2);
    } else if (refused && problem) {
        ++m_context.report.eventsRefused;
        m_limit = maxBatch;
        acknowledge(m_run.first().seq);
    } else {
        stop(unexpected(reply));
    }
}

void EventStage::acknowledge(qint64 seq)
{
    const auto done = m_context.store.outbox().acknowledgeEvents(seq);
    if (!done) {
        stop(done.error());
    }
}

} // namespace qingfeng
