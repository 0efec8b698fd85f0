#include "app/server/event_store/rows/rows.h"
#include "app/server/event_store/sql/query.h"

#include "question_bank/base/canonical_json.h"

#include <QHash>

namespace qingfeng::server::rows {
namespace {

constexpr int shownText = 200; ///< of a first message in a list

FeedbackEntry feedbackIn(const QString &body)
{
    const auto object = parseJsonObject(body.toUtf8());
    const auto entry = object ? feedbackEntryFromJson(*object) : Result<FeedbackEntry>(object.error());
    return entry ? *entry : FeedbackEntry();
}

QList<FeedbackEntry> feedbackOf(Query &query)
{
    QList<FeedbackEntry> list;
    while (query.next()) {
        list.append(feedbackIn(query.text(0)));
    }
    return list;
}

/** Puts the thread's row as its entries now have it. */
void refreshThread(Sql &sql, const FeedbackEntry &newest, qint64 nowMs)
{
    const QList<FeedbackEntry> entries = feedbackThread(sql, newest.thread);
    const QString state = nameOf(stateOf(entries));
    if (newest.isFirst()) {
        Query(sql,
            "INSERT INTO feedback_threads (thread, store, person, question, version, state, text, entries,"
            " opened_ms, changed_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            newest.thread, newest.store, newest.person, newest.question, qint64(newest.version), state,
            newest.text.simplified().left(shownText), qint64(entries.size()), nowMs, nowMs)
            .run();
        return;
    }
    Query(sql, "UPDATE feedback_threads SET state = ?, entries = ?, changed_ms = ? WHERE thread = ?", state,
        qint64(entries.size()), nowMs, newest.thread)
        .run();
}

/** Why an entry has no place; nothing when it has: @p begun in this batch, or held already. */
std::optional<Error> homeless(Sql &sql, const FeedbackEntry &entry, const QHash<QString, QString> &begun)
{
    if (entry.isFirst() || begun.value(entry.thread) == entry.person) {
        return std::nullopt;
    }
    Query thread(sql, "SELECT store, person FROM feedback_threads WHERE thread = ?", entry.thread);
    if (!thread.next() || thread.text(0) != entry.store || thread.text(1) != entry.person) {
        return Error(ErrorCode::NotFound, QStringLiteral("no such thread of this store and person"), entry.thread);
    }
    return std::nullopt;
}

} // namespace

Result<QList<FeedbackEntry>> addFeedback(Sql &sql, QList<FeedbackEntry> entries, qint64 nowMs)
{
    QList<qsizetype> fresh;
    QHash<QString, QString> begun; // thread → person
    for (qsizetype i = 0; i < entries.size(); ++i) {
        FeedbackEntry &entry = entries[i];
        Query known(sql, "SELECT body FROM feedback_entries WHERE id = ?", entry.id);
        if (!known.next()) {
            if (const auto refused = homeless(sql, entry, begun)) {
                return *refused;
            }
            if (entry.isFirst()) {
                begun.insert(entry.thread, entry.person);
            }
            fresh.append(i);
            continue;
        }
        const FeedbackEntry held = feedbackIn(known.text(0));
        FeedbackEntry same = entry;
        if (entry.fromDesk) {
            same.writtenAtMs = held.writtenAtMs; // the server's clock when it came first
        }
        if (!isSameEntry(held, same)) {
            return Error(ErrorCode::Conflict, QStringLiteral("this id says something else"), entry.id);
        }
        entry = held;
    }
    for (const qsizetype i : std::as_const(fresh)) {
        FeedbackEntry &entry = entries[i];
        Query newest(sql, "SELECT coalesce(max(number), 0) FROM feedback_entries WHERE store = ?", entry.store);
        newest.next();
        entry.number = newest.integer(0) + 1;
        Query(sql, "INSERT INTO feedback_entries (store, number, id, thread, body) VALUES (?, ?, ?, ?, ?)",
            entry.store, entry.number, entry.id, entry.thread, QString::fromUtf8(canonicalJson(toJson(entry))))
            .run();
        refreshThread(sql, entry, nowMs);
    }
    return entries;
}

QList<FeedbackEntry> feedback(Sql &sql, const QString &store, qint64 after, int limit)
{
    Query query(sql, "SELECT body FROM feedback_entries WHERE store = ? AND number > ? ORDER BY number LIMIT ?",
        store, after, limit);
    return feedbackOf(query);
}

QList<FeedbackEntry> feedbackThread(Sql &sql, const QString &thread)
{
    Query query(sql, "SELECT body FROM feedback_entries WHERE thread = ? ORDER BY number", thread);
    return feedbackOf(query);
}

QList<InboxThread> inbox(
    Sql &sql, const QList<FeedbackState> &states, const std::optional<InboxThread> &after, int limit)
{
    QList<InboxThread> list;
    const auto name = [&states](qsizetype i) { return nameOf(states.value(i, states.first())); };
    Query query(sql,
        "SELECT thread, person, question, version, state, text, entries, opened_ms, changed_ms FROM feedback_threads"
        " WHERE state IN (?, ?, ?, ?) AND (changed_ms, thread) > (?, ?) ORDER BY changed_ms, thread LIMIT ?",
        name(0), name(1), name(2), name(3), after ? after->changedAtMs : qint64(-1),
        after ? after->thread : QString(), limit);
    while (query.next()) {
        list.append({query.text(0), query.text(1), query.text(2), int(query.integer(3)),
            feedbackStateFromName(query.text(4)).value_or(FeedbackState::Sent), query.text(5), int(query.integer(6)),
            query.integer(7), query.integer(8)});
    }
    return list;
}

} // namespace qingfeng::server::rows
