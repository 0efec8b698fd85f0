// What the gate process wrote while nobody else could.
#include "quiz/store/attempt_table.h"
#include "quiz/store/database.h"
#include "quiz/store/learning_store.h"
#include "quiz/store/obligation_table.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/base/clock.h"
#include "question_bank/base/uuid.h"

#include <QFile>
#include <QJsonArray>

#include <algorithm>

namespace qingfeng {
namespace {

constexpr qint64 mostFileBytes = 4 * 1024 * 1024;
constexpr int mostChoices = 26;
constexpr int mostMarks = 100'000;
constexpr qint64 mostResponseMs = 24 * 3'600'000;
constexpr int mostOffsetSeconds = 26 * 3600;

/**
 * Lines of a file that the gate goes on writing to: it is renamed first, and what was renamed is ours. One
 * that an earlier, interrupted import has left is taken before it: ids make a second import of the same lines
 * harmless.
 */
class TakenFile
{
public:
    explicit TakenFile(const QString &path)
        : m_path(path)
        , m_taken(path + QStringLiteral(".importing"))
    {
    }

    bool exists() const { return QFile::exists(m_taken) || QFile::exists(m_path); }

    Result<QList<QByteArray>> lines()
    {
        if (!QFile::exists(m_taken) && !QFile::rename(m_path, m_taken)) {
            return Error(ErrorCode::Io, QStringLiteral("cannot take over the file"), m_path);
        }
        QFile file(m_taken);
        if (!file.open(QIODevice::ReadOnly)) {
            return Error(ErrorCode::Io, file.errorString(), m_taken);
        }
        return file.read(mostFileBytes).split('\n');
    }

    void remove() { QFile::remove(m_taken); }

private:
    QString m_path;
    QString m_taken;
};

std::optional<QStringList> choiceIds(const QJsonValue &value)
{
    if (!value.isArray() || value.toArray().size() > mostChoices) {
        return std::nullopt;
    }
    QStringList ids;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &id : array) {
        if (id.toString().isEmpty() || id.toString().size() > 64 || ids.contains(id.toString())) {
            return std::nullopt;
        }
        ids.append(id.toString());
    }
    return ids;
}

bool isWithin(qint64 value, qint64 least, qint64 most)
{
    return value >= least && value <= most;
}

/** One line of gate-attempts.jsonl; nothing if it is none. */
std::optional<Attempt> attemptOf(const QByteArray &line)
{
    const auto object = parseJsonObject(line);
    if (!object) {
        return std::nullopt;
    }
    const auto text = [&object](const char *name) { return object->value(QLatin1String(name)).toString(); };
    const auto number
        = [&object](const char *name) { return object->value(QLatin1String(name)).toInteger(-1); };
    const auto shown = choiceIds(object->value(QLatin1String("choices_shown")));
    const auto response = choiceIds(object->value(QLatin1String("response")));
    const auto outcome = outcomeFromName(text("outcome"));
    const bool isWhole = isUuid(text("id")) && isWithin(text("question").size(), 1, 64)
        && isWithin(text("post").size(), 1, 64) && isWithin(number("version"), 1, mostMarks) && shown
        && response && outcome && *outcome != Outcome::Partial && isWithin(number("full_marks"), 1, mostMarks)
        && number("marks") == (*outcome == Outcome::Right ? number("full_marks") : 0)
        && isWithin(number("guess_ppm"), 0, 1'000'000) && isWithin(number("response_ms"), 0, mostResponseMs)
        && number("bank_revision") >= 0 && number("answered_at_ms") > 0
        && isWithin(object->value(QLatin1String("utc_offset_s")).toInteger(mostOffsetSeconds + 1),
            -mostOffsetSeconds, mostOffsetSeconds);
    const bool isShown = isWhole
        && std::all_of(response->cbegin(), response->cend(),
            [&shown](const QString &id) { return shown->contains(id); });
    if (!isShown || response->size() > 1 || response->isEmpty() != (*outcome == Outcome::Unsure)) {
        return std::nullopt;
    }
    Attempt attempt;
    attempt.id = text("id");
    attempt.post = text("post");
    attempt.question = text("question");
    attempt.version = int(number("version"));
    attempt.bankRevision = number("bank_revision");
    attempt.choicesShown = *shown;
    attempt.response = *response;
    attempt.guessPpm = int(number("guess_ppm"));
    attempt.marks = int(number("marks"));
    attempt.fullMarks = int(number("full_marks"));
    attempt.outcome = *outcome;
    attempt.context = AttemptContext::Gate;
    attempt.responseMs = number("response_ms");
    attempt.answeredAtMs = number("answered_at_ms");
    attempt.utcOffsetSeconds = int(object->value(QLatin1String("utc_offset_s")).toInteger());
    attempt.studyDay = studyDay(attempt.answeredAtMs, attempt.utcOffsetSeconds);
    return attempt;
}

} // namespace

Result<int> LearningStore::importAttempts(const QString &path, const QString &person, const Remark &remark)
{
    TakenFile file(path);
    if (!file.exists()) {
        return 0;
    }
    const auto lines = file.lines();
    const auto before = head();
    if (!lines || !before) {
        return lines ? before.error() : lines.error();
    }
    for (const QByteArray &line : *lines) {
        auto attempt = attemptOf(line);
        if (!attempt) {
            continue;
        }
        if (remark) {
            remark(*attempt);
        }
        attempt->person = person;
        if (attempt->outcome != Outcome::Invalid) {
            const auto row = guarded([&]() -> Result<QString> {
                return obligation_table::openOn(*m_database, person, attempt->studyDay);
            });
            if (!row) {
                return row.error(); // the file waits
            }
            attempt->obligation = *row;
        }
        const auto recorded = record(*attempt); // once, by its id
        if (!recorded) {
            return recorded.error();
        }
    }
    const auto after = head();
    if (!after) {
        return after.error();
    }
    file.remove();
    return int(after->seq - before->seq);
}

Result<bool> LearningStore::exemptByCode(const QString &person, int studyDay, qint64 atMs)
{
    return guarded([&]() -> Result<bool> {
        SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
        auto row
            = obligation_table::find(*m_database, obligation_table::openOn(*m_database, person, studyDay));
        if (!row || !row->isOpen()) {
            return false;
        }
        row->state = ObligationState::Exempted;
        row->reason = unlockCodeReason();
        row->settledAtMs = atMs;
        obligation_table::update(*m_database, *row);
        transaction.commit();
        return true;
    });
}

Result<QList<StoredEvent>> LearningStore::importEvents(const QString &path, const QString &person)
{
    TakenFile file(path);
    if (!file.exists()) {
        return QList<StoredEvent>();
    }
    const auto lines = file.lines();
    if (!lines) {
        return lines.error();
    }
    auto imported = guarded([&]() -> Result<QList<StoredEvent>> {
        QList<StoredEvent> fresh;
        SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement insert(*m_database,
            "INSERT OR IGNORE INTO event (id, person, kind, at_ms, utc_offset_s, detail) VALUES "
            "(?,?,?,?,?,?)");
        for (const QByteArray &line : *lines) {
            const auto object = parseJsonObject(line);
            if (!object || !isUuid(object->value(QStringLiteral("id")).toString())) {
                continue;
            }
            const StoredEvent event{0, object->value(QStringLiteral("id")).toString(), person,
                object->value(QStringLiteral("kind")).toString(),
                object->value(QStringLiteral("at_ms")).toInteger(), m_clock.utcOffsetSeconds(),
                object->value(QStringLiteral("detail")).toString()};
            bindAll(insert, event.id, event.person, event.kind, event.atMs, qint64(event.utcOffsetSeconds),
                event.detail);
            if (insert.exec() > 0) {
                fresh.append(event);
            }
            insert.reset();
        }
        transaction.commit();
        return fresh;
    });
    if (imported) {
        file.remove();
    }
    return imported;
}

} // namespace qingfeng
