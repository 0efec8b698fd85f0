#include "quiz/selection/expected_gain.h"
#include "quiz/selection/selection_index.h"
#include "quiz/store/database.h"
#include "quiz/store/learner_table.h"
#include "quiz/store/learning_store.h"
#include "tests/support/fake_clock.h"

#include "question_bank/base/uuid.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <vector>

/**
 * How long the next question takes to choose among 100,000, while the store grows from 10^3 to 10^6 attempts of the
 * person who is asked. Prints medians and their growth; a second table puts all 100,000 before one person.
 */
using namespace qingfeng;

namespace {

constexpr int questionCount = 100'000;
const QString person = QStringLiteral("001");

QuestionBank makeBank(int posts)
{
    QuestionBank bank;
    for (int post = 0; post < posts; ++post) {
        const QString code = QStringLiteral("P%1").arg(post, 2, 10, QLatin1Char('0'));
        bank.add(Post {code, {}, {}, {}});
        for (int i = 0; i < 40; ++i) {
            RiskPoint point;
            point.id = QStringLiteral("%1-R%2").arg(code).arg(i, 2, 10, QLatin1Char('0'));
            point.post = code;
            point.grade = RiskGrade(i % 3);
            bank.add(point);
        }
    }
    for (int i = 0; i < questionCount; ++i) {
        QuestionVersion question;
        question.riskPoints = {bank.riskPoints().at(i % bank.riskPoints().size()).id};
        question.id = QStringLiteral("%1-%2").arg(question.riskPoints.first()).arg(i);
        question.articles = {QStringLiteral("A-%1").arg(i % 500)};
        question.state = ReviewState::Published;
        for (const QString &id : {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")}) {
            question.choices.append({id, {}});
        }
        bank.add(question);
    }
    return bank;
}

/** Questions of the posts held: what the attempts are spread over. */
QStringList questionsOf(const SelectionIndex &index, const QStringList &posts)
{
    QStringList ids;
    for (const QString &post : posts) {
        for (const SelectionIndex::Place &place : index.ofPost(post)) {
            ids.append(index.entries()[std::size_t(place.entry)].question->id);
        }
    }
    return ids;
}

/** Fills a store with attempts, without its chain: only what selection reads is wanted. */
void fill(const QString &path, const QStringList &questions, int attempts, int lastDay)
{
    SQLite::Database database(path.toStdString(), SQLite::OPEN_READWRITE);
    SQLite::Transaction transaction(database);
    SQLite::Statement insert(database,
        "INSERT INTO attempt (seq, id, person, post, question, version, bank_revision, choices_shown, response, marks, "
        "full_marks, outcome, context, obligation, response_ms, answered_at_ms, utc_offset_s, study_day, "
        "previous_hash, hash) VALUES (?,?,?,'P01',?,1,1,'[]','[]',0,100,?,'study','',9000,0,28800,?,x'',x'')");
    const QuizMemory memory;
    learner_table::Derived derived;
    SeededRandom random(1);
    for (int i = 1; i <= attempts; ++i) {
        Attempt a;
        a.question = questions.at(qsizetype(random.next64() % quint64(questions.size())));
        a.version = 1;
        a.outcome = random.next64() % 3 == 0 ? Outcome::Wrong : Outcome::Right;
        a.guessPpm = 250'000;
        a.studyDay = lastDay - (attempts - i) * 3000 / attempts;
        bindAll(insert, qint64(i), QString::number(i), person, a.question, nameOf(a.outcome), qint64(a.studyDay));
        insert.exec();
        insert.reset();
        derived.people[person].count(a, memory);
        derived.lastSeq[person].insert(a.question, i);
    }
    learner_table::replace(database, derived);
    transaction.commit();
}

/** Median processor time: waiting for the disk and for other programs does not count. */
template <typename Work> double medianMs(int times, Work &&work)
{
    std::vector<double> taken;
    for (int i = 0; i < times; ++i) {
        const std::clock_t began = std::clock();
        work(i);
        taken.push_back(1000.0 * double(std::clock() - began) / CLOCKS_PER_SEC);
    }
    std::sort(taken.begin(), taken.end());
    return taken[taken.size() / 2];
}

void measure(const char *title, int posts, const QStringList &held)
{
    const QuestionBank bank = makeBank(posts);
    QElapsedTimer timer;
    timer.start();
    const SelectionIndex index(bank);
    const QStringList questions = questionsOf(index, held);
    std::printf("%s: %lld of %d questions concern the person; index made in %lld ms\n", title,
        (long long)questions.size(), questionCount, (long long)timer.elapsed());
    std::printf("%10s %8s %12s %12s %12s %12s %8s   (processor time)\n", "attempts", "seen", "choose ms", "read ms",
        "record ms", "first ms", "growth");
    FakeClock clock;
    SeededRandom random(7);
    const ExpectedGain policy;
    double before = 0;
    for (const int attempts : {1000, 10'000, 100'000, 1'000'000}) {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("learning.db"));
        LearningStore::open(path, clock, random)->reset();
        fill(path, questions, attempts, studyDay(clock) - 1);
        const auto store = LearningStore::open(path, clock, random);
        SelectionRequest request;
        request.bank = &bank;
        request.index = &index;
        request.person.number = person;
        request.posts = held;
        request.today = QDate(2026, 11, 24);
        const auto readAll = [&] {
            auto record = (*store)->learner(person);
            request.history = record->questions;
            request.learner = record->person;
            request.askedToday = *(*store)->askedOn(person, request.studyDay);
            request.recent = *(*store)->recentQuestions(person, 10);
        };
        request.studyDay = studyDay(clock);
        const double first = medianMs(1, [&](int) { readAll(); });
        const qsizetype seen = request.history.size();
        const double record = medianMs(21, [&](int i) {
            Attempt a;
            a.id = makeUuidV7(clock, random);
            a.person = person;
            a.question = questions.at(i);
            a.version = 1;
            a.studyDay = studyDay(clock);
            (void)(*store)->record(a);
        });
        request.history = {};
        const double read = medianMs(21, [&](int) { readAll(); });
        const double choose = medianMs(21, [&](int i) {
            request.seed = quint64(i);
            (void)policy.next(request);
        });
        std::printf("%10d %8lld %12.3f %12.3f %12.3f %12.1f %8.2f\n", attempts, (long long)seen, choose, read, record,
            first, before > 0 ? choose / before : 1.0);
        std::fflush(stdout);
        before = choose;
    }
}

} // namespace

int main()
{
    measure("two posts of 28", 28, {QStringLiteral("P01"), QStringLiteral("P02")});
    measure("everything", 1, {QStringLiteral("P00")});
    return 0;
}
