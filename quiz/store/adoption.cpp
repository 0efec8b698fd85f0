#include "quiz/store/database.h"
#include "quiz/store/learning_store.h"
#include "quiz/store/obligation_table.h"

#include <QFile>

namespace qingfeng {
namespace {

constexpr qint64 mostAdoptedEvents = 1000;

} // namespace

Result<int> LearningStore::adopt(const QString &path, const QString &person)
{
    if (!QFile::exists(path)) {
        return 0;
    }
    int adopted = 0;
    {
        const auto other = open(path, m_clock, m_random);
        if (!other) {
            return other.error();
        }
        const auto attempts = (*other)->attempts();
        if (!attempts) {
            return attempts.error();
        }
        for (Attempt attempt : *attempts) {
            attempt.person = person;
            attempt.obligation = obligation_table::openOn(*m_database, person, attempt.studyDay);
            const auto recorded = record(attempt);
            if (!recorded) {
                return recorded.error();
            }
            ++adopted;
        }
        const auto events = (*other)->outbox().pendingEvents(mostAdoptedEvents);
        const auto written = (*other)->feedback().pending(mostAdoptedEvents);
        if (!events || !written) {
            return events ? written.error() : events.error();
        }
        for (FeedbackEntry entry : *written) {
            entry.person = person;
            const auto kept = m_feedback->write(entry);
            if (!kept) {
                return kept.error();
            }
        }
        if (attempts->isEmpty() && events->isEmpty() && written->isEmpty()) {
            return 0; // a gate may be asking with it at this moment
        }
        const auto copied = guarded([&]() -> Result<void> {
            SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
            SQLite::Statement insert(*m_database,
                "INSERT OR IGNORE INTO event (id, person, kind, at_ms, utc_offset_s, detail) VALUES "
                "(?,?,?,?,?,?)");
            for (const StoredEvent &event : *events) {
                bindAll(insert, event.id, person, event.kind, event.atMs, qint64(event.utcOffsetSeconds), event.detail);
                insert.exec();
                insert.reset();
            }
            transaction.commit();
            return {};
        });
        if (!copied) {
            return copied.error();
        }
    }
    for (const QString &suffix : {QStringLiteral("-wal"), QStringLiteral("-shm"), QString()}) {
        QFile::remove(path + suffix);
    }
    return adopted;
}

} // namespace qingfeng
