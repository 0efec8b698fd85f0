#include "quiz/simulation/policies.h"
#include "quiz/simulation/simulation.h"

#include <QTest>

using namespace qingfeng;

/** The targets of docs/learning.md, on fewer learners than its table. */
class TestSimulation : public QObject
{
    Q_OBJECT

    static SimulationResult run(const QString &policy, const QString &world = QStringLiteral("base"),
        int learners = 40, quint64 seed = 11)
    {
        SimulationPlan plan;
        plan.policy = policy;
        plan.world = *worldNamed(world);
        plan.learners = learners;
        plan.seed = seed;
        const auto result = simulate(plan);
        return result ? *result : SimulationResult();
    }

private Q_SLOTS:
    void thePolicyBeatsItsRivals()
    {
        const double none = run(QStringLiteral("none")).lastDay;
        const SimulationResult policy = run(QStringLiteral("qingfeng"));
        const double lift = policy.lastDay - none;
        QVERIFY(lift >= 1.5 * (run(QStringLiteral("random")).lastDay - none));
        const SimulationResult dueFirst = run(QStringLiteral("due-first"));
        QVERIFY(lift >= 4.0 * (dueFirst.lastDay - none));
        QVERIFY(dueFirst.seen < 40); // of 400: the queue of flash cards drowns in its own backlog
        QVERIFY(policy.lastDay > run(QStringLiteral("sequential")).lastDay);
        QVERIFY(policy.lastDay > run(QStringLiteral("leitner")).lastDay);
        QVERIFY2(policy.high >= 0.60, qPrintable(QString::number(policy.high))); // 0.62 with 500 learners
    }

    void itIsNotBelowSequentialInOtherWorlds_data()
    {
        QTest::addColumn<QString>("world");
        for (const QString &world : worldNames()) {
            QTest::newRow(qPrintable(world)) << world;
        }
    }

    void itIsNotBelowSequentialInOtherWorlds()
    {
        QFETCH(QString, world);
        const int learners = world == QLatin1String("items-2000") ? 3 : 12;
        QVERIFY(run(QStringLiteral("qingfeng"), world, learners).lastDay
            >= run(QStringLiteral("sequential"), world, learners).lastDay - 0.01);
    }

    void theSameSeedIsTheSameYearWhateverTheThreads()
    {
        SimulationPlan plan;
        plan.learners = 6;
        plan.seed = 3;
        plan.threads = 1;
        const auto one = simulate(plan);
        plan.threads = 5;
        const auto five = simulate(plan);
        QCOMPARE(toJson(plan, *five), toJson(plan, *one));
        plan.seed = 4;
        QVERIFY(simulate(plan)->lastDay != one->lastDay);
    }

    void theScoreTellsWhoKnowsFromWhoClicks_data()
    {
        QTest::addColumn<int>("conduct");
        QTest::addColumn<int>("perDay");
        QTest::addColumn<double>("score");
        QTest::addColumn<double>("within");
        // The design's figures. With 60 and more learners the honest come within 3 to 5 of them; 25 are less exact.
        QTest::newRow("honest, one a day") << int(Conduct::Honest) << 1 << 37.0 << 5.5;
        QTest::newRow("honest, two a day") << int(Conduct::Honest) << 2 << 47.0 << 5.5;
        QTest::newRow("honest, three a day") << int(Conduct::Honest) << 3 << 59.0 << 5.5;
        QTest::newRow("half at random") << int(Conduct::HalfRandom) << 1 << 17.0 << 4.0;
        QTest::newRow("patiently at random") << int(Conduct::PatientRandom) << 1 << 3.0 << 4.0;
        QTest::newRow("rapid") << int(Conduct::Rapid) << 1 << 0.0 << 4.0;
    }

    void theScoreTellsWhoKnowsFromWhoClicks()
    {
        QFETCH(int, conduct);
        QFETCH(int, perDay);
        QFETCH(double, score);
        QFETCH(double, within);
        SimulationPlan plan;
        plan.learners = 25;
        plan.seed = 11;
        plan.conduct = Conduct(conduct);
        plan.world.perDay = perDay;
        const auto result = simulate(plan);
        QVERIFY2(std::abs(result->score - score) <= within, qPrintable(QString::number(result->score)));
    }

    void whatCannotBeSimulatedIsSaid()
    {
        SimulationPlan plan;
        plan.policy = QStringLiteral("best");
        QCOMPARE(simulate(plan).error().where(), QStringLiteral("policy"));
        plan.policy = QStringLiteral("none");
        plan.learners = 0;
        QCOMPARE(simulate(plan).error().where(), QStringLiteral("learners"));
        QVERIFY(!worldNamed(QStringLiteral("flat")));
    }
};

QTEST_APPLESS_MAIN(TestSimulation)
#include "tst_simulation.moc"
