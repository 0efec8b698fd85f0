#include "quiz/archive/chain.h"
#include "quiz/archive/learner_state.h"

#include "question_bank/base/canonical_json.h"

#include <QTest>

using namespace qingfeng;

class TestLearnerState : public QObject
{
    Q_OBJECT

    QuizMemory m_memory;
    LearnerRecord m_record;

    Counting answer(int day, Outcome outcome, const QString &question = QStringLiteral("q"), int version = 1)
    {
        Attempt a;
        a.question = question;
        a.version = version;
        a.outcome = outcome;
        a.studyDay = day;
        a.guessPpm = 250'000;
        return m_record.count(a, m_memory);
    }

    QuestionHistory history() const { return m_record.questions.value(QStringLiteral("q")); }

private Q_SLOTS:
    void init() { m_record = {}; }

    void memoryFollowsTheAnswers()
    {
        answer(100, Outcome::Right);
        const MemoryState first = m_memory.first(true, LearnerState().prior(), 0.25);
        QCOMPARE(history().memory, first);
        answer(110, Outcome::Unsure);
        QCOMPARE(history().memory, m_memory.next(first, 10, false, 0.25));
        QCOMPARE(history().asked, 2);
        QVERIFY(!history().lastRight);
    }

    void aRapidGuessChangesNothing()
    {
        answer(100, Outcome::Right);
        const QuestionHistory before = history();
        QCOMPARE(answer(101, Outcome::Invalid), Counting::Invalid);
        QCOMPARE(history(), before);
        QCOMPARE(m_record.person.invalid, 1);
        QCOMPARE(m_record.person.valid, 1);
    }

    void aNewVersionStartsAnew()
    {
        answer(100, Outcome::Right);
        answer(200, Outcome::Wrong, QStringLiteral("q"), 2);
        QCOMPARE(history().memory, m_memory.first(false, 0.5, 0.25));
        QCOMPARE(history().version, 2);
        QCOMPARE(m_record.person.exposures, 2);
    }

    void threeFailuresInARowPause()
    {
        for (int day = 100; day < 103; ++day) {
            QCOMPARE(history().pausedUntil, 0);
            answer(day, Outcome::Wrong);
        }
        QCOMPARE(history().pausedUntil, 102 + 60);
        QCOMPARE(history().failures, 0);
    }

    void theSameDayEarnsNoCredit()
    {
        answer(100, Outcome::Wrong);
        answer(100, Outcome::Right);
        QCOMPARE(m_record.person.recent.size(), 1);
        QCOMPARE(m_record.person.valid, 2);
    }

    void aClockSetBackCountsAsNoTime()
    {
        answer(100, Outcome::Right);
        const MemoryState before = history().memory;
        QCOMPARE(answer(90, Outcome::Right), Counting::Backwards);
        QCOMPARE(history().memory, m_memory.next(before, 0, true, 0.25));
        QCOMPARE(history().lastStudyDay, 100);
        QCOMPARE(m_record.person.backwards, 1);
    }

    void aJumpIsSetAsideUntilAnotherDayAgrees()
    {
        answer(100, Outcome::Right);
        const QuestionHistory before = history();
        QCOMPARE(answer(700, Outcome::Right), Counting::Quarantined);
        QCOMPARE(history(), before);
        QCOMPARE(m_record.person.lastStudyDay, 100);
        QCOMPARE(answer(101, Outcome::Right), Counting::Counted); // it was the clock
        QCOMPARE(answer(700, Outcome::Right), Counting::Quarantined);
        QCOMPARE(answer(702, Outcome::Right), Counting::Counted); // it was a long leave
        QCOMPARE(m_record.person.lastStudyDay, 702);
        QCOMPARE(m_record.person.quarantined, 2);
    }

    void onlyTheLastEightyAnswersSpeakForHonesty()
    {
        for (int i = 0; i < 100; ++i) {
            answer(100 + i, Outcome::Right, QString::number(i));
        }
        QCOMPARE(m_record.person.recent.size(), 80);
        QVERIFY(m_record.person.ability > 1.0);
        for (const LearnerState::Credit &credit : m_record.person.recent) {
            QCOMPARE(credit.earned, 1.0);
            QCOMPARE(credit.expected, firstPrior); // never the person's own ability
        }
    }

    void fieldsThatAreEmptyDoNotChangeTheHash()
    {
        Attempt a;
        a.id = QStringLiteral("x");
        const QByteArray before = canonicalJson(contentOf(a));
        for (const char *field : {"texts", "pairs", "parts", "guess_ppm"}) {
            QVERIFY(!before.contains(field));
        }
        a.texts = {QStringLiteral("六")};
        a.previousHash = chainStart();
        a.hash = chainHash(a);
        QVERIFY(canonicalJson(contentOf(a)).contains("texts"));
        const auto back = attemptFromJson(toJson(a));
        QVERIFY(back);
        QCOMPARE(*back, a);
    }

    void detailsOfAnotherFormAreRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("where");
        QTest::newRow("texts no list") << QByteArray("{\"texts\":1}") << QStringLiteral("texts");
        QTest::newRow("a number among texts") << QByteArray("{\"texts\":[1]}") << QStringLiteral("texts");
        QTest::newRow("pairs a list") << QByteArray("{\"pairs\":[]}") << QStringLiteral("pairs");
        QTest::newRow("a part no object") << QByteArray("{\"parts\":{\"1\":2}}") << QStringLiteral("parts.1");
        QTest::newRow("within a part")
            << QByteArray("{\"parts\":{\"1\":{\"texts\":{}}}}") << QStringLiteral("parts.1.texts");
        QTest::newRow("a guess over 1") << QByteArray("{\"guess_ppm\":1000001}") << QStringLiteral("guess_ppm");
    }

    void detailsOfAnotherFormAreRefused()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, where);
        Attempt a;
        const auto read = readDetails(*parseJsonObject(json), a);
        QVERIFY(!read);
        QCOMPARE(read.error().where(), where);
    }
};

QTEST_APPLESS_MAIN(TestLearnerState)
#include "tst_learner_state.moc"
