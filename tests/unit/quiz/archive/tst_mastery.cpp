#include "quiz/archive/mastery_history.h"
#include "tests/support/sample_bank.h"

#include <QElapsedTimer>
#include <QTest>

using namespace qingfeng;

class TestMastery : public QObject
{
    Q_OBJECT

    static Attempt answer(const QString &question, int day, Outcome outcome)
    {
        Attempt a;
        a.question = question;
        a.version = 1;
        a.outcome = outcome;
        a.studyDay = day;
        a.guessPpm = 250'000;
        return a;
    }

private Q_SLOTS:
    void theFewerRiskPointsTheMoreQuestionsEachNeeds()
    {
        QCOMPARE(requiredQuestions(1), 4);
        QCOMPARE(requiredQuestions(40), 4);
        QCOMPARE(requiredQuestions(60), 3);
        QCOMPARE(requiredQuestions(107), 1);
        QCOMPARE(requiredQuestions(1000), 1);
    }

    void levels_data()
    {
        QTest::addColumn<double>("mastery");
        QTest::addColumn<int>("valid");
        QTest::addColumn<int>("apart");
        QTest::addColumn<int>("level");
        QTest::newRow("one answer says nothing") << 1.0 << 1 << 0 << int(MasteryLevel::Untested);
        QTest::newRow("weak") << 0.39 << 2 << 0 << int(MasteryLevel::Weak);
        QTest::newRow("basic") << 0.40 << 2 << 0 << int(MasteryLevel::Basic);
        QTest::newRow("mastered") << 0.70 << 2 << 0 << int(MasteryLevel::Mastered);
        QTest::newRow("high, but within six days") << 0.9 << 9 << 6 << int(MasteryLevel::Mastered);
        QTest::newRow("firm") << 0.85 << 2 << 7 << int(MasteryLevel::Firm);
    }

    void levels()
    {
        QFETCH(double, mastery);
        QFETCH(int, valid);
        QFETCH(int, apart);
        QFETCH(int, level);
        QCOMPARE(int(masteryLevel(mastery, valid, apart)), level);
    }

    void honestyComparesWhatWasEarnedWithWhatWasExpected()
    {
        QCOMPARE(honesty({}), 0.5);
        QList<LearnerState::Credit> recent;
        for (int i = 0; i < 80; ++i) {
            recent.append({1.0, 0.5});
        }
        QCOMPARE(honesty(recent), 1.0);
        for (LearnerState::Credit &credit : recent) {
            credit.earned = -1.0 / 3.0;
        }
        QCOMPARE(honesty(recent), 0.0);
    }

    void theReportSaysWhatStandsBesideTheScore()
    {
        const QuestionBank bank = sampleBank();
        const QList<MasteryScope> scope = masteryScope(bank, {QStringLiteral("P01")});
        QCOMPARE(scope.size(), 3);
        LearnerRecord record;
        const QuizMemory memory;
        QCOMPARE(mastery(record, scope, 100, memory.fsrs()).score, 0.0);
        for (int i = 0; i < 2; ++i) {
            record.count(answer(QStringLiteral("P01-R01-0%1").arg(i + 1), 100, Outcome::Right), memory);
        }
        record.count(answer(QStringLiteral("P01-R02-01"), 101, Outcome::Invalid), memory);
        const MasteryReport report = mastery(record, scope, 101, memory.fsrs());
        QCOMPARE(report.coverage, 1.0 / 3.0);
        QCOMPARE(report.validRate, 2.0 / 3.0);
        QVERIFY(report.careless);
        QCOMPARE(report.studyDays, 1);
        QCOMPARE(report.riskPoints.size(), 3);
        const auto point = std::find_if(report.riskPoints.cbegin(), report.riskPoints.cend(),
            [](const RiskPointMastery &p) { return p.riskPoint == QLatin1String("P01-R01"); });
        QCOMPARE(point->seen, 2);
        const double recall = memory.fsrs().retrievability(
            1, record.questions.value(QStringLiteral("P01-R01-01")).memory.stability);
        QVERIFY(point->recall > recall / 4.0 && point->recall < 2.0 / 4.0); // two of four that are needed
        // It falls by itself.
        QVERIFY(mastery(record, scope, 301, memory.fsrs()).score < report.score);
    }

    void aNewVersionCountsOnceItWasAnswered()
    {
        QuestionBank bank = sampleBank();
        LearnerRecord record;
        const QuizMemory memory;
        record.count(answer(QStringLiteral("P01-R01-01"), 100, Outcome::Right), memory);
        QuestionVersion revised = *bank.latest(QStringLiteral("P01-R01-01"));
        revised.version = 2;
        bank.add(revised);
        const MasteryReport report
            = mastery(record, masteryScope(bank, {QStringLiteral("P01")}), 100, memory.fsrs());
        QCOMPARE(report.score, 0.0);
        QVERIFY(report.coverage > 0.0);
    }

    void historyIsWhatWasKnownOnEachDay()
    {
        const QuestionBank bank = sampleBank();
        const QList<MasteryScope> scope = masteryScope(bank, {QStringLiteral("P01")});
        const QuizMemory memory;
        QList<Attempt> attempts{answer(QStringLiteral("P01-R01-01"), 100, Outcome::Right),
            answer(QStringLiteral("P01-R01-02"), 107, Outcome::Right),
            answer(QStringLiteral("P00-R01-01"), 120, Outcome::Wrong)};
        const QList<MasteryOn> history = masteryHistory(attempts, scope, memory, {90, 100, 107, 119, 120});
        QCOMPARE(history.size(), 4); // nothing before the first answer
        QCOMPARE(history.first().studyDay, 100);
        LearnerRecord record;
        for (qsizetype i = 0; i < 2; ++i) {
            record.count(attempts.at(i), memory);
        }
        QCOMPARE(history.at(1).report.score, mastery(record, scope, 107, memory.fsrs()).score);
        QVERIFY(history.at(2).report.score < history.at(1).report.score); // it fades by itself
        QCOMPARE(history.at(3).report.coverage, 2.0 / 3);
    }

    void oneWrongClockDoesNotHoldUpTheRest()
    {
        const QuestionBank bank = sampleBank();
        const QList<MasteryScope> scope = masteryScope(bank, {QStringLiteral("P01")});
        QList<Attempt> attempts{answer(QStringLiteral("P01-R01-01"), 100, Outcome::Right),
            answer(QStringLiteral("P01-R01-02"), 9000, Outcome::Right),
            answer(QStringLiteral("P01-R02-01"), 101, Outcome::Right)};
        const QList<MasteryOn> history = masteryHistory(attempts, scope, QuizMemory(), {101});
        QCOMPARE(history.first().report.coverage, 2.0 / 3);
    }

    void aYearOfWeeksIsDerivedInAMoment()
    {
        QList<MasteryScope> scope;
        QList<Attempt> attempts;
        for (int point = 0; point < 40; ++point) {
            scope.append({QString::number(point), RiskGrade::High, {}});
            for (int item = 0; item < 10; ++item) {
                scope.last().items.append({QStringLiteral("%1-%2").arg(point).arg(item), 1});
            }
        }
        for (int i = 0; i < 3000; ++i) {
            attempts.append(answer(QStringLiteral("%1-%2").arg(i % 40).arg(i / 40 % 10), 1000 + i / 10,
                i % 3 == 0 ? Outcome::Wrong : Outcome::Right));
        }
        QList<int> days;
        for (int week = 0; week < 52; ++week) {
            days.append(1000 + 7 * week);
        }
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(masteryHistory(attempts, scope, QuizMemory(), days).size(), 52);
        qInfo("52 weeks over 3,000 attempts: %lld ms", timer.elapsed());
        QVERIFY(timer.elapsed() < 500); // a few ms; the bound is for a machine under load
    }
};

QTEST_APPLESS_MAIN(TestMastery)
#include "tst_mastery.moc"
