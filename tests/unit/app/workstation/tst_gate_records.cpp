#include "app/workstation/core/data_folder.h"
#include "app/workstation/core/gate_records.h"
#include "app/workstation/core/learner.h"

#include "quiz/archive/chain_check.h"
#include "quiz/people/pin.h"
#include "quiz/store/learning_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/sample_bank.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/base/uuid.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace qingfeng;

/** What the gate wrote while nobody else could, taken into the store. */
class TestGateRecords : public QObject
{
    Q_OBJECT

    FakeClock m_clock;
    SeededRandom m_random{3};
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<LearningStore> m_store;
    std::unique_ptr<Learner> m_learner;
    std::shared_ptr<const QuestionBank> m_bank = std::make_shared<QuestionBank>(sampleBank());

    DataFolder folder() const { return DataFolder(m_dir->path()); }

    void sit(const QString &account)
    {
        m_learner = std::make_unique<Learner>(*m_store, m_bank, m_clock, m_random, OsAccount{account, {}});
    }

    /** A line as the gate writes it, answered now. */
    QByteArray line(const char *choice, const char *outcome, int marks, const QString &id = {},
        const QString &question = QStringLiteral("P00-R01-01")) const
    {
        const QString response
            = qstrlen(choice) > 0 ? QStringLiteral("\"%1\"").arg(QLatin1String(choice)) : QString();
        return QStringLiteral(
            "{\"id\":\"%1\",\"question\":\"%2\",\"version\":1,\"bank_revision\":7,\"post\":\"P00\","
            "\"choices_shown\":[\"c\",\"a\",\"d\",\"b\"],\"response\":[%3],\"guess_ppm\":250000,"
            "\"marks\":%4,\"full_marks\":100,\"outcome\":\"%5\",\"response_ms\":6200,"
            "\"answered_at_ms\":%6,\"utc_offset_s\":%7}\n")
            .arg(id.isEmpty() ? makeUuidV7(m_clock, const_cast<SeededRandom &>(m_random)) : id, question,
                response)
            .arg(marks)
            .arg(QLatin1String(outcome))
            .arg(m_clock.utcMs())
            .arg(m_clock.utcOffsetSeconds())
            .toUtf8();
    }

    void write(const QString &path, const QByteArray &bytes) const
    {
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        QVERIFY(file.open(QIODevice::Append));
        file.write(bytes);
    }

    QByteArray event(const char *kind, const char *detail) const
    {
        return QStringLiteral("{\"id\":\"%1\",\"kind\":\"%2\",\"at_ms\":%3,\"detail\":\"%4\"}\n")
            .arg(makeUuidV7(m_clock, const_cast<SeededRandom &>(m_random)), QLatin1String(kind))
            .arg(m_clock.utcMs())
            .arg(QLatin1String(detail))
            .toUtf8();
    }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_dir->path() + QStringLiteral("/run")));
        QDir(m_dir->path()).mkdir(QStringLiteral("run"));
        QFile::setPermissions(
            m_dir->path() + QStringLiteral("/run"), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        m_store = *LearningStore::open(m_dir->filePath(QStringLiteral("learning.db")), m_clock, m_random);
        Roster roster;
        roster.unit = {QStringLiteral("U"), QStringLiteral("样例局"), QStringLiteral("https://u.example")};
        Person person;
        person.number = QStringLiteral("001");
        person.name = QStringLiteral("张三");
        person.accounts = {QStringLiteral("zhangsan")};
        person.assignments = {{QStringLiteral("P01"), {}, true, {}, {}}};
        roster.people = {person};
        QVERIFY(m_store->saveDocument(QStringLiteral("roster"), {}, canonicalJson(toJson(roster))));
        sit(QStringLiteral("zhangsan"));
    }

    void cleanup()
    {
        m_learner.reset();
        m_store.reset();
    }

    void anAnswerGoesIntoTheChainWithItsTimeAndSettlesTheDay()
    {
        const qint64 answeredAtMs = m_clock.utcMs();
        write(folder().gateAttempts(), line("b", "right", 100));
        m_clock.advanceMs(45'000);
        const auto taken = takeGateRecords(*m_learner, folder());
        QVERIFY2(taken, qPrintable(taken.error().toString()));
        QCOMPARE(taken->attempts, 1);
        const QList<Attempt> attempts = *m_store->attempts();
        QCOMPARE(attempts.size(), 1);
        const Attempt &kept = attempts.first();
        QCOMPARE(kept.person, QStringLiteral("001"));
        QCOMPARE(kept.answeredAtMs, answeredAtMs);
        QCOMPARE(kept.context, AttemptContext::Gate);
        QCOMPARE(kept.question, QStringLiteral("P00-R01-01"));
        QCOMPARE(kept.choicesShown,
            (QStringList{
                QStringLiteral("c"), QStringLiteral("a"), QStringLiteral("d"), QStringLiteral("b")}));
        QCOMPARE(kept.responseMs, 6200);
        QCOMPARE(kept.marks, 100);
        QVERIFY(!kept.obligation.isEmpty());
        QCOMPARE(m_learner->decide(Moment::Start)->decision.demand, Demand::Nothing);
        QVERIFY(m_store->verify()->holds());
        QVERIFY(!QFile::exists(folder().gateAttempts()));
    }

    void theSameLineTwiceIsOneAnswer()
    {
        const QByteArray answer = line("a", "wrong", 0);
        write(folder().gateAttempts(), answer + answer);
        QCOMPARE(takeGateRecords(*m_learner, folder())->attempts, 1);
        write(folder().gateAttempts(), answer); // as after a kill between record and removal
        QCOMPARE(takeGateRecords(*m_learner, folder())->attempts, 0);
        QCOMPARE(m_store->attempts()->size(), 1);
    }

    void aFileLeftByAnInterruptedImportIsTakenFirst()
    {
        write(folder().gateAttempts() + QStringLiteral(".importing"), line("b", "right", 100));
        write(folder().gateAttempts(), line("", "unsure", 0));
        QCOMPARE(takeGateRecords(*m_learner, folder())->attempts, 1);
        QCOMPARE(takeGateRecords(*m_learner, folder())->attempts, 1);
        QCOMPARE(m_store->attempts()->size(), 2);
    }

    void theBankMarksWhatItHas()
    {
        write(folder().gateAttempts(), line("a", "right", 100)); // not what the key says
        QVERIFY(takeGateRecords(*m_learner, folder()));
        QCOMPARE(m_store->attempts()->first().outcome, Outcome::Wrong);
        QCOMPARE(m_store->attempts()->first().marks, 0);
    }

    void whatTheBankHasNotStaysAsTheGateHasMarkedIt()
    {
        write(folder().gateAttempts(), line("a", "right", 100, {}, QStringLiteral("P00-R99-01")));
        QVERIFY(takeGateRecords(*m_learner, folder()));
        QCOMPARE(m_store->attempts()->first().outcome, Outcome::Right);
        QCOMPARE(m_store->attempts()->first().guessPpm, 250'000);
    }

    void aRapidGuessIsKeptAndSettlesNothing()
    {
        write(folder().gateAttempts(), line("b", "invalid", 0));
        QCOMPARE(takeGateRecords(*m_learner, folder())->attempts, 1);
        QCOMPARE(m_store->attempts()->first().outcome, Outcome::Invalid);
        QCOMPARE(m_learner->decide(Moment::Start)->decision.demand, Demand::Questions);
        QCOMPARE(m_learner->archive().invalid, 1);
    }

    void whoeverIsKnownWhenItIsReadHasAnswered()
    {
        write(folder().gateAttempts(), line("b", "right", 100));
        sit(QStringLiteral("guest"));
        QVERIFY(takeGateRecords(*m_learner, folder()));
        QCOMPARE(m_store->attempts()->first().person, QStringLiteral("os:guest"));
        QCOMPARE(m_learner->decide(Moment::Start)->decision.demand, Demand::Nothing);
    }

    void whatTheSessionsFolderHasIsTakenToo()
    {
        write(DataFolder::standInAttempts(), line("b", "right", 100));
        QCOMPARE(takeBuiltInAttempts(*m_learner, folder())->attempts, 1);
        QVERIFY(!QFile::exists(DataFolder::standInAttempts()));
    }

    void anAnswerOfYesterdaySettlesNothingToday()
    {
        write(folder().gateAttempts(), line("b", "right", 100));
        m_clock.advanceDays(1);
        QCOMPARE(takeGateRecords(*m_learner, folder())->attempts, 1);
        QVERIFY(m_store->attempts()->first().obligation.isEmpty());
        QCOMPARE(m_store->attempts()->first().studyDay, studyDay(m_clock) - 1);
        QCOMPARE(m_learner->decide(Moment::Start)->decision.demand, Demand::Questions);
    }

    void linesThatAreNoneAreSkipped_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("a word for a number")
            << QByteArray("\"version\":1") << QByteArray("\"version\":\"1\"");
        QTest::newRow("marks beyond the full ones")
            << QByteArray("\"marks\":100") << QByteArray("\"marks\":900");
        QTest::newRow("marks for a wrong answer") << QByteArray("\"right\"") << QByteArray("\"wrong\"");
        QTest::newRow("a choice that was not shown") << QByteArray("[\"b\"]") << QByteArray("[\"z\"]");
        QTest::newRow("two choices") << QByteArray("[\"b\"]") << QByteArray("[\"b\",\"a\"]");
        QTest::newRow("no choice") << QByteArray("[\"b\"]") << QByteArray("[]");
        QTest::newRow("no id") << QByteArray("\"id\"") << QByteArray("\"od\"");
        QTest::newRow("an answer that took a year") << QByteArray(":6200") << QByteArray(":31000000000");
        QTest::newRow("cut short") << QByteArray("\"utc_offset_s\"") << QByteArray("\n");
    }

    void linesThatAreNoneAreSkipped()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QByteArray broken = line("b", "right", 100);
        QVERIFY(broken.contains(from));
        broken.replace(from, to);
        write(folder().gateAttempts(), broken + line("b", "right", 100));
        QCOMPARE(takeGateRecords(*m_learner, folder())->attempts, 1);
        QVERIFY(m_store->verify()->holds());
    }

    void theAdministratorsCodeExemptsWhatIsOwed()
    {
        write(folder().gateEvents(), event("covered", "") + event("unlocked", "KDM4R 2026-11-26 1"));
        QCOMPARE(takeGateRecords(*m_learner, folder())->events, 2);
        const auto decided = m_learner->decide(Moment::Start);
        QCOMPARE(decided->decision.demand, Demand::Nothing);
        QCOMPARE(decided->obligation->state, ObligationState::Exempted);
        QCOMPARE(decided->obligation->reason, QStringLiteral("unlock-code"));
        const int quota = m_learner->policy().policy.emergency.quota;
        QCOMPARE(decided->emergency.left, quota); // none of the person's own exits
    }

    void anExitAtTheGatesOwnPageCountsLikeAnyOther_data()
    {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("detail");
        QTest::newRow("at the built-in question") << QByteArray("emergency-exit") << QByteArray("meeting");
        QTest::newRow("beside a store that failed")
            << QByteArray("ui-event") << QByteArray("emergency-exit meeting");
    }

    void anExitAtTheGatesOwnPageCountsLikeAnyOther()
    {
        QFETCH(QByteArray, kind);
        QFETCH(QByteArray, detail);
        write(folder().gateEvents(), event(kind.constData(), detail.constData()));
        QVERIFY(takeGateRecords(*m_learner, folder()));
        const auto decided = m_learner->decide(Moment::Start);
        QCOMPARE(decided->decision.demand, Demand::Nothing);
        QCOMPARE(decided->obligation->reason, QStringLiteral("meeting"));
        QCOMPARE(decided->emergency.left, m_learner->policy().policy.emergency.quota - 1);
    }

    void anExitOfYesterdayOrWithoutAReasonSettlesNothing()
    {
        write(folder().gateEvents(), event("emergency-exit", "because"));
        write(folder().gateEvents(), event("ui-event", "power-off"));
        QVERIFY(takeGateRecords(*m_learner, folder()));
        QCOMPARE(m_learner->decide(Moment::Start)->decision.demand, Demand::Questions);
        write(folder().gateEvents(), event("unlocked", "KDM4R 2026-11-26 1"));
        m_clock.advanceDays(1);
        QVERIFY(takeGateRecords(*m_learner, folder()));
        QCOMPARE(m_learner->decide(Moment::Start)->decision.demand, Demand::Questions);
    }

    void whatTheGateSetAsideIsTakenToo()
    {
        write(folder().olderGateEvents(), event("covered", ""));
        write(folder().gateEvents(), event("opened", ""));
        QCOMPARE(takeGateRecords(*m_learner, folder())->events, 2);
        QCOMPARE(m_store->outbox().pendingEvents(10)->size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestGateRecords)
#include "tst_gate_records.moc"
