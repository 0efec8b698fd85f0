#include "app/workstation/core/learner.h"

#include "quiz/people/pin.h"
#include "quiz/store/learning_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/sample_bank.h"

#include "question_bank/base/canonical_json.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace qingfeng;

class TestLearner : public QObject
{
    Q_OBJECT

    FakeClock m_clock;
    SeededRandom m_random {3};
    QTemporaryDir *m_dir = nullptr;
    std::unique_ptr<LearningStore> m_store;
    std::shared_ptr<const QuestionBank> m_bank = std::make_shared<QuestionBank>(sampleBank());
    const QByteArray m_secret {32, 's'};

    std::unique_ptr<Learner> learner(const QString &account)
    {
        return std::make_unique<Learner>(*m_store, m_bank, m_clock, m_random, OsAccount {account, {}});
    }

    static Response rightAnswer(const Presentation &shown) { return {shown.question.answer, false}; }

private Q_SLOTS:
    void init()
    {
        m_dir = new QTemporaryDir;
        m_store = *LearningStore::open(m_dir->filePath(QStringLiteral("learning.db")), m_clock, m_random);
        Roster roster;
        roster.unit = {QStringLiteral("U"), QStringLiteral("样例局"), QStringLiteral("https://u.example")};
        Person person;
        person.number = QStringLiteral("001");
        person.name = QStringLiteral("张三");
        person.accounts = {QStringLiteral("zhangsan")};
        person.pinHash = *hashPin(QStringLiteral("2468"));
        person.assignments = {{QStringLiteral("P01"), {}, true, {}, {}}};
        roster.people = {person};
        QVERIFY(m_store->saveDocument(QStringLiteral("roster"), {}, canonicalJson(toJson(roster))));
    }

    void cleanup()
    {
        m_store.reset();
        delete m_dir;
    }

    void theGateAsksTheOwnPostAndOpensOnAnyAnswer()
    {
        auto person = learner(QStringLiteral("zhangsan"));
        QCOMPARE(person->identity().posts, QStringList {QStringLiteral("P01")});
        const auto owed = person->obligation();
        const auto shown = person->presentForGate(*owed);
        QCOMPARE(shown->post, QStringLiteral("P01"));
        QCOMPARE(shown->reason.kind, SelectionReason::Kind::NewHighRisk);

        Response wrong {{QStringLiteral("d")}, false};
        const auto answered = person->answer(*shown, wrong, 9000, m_secret);
        QCOMPARE(answered->marks.outcome, Outcome::Wrong);
        QVERIFY(answered->pass.has_value());
        QVERIFY(!person->obligation()->isOpen());
    }

    void aRestartShowsTheSameQuestionAndCountsOneAttempt()
    {
        auto before = learner(QStringLiteral("zhangsan"));
        const auto owed = before->obligation();
        const auto shown = before->presentForGate(*owed);
        auto after = learner(QStringLiteral("zhangsan"));
        const auto again = after->presentForGate(*after->obligation());
        QCOMPARE(again->id, shown->id);
        QCOMPARE(again->choicesShown, shown->choicesShown);
        QVERIFY(before->answer(*shown, rightAnswer(*shown), 9000, m_secret));
        QVERIFY(after->answer(*again, rightAnswer(*again), 9000, m_secret));
        QCOMPARE(after->archive().answered, 1);
    }

    void studyNeverAsksTheSameTwiceADayAndEndsInWords()
    {
        auto person = learner(QStringLiteral("zhangsan"));
        QSet<QString> seen;
        for (;;) {
            const auto shown = person->presentForStudy();
            if (!shown) {
                QCOMPARE(shown.error().code(), ErrorCode::NotFound);
                break;
            }
            QVERIFY(!seen.contains(shown->question.id));
            seen.insert(shown->question.id);
            QVERIFY(person->answer(*shown, rightAnswer(*shown), 9000));
        }
        QCOMPARE(seen.size(), 6); // P00 and P01, never P02
        m_clock.advanceDays(1);
        QVERIFY(person->presentForStudy());
    }

    void theGateAsksAgainRatherThanStayClosed()
    {
        auto person = learner(QStringLiteral("zhangsan"));
        const auto owed = person->obligation();
        while (person->presentForStudy()) { }
        QVERIFY(person->presentForGate(*owed));
    }

    void filtersNarrowWhatIsStudied()
    {
        auto person = learner(QStringLiteral("zhangsan"));
        StudyFilter filter;
        filter.riskPoint = QStringLiteral("P01-R02");
        const auto shown = person->presentForStudy(filter);
        QCOMPARE(shown->question.riskPoints.first(), filter.riskPoint);
        QVERIFY(person->answer(*shown, {{}, true}, 9000));
        m_clock.advanceDays(1);
        StudyFilter wrong;
        wrong.shelf = StudyFilter::Shelf::WrongBook;
        QCOMPARE(person->presentForStudy(wrong)->question.id, shown->question.id);
        QVERIFY(!person->presentForStudy(wrong));
    }

    void aRapidGuessIsRecordedAndNotCounted()
    {
        auto person = learner(QStringLiteral("zhangsan"));
        const auto owed = person->obligation();
        const auto shown = person->presentForGate(*owed);
        const auto answered = person->answer(*shown, rightAnswer(*shown), 200, m_secret);
        QCOMPARE(answered->marks.outcome, Outcome::Invalid);
        QVERIFY(answered->pass.has_value()); // answered, if carelessly: the desktop opens
        QCOMPARE(person->archive().answered, 0);
        QCOMPARE(person->archive().invalid, 1);
    }

    void anUnknownAccountIsAskedTheCommonPostAndMaySignIn()
    {
        auto person = learner(QStringLiteral("guest"));
        QVERIFY(!person->identity().isKnown());
        QCOMPARE(person->presentForGate(*person->obligation())->post, commonPost());
        QCOMPARE(person->signIn(QStringLiteral("999"), QStringLiteral("2468")).error().code(), ErrorCode::NotFound);
        QCOMPARE(
            person->signIn(QStringLiteral("001"), QStringLiteral("1111")).error().code(), ErrorCode::NotPermitted);
        QSignalSpy changed(person.get(), &Learner::changed);
        QVERIFY(person->signIn(QStringLiteral("001"), QStringLiteral("2468")));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(person->identity().method, IdentityMethod::SignIn);
        QCOMPARE(learner(QStringLiteral("guest"))->identity().person.number, QStringLiteral("001"));
    }

    void theArchiveSaysWhatWasDone()
    {
        auto person = learner(QStringLiteral("zhangsan"));
        const auto first = person->presentForStudy();
        QVERIFY(person->answer(*first, rightAnswer(*first), 9000));
        m_clock.advanceDays(1);
        const auto second = person->presentForStudy();
        QVERIFY(person->answer(*second, {{}, true}, 9000));
        const ArchiveSummary archive = person->archive();
        QCOMPARE(archive.answered, 2);
        QCOMPARE(archive.right, 1);
        QCOMPARE(archive.answeredToday, 1);
        QCOMPARE(archive.streakDays, 2);
        QCOMPARE(archive.coveredRiskPoints, 2);
        QCOMPARE(archive.totalRiskPoints, 3);
        QCOMPARE(archive.recent.first().question, second->question.id);
        QCOMPARE(person->pendingCount(), 2);
    }
};

QTEST_GUILESS_MAIN(TestLearner)
#include "tst_learner.moc"
