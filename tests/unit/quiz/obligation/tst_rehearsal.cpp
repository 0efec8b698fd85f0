#include "quiz/obligation/calendar_file.h"
#include "quiz/obligation/policy_file.h"
#include "quiz/obligation/rehearsal.h"

#include <QTest>

using namespace qingfeng;

class TestRehearsal : public QObject
{
    Q_OBJECT

    static QList<PolicySubject> people()
    {
        return {{QStringLiteral("1"), QStringLiteral("U"), {}, {QStringLiteral("P01")}, {}},
            {QStringLiteral("2"), QStringLiteral("U"), {}, {QStringLiteral("P06")}, {}},
            {QStringLiteral("3"), QStringLiteral("U"), {}, {}, {}}};
    }

    static PolicySet policy(const QByteArray &toml)
    {
        LoadedPolicy loaded;
        addPolicy(toml, QStringLiteral("p.toml"), loaded);
        return loaded.policy;
    }

private Q_SLOTS:
    void whatADayHolds_data()
    {
        QTest::addColumn<QByteArray>("toml");
        QTest::addColumn<QDate>("day");
        QTest::addColumn<QList<int>>("questions");
        const QDate tuesday(2026, 11, 24);
        const QDate saturday(2026, 11, 28);
        QTest::newRow("one each") << QByteArray() << tuesday << QList<int> {1, 1, 1};
        QTest::newRow("a post is asked more") << QByteArray("[[group]]\npost = \"P06\"\ngate.questions = 3")
                                              << tuesday << QList<int> {1, 3, 1};
        QTest::newRow("several times a day")
            << QByteArray("gate = {when = \"times-a-day\", times_a_day = 2, questions = 2}") << tuesday
            << QList<int> {4, 4, 4};
        QTest::newRow("two logins are assumed") << QByteArray("gate.when = \"every-start\"") << tuesday
                                                << QList<int> {2, 2, 2};
        QTest::newRow("a day off") << QByteArray("gate.days = \"working-days\"") << saturday << QList<int> {0, 0, 0};
        QTest::newRow("a day off that one person works")
            << QByteArray("gate.days = \"working-days\"\n[[group]]\nperson = \"3\"\ngate.days = \"every-day\"")
            << saturday << QList<int> {0, 0, 1};
        QTest::newRow("somebody is exempt")
            << QByteArray("[[exemption]]\nperson = \"2\"\nreason = \"产假\"\nuntil = 2026-12-31") << tuesday
            << QList<int> {1, 0, 1};
    }

    void whatADayHolds()
    {
        QFETCH(QByteArray, toml);
        QFETCH(QDate, day);
        QFETCH(QList<int>, questions);
        const RehearsedDay rehearsed = rehearse(policy(toml), people(), day, builtInWorkCalendar());
        QCOMPARE(rehearsed.people.size(), questions.size());
        int sum = 0;
        for (qsizetype i = 0; i < questions.size(); ++i) {
            QCOMPARE(rehearsed.people.at(i).questions, questions.at(i));
            sum += questions.at(i);
        }
        QCOMPARE(rehearsed.questions, sum);
        QCOMPARE(rehearsed.asked, int(questions.size() - questions.count(0)));
    }

    void theCurveIsATriangle()
    {
        const ArrivalCurve curve;
        QCOMPARE(curve.shareBefore({7, 0}), 0.0);
        QCOMPARE(curve.shareBefore({8, 0}), 0.0);
        QCOMPARE(curve.shareBefore({8, 30}), 1.0 / 3);
        QCOMPARE(curve.shareBefore({9, 30}), 1.0);
        QCOMPARE(curve.shareBefore({12, 0}), 1.0);
        double before = 0;
        for (QTime time(8, 0); time <= QTime(9, 30); time = time.addSecs(60)) {
            QVERIFY(curve.shareBefore(time) >= before);
            before = curve.shareBefore(time);
        }
    }

    void thePeakIsTwiceTheMean()
    {
        // 2N/T at the very top; a whole minute beside it has a little less.
        const ArrivalPeak peak = peakOf(ArrivalCurve(), 900);
        QCOMPARE(peak.starts, 900);
        QVERIFY(peak.perMinute <= 20 && peak.perMinute > 19.5);
        QVERIFY(peak.busiest == QTime(8, 29) || peak.busiest == QTime(8, 30));
        QCOMPARE(peak.perMinuteAtMost, 34); // 19.8 + 3.09 · √19.8
        QCOMPARE(peakOf(ArrivalCurve(), 0).perMinuteAtMost, 0);
    }
};

QTEST_APPLESS_MAIN(TestRehearsal)
#include "tst_rehearsal.moc"
