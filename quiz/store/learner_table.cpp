#include "quiz/store/learner_table.h"

#include "quiz/store/database.h"

#include <QDataStream>
#include <QIODevice>

namespace qingfeng::learner_table {
namespace {

constexpr const char *historyColumns
    = "question, version, asked, right, last_study_day, last_right, stability, difficulty, failures, paused_until, "
      "first_right_day, last_right_day";
constexpr const char *learnerColumns
    = "ability, exposures, valid, invalid, study_days, last_study_day, suspect_day, backwards, quarantined, recent";

QByteArray packed(const QList<LearnerState::Credit> &recent)
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    for (const LearnerState::Credit &credit : recent) {
        out << credit.earned << credit.expected;
    }
    return bytes;
}

QList<LearnerState::Credit> unpacked(const QByteArray &bytes)
{
    QList<LearnerState::Credit> recent;
    QDataStream in(bytes);
    while (!in.atEnd() && recent.size() < LearnerState::creditLimit) {
        LearnerState::Credit credit;
        in >> credit.earned >> credit.expected;
        if (in.status() != QDataStream::Ok) {
            break;
        }
        recent.append(credit);
    }
    return recent;
}

/** Columns from @p first on, in the order of historyColumns after the question. */
QuestionHistory historyAt(SQLite::Statement &row, int first)
{
    const auto number = [&row, &first] { return int(numberAt(row, first++)); };
    QuestionHistory history;
    history.version = number();
    history.asked = number();
    history.right = number();
    history.lastStudyDay = number();
    history.lastRight = number() != 0;
    history.memory.stability = row.getColumn(first++).getDouble();
    history.memory.difficulty = row.getColumn(first++).getDouble();
    history.failures = number();
    history.pausedUntil = number();
    history.firstRightDay = number();
    history.lastRightDay = number();
    return history;
}

LearnerState learnerAt(SQLite::Statement &row, int first)
{
    LearnerState person;
    person.ability = row.getColumn(first++).getDouble();
    const auto number = [&row, &first] { return int(numberAt(row, first++)); };
    person.exposures = number();
    person.valid = number();
    person.invalid = number();
    person.studyDays = number();
    person.lastStudyDay = number();
    person.suspectDay = number();
    person.backwards = number();
    person.quarantined = number();
    person.recent = unpacked(bytesAt(row, first));
    return person;
}

LearnerState findLearner(SQLite::Database &database, const QString &person)
{
    SQLite::Statement query(
        database, std::string("SELECT ") + learnerColumns + " FROM learner WHERE person = ?");
    bindAll(query, person);
    return query.executeStep() ? learnerAt(query, 0) : LearnerState();
}

QuestionHistory findHistory(SQLite::Database &database, const QString &person, const QString &question)
{
    SQLite::Statement query(database,
        std::string("SELECT ") + historyColumns + " FROM question_history WHERE person = ? AND question = ?");
    bindAll(query, person, question);
    return query.executeStep() ? historyAt(query, 1) : QuestionHistory();
}

/** Writes rows with statements that are prepared once. */
class Writer
{
public:
    explicit Writer(SQLite::Database &database)
        : m_history(database,
            std::string("INSERT OR REPLACE INTO question_history (person, ") + historyColumns
                + ", last_seq) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
        , m_learner(database,
              std::string("INSERT OR REPLACE INTO learner (person, ") + learnerColumns
                  + ") VALUES (?,?,?,?,?,?,?,?,?,?,?)")
    {
    }

    void write(const QString &person, const QString &question, const QuestionHistory &h, qint64 seq)
    {
        bindAll(m_history, person, question, qint64(h.version), qint64(h.asked), qint64(h.right),
            qint64(h.lastStudyDay), qint64(h.lastRight ? 1 : 0), h.memory.stability, h.memory.difficulty,
            qint64(h.failures), qint64(h.pausedUntil), qint64(h.firstRightDay), qint64(h.lastRightDay), seq);
        m_history.exec();
        m_history.reset();
    }

    void write(const QString &person, const LearnerState &l)
    {
        bindAll(m_learner, person, l.ability, qint64(l.exposures), qint64(l.valid), qint64(l.invalid),
            qint64(l.studyDays), qint64(l.lastStudyDay), qint64(l.suspectDay), qint64(l.backwards),
            qint64(l.quarantined), packed(l.recent));
        m_learner.exec();
        m_learner.reset();
    }

private:
    SQLite::Statement m_history;
    SQLite::Statement m_learner;
};

} // namespace

void count(SQLite::Database &database, const Attempt &attempt, const QuizMemory &memory)
{
    LearnerState person = findLearner(database, attempt.person);
    QuestionHistory history = findHistory(database, attempt.person, attempt.question);
    const Counting counting = countAttempt(attempt, memory, history, person);
    Writer writer(database);
    writer.write(attempt.person, person);
    if (counting == Counting::Counted || counting == Counting::Backwards) {
        writer.write(attempt.person, attempt.question, history, attempt.seq);
    }
}

void refresh(SQLite::Database &database, const QString &person, qint64 seq, LearnerRecord &record)
{
    record.person = findLearner(database, person);
    SQLite::Statement query(database,
        std::string("SELECT ") + historyColumns + " FROM question_history WHERE person = ? AND last_seq > ?");
    bindAll(query, person, seq);
    while (query.executeStep()) {
        record.questions.insert(textAt(query, 0), historyAt(query, 1));
    }
}

void derive(const QList<Attempt> &attempts, const QuizMemory &memory, Derived &derived)
{
    for (const Attempt &attempt : attempts) {
        LearnerRecord &record = derived.people[attempt.person];
        QuestionHistory history = record.questions.value(attempt.question);
        const Counting counting = countAttempt(attempt, memory, history, record.person);
        if (counting == Counting::Counted || counting == Counting::Backwards) {
            record.questions.insert(attempt.question, history);
            derived.lastSeq[attempt.person].insert(attempt.question, attempt.seq);
        }
    }
}

int countDifferences(SQLite::Database &database, const Derived &derived)
{
    int differing = 0;
    qint64 expected = 0;
    for (const LearnerRecord &record : derived.people) {
        expected += record.questions.size();
    }
    qint64 matched = 0;
    SQLite::Statement histories(
        database, std::string("SELECT ") + historyColumns + ", last_seq, person FROM question_history");
    while (histories.executeStep()) {
        const QString question = textAt(histories, 0);
        const QString person = textAt(histories, 13);
        const auto record = derived.people.constFind(person);
        const bool known = record != derived.people.constEnd() && record->questions.contains(question);
        const bool same = known && record->questions.value(question) == historyAt(histories, 1)
            && derived.lastSeq.value(person).value(question) == numberAt(histories, 12);
        matched += known ? 1 : 0;
        differing += same ? 0 : 1;
    }
    differing += int(expected - matched);

    qint64 people = 0;
    SQLite::Statement learners(database, std::string("SELECT ") + learnerColumns + ", person FROM learner");
    while (learners.executeStep()) {
        const auto record = derived.people.constFind(textAt(learners, 10));
        const bool known = record != derived.people.constEnd();
        people += known ? 1 : 0;
        differing += known && record->person == learnerAt(learners, 0) ? 0 : 1;
    }
    return differing + int(derived.people.size() - people);
}

void replace(SQLite::Database &database, const Derived &derived)
{
    database.exec("DELETE FROM question_history");
    database.exec("DELETE FROM learner");
    Writer writer(database);
    for (auto record = derived.people.constBegin(); record != derived.people.constEnd(); ++record) {
        writer.write(record.key(), record->person);
        const QHash<QString, qint64> seqs = derived.lastSeq.value(record.key());
        for (auto history = record->questions.constBegin(); history != record->questions.constEnd(); ++history) {
            writer.write(record.key(), history.key(), *history, seqs.value(history.key()));
        }
    }
}

} // namespace qingfeng::learner_table
