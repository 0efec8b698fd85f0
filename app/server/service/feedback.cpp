#include "app/server/event_store/rows/rows.h"
#include "app/server/service/answers.h"
#include "app/server/service/operations.h"

#include "quiz/protocol/messages.h"
#include "quiz/protocol/paths.h"

#include <algorithm>

namespace qingfeng::server::operations {
namespace {

using Entries = QList<FeedbackEntry>;

Response feedbackRefusal(const Error &error)
{
    switch (error.code()) {
    case ErrorCode::Conflict:
        return problemAnswer(409, "message-conflict", error.detail(), {{text("id"), error.where()}});
    case ErrorCode::NotFound:
        return problemAnswer(404, "thread-unknown", error.detail(), {{text("thread"), error.where()}});
    default:
        return failureAnswer(error);
    }
}

/** Why a device may not say this; nothing when it may. */
std::optional<Response> refusal(Context &context, const Caller &caller, const Entries &entries)
{
    QStringList people;
    for (const FeedbackEntry &entry : entries) {
        if (entry.store != entries.first().store) {
            return problemAnswer(400, "batch-mixed-stores");
        }
        if (entry.fromDesk) {
            return problemAnswer(403, "not-permitted", text("a device does not speak for the desk"));
        }
        if (!entry.person.startsWith(text("os:"))) {
            people.append(entry.person);
        }
    }
    const auto own = isOwnStore(context, caller, entries.first().store);
    const auto strangers = context.store.strangers(people, caller.device.department);
    if (!own || !strangers) {
        return failureAnswer(own ? strangers.error() : own.error());
    }
    if (!*own) {
        return problemAnswer(403, "store-not-yours");
    }
    if (!strangers->isEmpty()) {
        return problemAnswer(
            403, "person-not-of-device", {}, {{text("people"), QJsonArray::fromStringList(*strangers)}});
    }
    return std::nullopt;
}

Response noSuchThread()
{
    return problemAnswer(404, "thread-unknown", text("no such thread"));
}

QJsonObject threadJson(const Entries &entries)
{
    QJsonObject object = messagesToJson(entries);
    object.insert(text("state"), nameOf(stateOf(entries)));
    return object;
}

/** States that an inbox is asked for by one word. */
QList<FeedbackState> statesFor(const QString &word)
{
    const auto state = feedbackStateFromName(word);
    if (word == text("open") || word.isEmpty()) {
        return {FeedbackState::Sent, FeedbackState::Read};
    }
    if (word == text("all")) {
        return {FeedbackState::Sent, FeedbackState::Read, FeedbackState::Answered, FeedbackState::Closed};
    }
    return state ? QList<FeedbackState> {*state} : QList<FeedbackState>();
}

} // namespace

void postMessages(Context &context, Call call, Reply reply)
{
    const auto body = jsonBody(call.request);
    const auto entries = body ? messagesFromJson(*body) : Result<Entries>(body.error());
    if (!entries) {
        return reply(badRequest(entries.error()));
    }
    if (entries->isEmpty()) {
        return reply(jsonAnswer(QJsonObject {{text("ids"), QJsonArray()}}));
    }
    if (auto refused = refusal(context, call.caller, *entries)) {
        return reply(std::move(*refused));
    }
    const qint64 now = context.clock.utcMs();
    context.store.write<Entries>(
        call.request.body.size(), [list = *entries, now](Sql &sql) { return rows::addFeedback(sql, list, now); },
        [reply](const Result<Entries> &kept) {
            if (!kept) {
                return reply(feedbackRefusal(kept.error()));
            }
            QJsonArray ids;
            for (const FeedbackEntry &entry : *kept) {
                ids.append(entry.id);
            }
            reply(jsonAnswer(QJsonObject {{text("ids"), ids}}));
        });
}

void messages(Context &context, Call call, Reply reply)
{
    bool ok = false;
    const qint64 after = call.request.query.value(text("after"), text("0")).toLongLong(&ok);
    if (!ok || after < 0) {
        return reply(badRequest(
            Error(ErrorCode::InvalidArgument, text("a number of 0 or more is expected"), text("after"))));
    }
    const QString store = call.request.query.value(text("store"), call.caller.device.store);
    const auto own = isOwnStore(context, call.caller, store);
    if (!own || !*own) {
        return reply(own ? problemAnswer(404, "not-found", text("nothing is held of this store"))
                         : failureAnswer(own.error()));
    }
    auto found = context.store.read(
        [&](Sql &sql) { return rows::feedback(sql, store, after, maxMessagesPerPage + 1); });
    if (!found) {
        return reply(failureAnswer(found.error()));
    }
    FeedbackPage page {std::move(*found), false, context.settings.deskRecipients};
    if (page.entries.size() > maxMessagesPerPage) {
        page.entries.resize(maxMessagesPerPage);
        page.more = true;
    }
    reply(jsonAnswer(toJson(page)));
}

void inbox(Context &context, Call call, Reply reply)
{
    const QList<FeedbackState> states = statesFor(call.request.query.value(text("state")));
    if (states.isEmpty()) {
        return reply(badRequest(Error(ErrorCode::InvalidArgument,
            text("open, all, sent, read, answered or closed is expected"), text("state"))));
    }
    std::optional<InboxThread> after;
    const QString cursor = call.request.query.value(text("cursor"));
    if (!cursor.isEmpty()) {
        after.emplace();
        after->changedAtMs = cursor.section(QLatin1Char('~'), 0, 0).toLongLong();
        after->thread = cursor.section(QLatin1Char('~'), 1, 1);
    }
    auto found
        = context.store.read([&](Sql &sql) { return rows::inbox(sql, states, after, maxMessagesPerPost + 1); });
    if (!found) {
        return reply(failureAnswer(found.error()));
    }
    Inbox inbox {std::move(*found), false};
    if (inbox.threads.size() > maxMessagesPerPost) {
        inbox.threads.resize(maxMessagesPerPost);
        inbox.more = true;
    }
    QJsonObject answer = toJson(inbox);
    if (inbox.more) {
        const InboxThread &last = inbox.threads.last();
        answer.insert(text("cursor"), QString::number(last.changedAtMs) + QLatin1Char('~') + last.thread);
    }
    reply(jsonAnswer(answer));
}

void inboxThread(Context &context, Call call, Reply reply)
{
    const auto entries
        = context.store.read([&](Sql &sql) { return rows::feedbackThread(sql, call.parameter); });
    if (!entries || entries->isEmpty()) {
        return reply(entries ? noSuchThread() : failureAnswer(entries.error()));
    }
    reply(jsonAnswer(threadJson(*entries)));
}

void postDeskEntry(Context &context, Call call, Reply reply)
{
    const auto body = jsonBody(call.request);
    const auto request = body ? deskEntryRequestFromJson(*body) : Result<DeskEntryRequest>(body.error());
    if (!request) {
        return reply(badRequest(request.error()));
    }
    const auto thread
        = context.store.read([&](Sql &sql) { return rows::feedbackThread(sql, call.parameter); });
    if (!thread || thread->isEmpty()) {
        return reply(thread ? noSuchThread() : failureAnswer(thread.error()));
    }
    FeedbackEntry entry;
    entry.id = request->id;
    entry.thread = call.parameter;
    entry.store = thread->first().store;
    entry.person = thread->first().person;
    entry.kind = request->kind;
    entry.fromDesk = true;
    entry.author = request->author;
    entry.text = request->text;
    entry.writtenAtMs = context.clock.utcMs();
    context.store.write<Entries>(
        call.request.body.size(),
        [entry, now = entry.writtenAtMs](Sql &sql) { return rows::addFeedback(sql, {entry}, now); },
        [reply](const Result<Entries> &kept) {
            reply(kept ? jsonAnswer(toJson(kept->first())) : feedbackRefusal(kept.error()));
        });
}

} // namespace qingfeng::server::operations
