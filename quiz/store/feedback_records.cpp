#include "quiz/store/feedback_records.h"

#include "quiz/store/database.h"

#include <QHash>

namespace qingfeng {
namespace {

constexpr const char *columns
    = "id, thread, person, kind, from_desk, author, text, question, version, attempt, answer, written_at_ms, "
      "utc_offset_s, number, seen";
constexpr int seenColumn = 14;

FeedbackEntry entryAt(SQLite::Statement &query, const QString &store)
{
    FeedbackEntry entry;
    entry.id = textAt(query, 0);
    entry.thread = textAt(query, 1);
    entry.store = store;
    entry.person = textAt(query, 2);
    entry.kind = feedbackKindFromName(textAt(query, 3)).value_or(FeedbackKind::Message);
    entry.fromDesk = numberAt(query, 4) != 0;
    entry.author = textAt(query, 5);
    entry.text = textAt(query, 6);
    entry.question = textAt(query, 7);
    entry.version = int(numberAt(query, 8));
    entry.attempt = textAt(query, 9);
    entry.answer = textAt(query, 10);
    entry.writtenAtMs = numberAt(query, 11);
    entry.utcOffsetSeconds = int(numberAt(query, 12));
    entry.number = numberAt(query, 13);
    return entry;
}

void insertEntry(SQLite::Database &database, const FeedbackEntry &entry, bool seen)
{
    SQLite::Statement insert(database,
        std::string("INSERT OR IGNORE INTO feedback (") + columns + ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    bindAll(insert, entry.id, entry.thread, entry.person, nameOf(entry.kind), qint64(entry.fromDesk), entry.author,
        entry.text, entry.question, qint64(entry.version), entry.attempt, entry.answer, entry.writtenAtMs,
        qint64(entry.utcOffsetSeconds), entry.number, qint64(seen));
    insert.exec();
}

} // namespace

QString messageRecipientsKey()
{
    return QStringLiteral("message_recipients");
}

FeedbackRecords::FeedbackRecords(SQLite::Database &database, QString storeId)
    : m_database(database)
    , m_storeId(std::move(storeId))
{
}

Result<void> FeedbackRecords::write(FeedbackEntry entry)
{
    entry.store = m_storeId;
    entry.number = 0;
    if (entry.text.size() > FeedbackEntry::maxText) {
        return Error(ErrorCode::TooLarge, QStringLiteral("the text is too long"), entry.question);
    }
    const auto valid = feedbackEntryFromJson(toJson(entry));
    if (!valid || entry.fromDesk) {
        return valid ? Error(ErrorCode::InvalidArgument, QStringLiteral("not the person's"), entry.id)
                     : valid.error();
    }
    return guarded([&]() -> Result<void> {
        insertEntry(m_database, entry, true);
        return {};
    });
}

Result<QList<FeedbackThread>> FeedbackRecords::threads(const QString &person, const QString &question) const
{
    return guarded([&]() -> Result<QList<FeedbackThread>> {
        SQLite::Statement query(m_database,
            std::string("SELECT ") + columns
                + " FROM feedback WHERE person = ?1 AND (?2 = '' OR thread IN (SELECT thread FROM feedback WHERE "
                  "person = ?1 AND question = ?2 AND id = thread)) "
                  "ORDER BY number = 0, number, position");
        bindAll(query, person, question);
        QList<FeedbackThread> threads;
        QHash<QString, qsizetype> places;
        while (query.executeStep()) {
            FeedbackEntry entry = entryAt(query, m_storeId);
            const auto place = places.constFind(entry.thread);
            FeedbackThread thread = place == places.constEnd() ? FeedbackThread() : threads.at(*place);
            thread.unseen += entry.fromDesk && entry.kind == FeedbackKind::Message && numberAt(query, seenColumn) == 0;
            thread.entries.append(std::move(entry));
            if (place == places.constEnd()) {
                places.insert(thread.first().thread, threads.size());
                threads.append(std::move(thread));
            } else {
                threads[*place] = std::move(thread);
            }
        }
        std::stable_sort(threads.begin(), threads.end(), [](const FeedbackThread &a, const FeedbackThread &b) {
            return a.entries.last().writtenAtMs > b.entries.last().writtenAtMs;
        });
        return threads;
    });
}

Result<int> FeedbackRecords::unseen(const QString &person) const
{
    return guarded([&]() -> Result<int> {
        SQLite::Statement query(m_database,
            "SELECT count(*) FROM feedback WHERE person = ? AND from_desk = 1 AND kind = 'message' AND seen = 0");
        bindAll(query, person);
        query.executeStep();
        return int(numberAt(query, 0));
    });
}

Result<void> FeedbackRecords::markSeen(const QString &thread)
{
    return guarded([&]() -> Result<void> {
        SQLite::Statement update(m_database, "UPDATE feedback SET seen = 1 WHERE thread = ? AND seen = 0");
        bindAll(update, thread);
        update.exec();
        return {};
    });
}

Result<QList<FeedbackEntry>> FeedbackRecords::pending(int limit) const
{
    return guarded([&]() -> Result<QList<FeedbackEntry>> {
        SQLite::Statement query(m_database,
            std::string("SELECT ") + columns
                + " FROM feedback WHERE number = 0 AND from_desk = 0 ORDER BY position LIMIT ?");
        bindAll(query, qint64(limit));
        QList<FeedbackEntry> entries;
        while (query.executeStep()) {
            entries.append(entryAt(query, m_storeId));
        }
        return entries;
    });
}

Result<qint64> FeedbackRecords::newestNumber() const
{
    return guarded([&]() -> Result<qint64> {
        return m_database.execAndGet("SELECT coalesce(max(number), 0) FROM feedback").getInt64();
    });
}

Result<bool> FeedbackRecords::isAwaited(qint64 sinceMs) const
{
    return guarded([&]() -> Result<bool> {
        SQLite::Statement query(m_database,
            "SELECT 1 FROM feedback AS asked WHERE from_desk = 0 AND kind IN ('message', 'reopened') AND number > 0 "
            "AND written_at_ms > ? AND NOT EXISTS (SELECT 1 FROM feedback AS later WHERE later.thread = asked.thread "
            "AND later.number > asked.number AND (later.kind = 'closed' OR (later.from_desk = 1 AND later.kind = "
            "'message'))) LIMIT 1");
        bindAll(query, sinceMs);
        return query.executeStep();
    });
}

Result<int> FeedbackRecords::take(const QList<FeedbackEntry> &entries)
{
    return guarded([&]() -> Result<int> {
        SQLite::Transaction transaction(m_database, SQLite::TransactionBehavior::IMMEDIATE);
        int ofTheDesk = 0;
        for (const FeedbackEntry &entry : entries) {
            SQLite::Statement update(
                m_database, "UPDATE feedback SET number = ? WHERE id = ? AND person = ? AND thread = ?");
            bindAll(update, entry.number, entry.id, entry.person, entry.thread);
            if (update.exec() == 0) {
                insertEntry(m_database, entry, !entry.fromDesk);
                ofTheDesk += entry.fromDesk && entry.kind == FeedbackKind::Message;
            }
        }
        transaction.commit();
        return ofTheDesk;
    });
}

} // namespace qingfeng
