#include "app/workstation/core/learner.h"

#include "quiz/people/pin.h"
#include "quiz/store/learning_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/sample_bank.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/model/law_ripple.h"

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

    static Obligation owed(Learner &person) { return *person.decide(Moment::Start)->obligation; }

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
        const auto shown = person->presentForGate(owed(*person));
        QCOMPARE(shown->post, QStringLiteral("P01"));
        QCOMPARE(shown->reason.kind, SelectionReason::Kind::NewHighRisk);

        Response wrong {{QStringLiteral("d")}, false};
        const auto answered = person->answer(*shown, wrong, 9000, m_secret);
        QCOMPARE(answered->marks.outcome, Outcome::Wrong);
        QVERIFY(answered->pass.has_value());
        QCOMPARE(person->decide(Moment::Start)->decision.reason, DecisionReason::Settled);
    }

    void aRestartShowsTheSameQuestionAndCountsOneAttempt()
    {
        auto before = learner(QStringLiteral("zhangsan"));
        const auto shown = before->presentForGate(owed(*before));
        auto after = learner(QStringLiteral("zhangsan"));
        const auto again = after->presentForGate(owed(*after));
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
        const Obligation obligation = owed(*person);
        while (person->presentForStudy()) { }
        QVERIFY(person->presentForGate(obligation));
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
        const auto shown = person->presentForGate(owed(*person));
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
        QCOMPARE(person->presentForGate(owed(*person))->post, commonPost());
        QCOMPARE(person->signIn(QStringLiteral("999"), QStringLiteral("2468")).error().code(), ErrorCode::NotFound);
        QCOMPARE(
            person->signIn(QStringLiteral("001"), QStringLiteral("1111")).error().code(), ErrorCode::NotPermitted);
        QSignalSpy changed(person.get(), &Learner::changed);
        QVERIFY(person->signIn(QStringLiteral("001"), QStringLiteral("2468")));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(person->identity().method, IdentityMethod::SignIn);
        QCOMPARE(learner(QStringLiteral("guest"))->identity().person.number, QStringLiteral("001"));
    }

    /** Rules as a policy file would have them. */
    static GateRules rules(const QByteArray &toml, const QString &login = {})
    {
        LoadedPolicy loaded;
        addPolicy(toml, QStringLiteral("test.toml"), loaded);
        return {loaded.policy, builtInWorkCalendar(), login};
    }

    void policyDecidesByPersonPostAndLogin()
    {
        auto person = learner(QStringLiteral("zhangsan"));
        person->setRules(rules("[[group]]\npost = \"P01\"\ngate.when = \"every-start\"\ngate.questions = 2\n",
            QStringLiteral("one")));
        const auto first = person->decide(Moment::Start);
        QCOMPARE(first->decision.reason, DecisionReason::NewLogin);
        QCOMPARE(first->decision.questions, 2);
        for (int i = 0; i < 2; ++i) {
            const auto shown = person->presentForGate(*first->obligation);
            QVERIFY(person->answer(*shown, rightAnswer(*shown), 9000, m_secret));
        }
        QCOMPARE(person->decide(Moment::Unlock)->decision.reason, DecisionReason::Settled);
        person->setRules(rules("[gate]\nwhen = \"every-start\"\n", QStringLiteral("two")));
        QCOMPARE(person->look(Moment::Start)->decision.demand, Demand::Questions);
        person->setRules(rules("[[exemption]]\nperson = \"001\"\nreason = \"外派\"\nuntil = 2026-12-31\n"));
        QCOMPARE(person->look(Moment::Start)->decision.reason, DecisionReason::Exempt);
    }

    void moreMayBeWishedThanIsOwedAndNeverLess()
    {
        auto person = learner(QStringLiteral("zhangsan"));
        QVERIFY(person->wishQuestions(3));
        QCOMPARE(person->policy().policy.questions, 3);
        person->setRules(rules("[gate]\nquestions = 2\n"));
        QCOMPARE(person->policy().policy.questions, 2);
        QVERIFY(person->policy().isLocked(QStringLiteral("gate.questions")));
    }

    void aChangedLawEndsEarnedQuiet()
    {
        QuestionBank bank = *m_bank; // with as many questions as make a risk point known
        for (const char *point : {"P00-R01", "P01-R01", "P01-R02"}) {
            for (const char *number : {"-03", "-04"}) {
                const QString id = QLatin1String(point);
                QVERIFY(bank.add(sampleQuestion(id + QLatin1String(number), id)));
            }
        }
        auto person = learner(QStringLiteral("zhangsan"));
        person->setBank(std::make_shared<const QuestionBank>(bank));
        person->setRules(
            rules("[earned_quiet]\nenabled = true\nmin_score = 50\nmin_coverage_percent = 50\ndays = 31\n"));
        for (int day = 0; day < 60 && person->look(Moment::Start)->decision.demand != Demand::Glance; ++day) {
            while (const auto shown = person->presentForStudy()) {
                QVERIFY(person->answer(*shown, rightAnswer(*shown), 9000));
            }
            m_clock.advanceDays(1);
        }
        QCOMPARE(person->decide(Moment::Start)->decision.reason, DecisionReason::EarnedQuiet);
        m_clock.advanceDays(1);
        QCOMPARE(person->look(Moment::Start)->decision.reason, DecisionReason::EarnedQuiet);

        QuestionBank changed = bank;
        const QDate today = person->today();
        const auto plan = planLawChange(changed, QStringLiteral("A-1"), LawChangeKind::Amended, today);
        QVERIFY(plan && applyLawChange(changed, *plan));
        QuestionVersion revised = sampleQuestion(QStringLiteral("P01-R01-01"), QStringLiteral("P01-R01"));
        revised.version = 2;
        QVERIFY(changed.add(revised));
        person->setBank(std::make_shared<const QuestionBank>(changed));
        const auto ended = person->decide(Moment::Start);
        QCOMPARE(ended->decision.reason, DecisionReason::QuietEndedByLaw);
        const auto shown = person->presentForGate(*ended->obligation);
        QCOMPARE(shown->question.id, revised.id);
        QCOMPARE(shown->reason.kind, SelectionReason::Kind::ChangedLaw);
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
