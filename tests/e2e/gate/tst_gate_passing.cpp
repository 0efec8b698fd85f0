#include "tests/e2e/gate/gate_bench.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <csignal>

/** The ordinary course: covered, asked, answered, open. */
class TestGatePassing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<XServer>();
        QVERIFY(m_server->isRunning());
    }

    /** The UI's window may be there long before the gate has heard its name. */
    void theUisOwnWindowIsNoStrangersBeforeItIsNamed()
    {
        GateBench bench(*m_server);
        bench.start(QStringLiteral("late"));
        QVERIFY(bench.waitForEvent(QStringLiteral("asking")));
        QVERIFY(bench.waitForColour(uiColour));
        QTest::qWait(200);
        QCOMPARE(bench.countEvents(QStringLiteral("window-unmapped")), 0);
        // Its place was no licence: another client's window is a stranger's as before.
        XClient intruder(m_server->display());
        intruder.mapWindow(intruder.makeWindow(intruderColour, true));
        QVERIFY(bench.waitForEvent(QStringLiteral("window-unmapped")));
        QVERIFY(bench.waitForColour(uiColour));
        bench.command(QStringLiteral("pass"));
        QVERIFY(bench.waitForEnd());
    }

    void aRightTokenOpens()
    {
        GateBench bench(*m_server);
        bench.start(QStringLiteral("ask"));
        QVERIFY(bench.waitForColour(uiColour));
        QVERIFY(bench.waitForEvent(QStringLiteral("asking")));
        bench.command(QStringLiteral("pass"));
        QVERIFY(bench.waitForEnd());
        QCOMPARE(bench.exitStatus(), 0);
        QVERIFY(bench.waitForColour(desktopColour));
        // The UI's window may come up before its name reaches the holder, which takes it for a stranger's until then.
        QStringList events = bench.events();
        events.removeAll(QStringLiteral("window-unmapped"));
        QCOMPARE(events.join(QLatin1Char(' ')), QStringLiteral("covered asking passed opened"));
        QCOMPARE(bench.desktop().countCurtains(), 0);
        QVERIFY(!bench.desktop().isKeyboardTaken());
    }

    void anExemptionOpensToo()
    {
        GateBench bench(*m_server);
        bench.start(QStringLiteral("ask"));
        QVERIFY(bench.waitForEvent(QStringLiteral("asking")));
        bench.command(QStringLiteral("exempt"));
        QVERIFY(bench.waitForEnd());
        QCOMPARE(bench.countEvents(QStringLiteral("passed")), 1);
    }

    void aDeferralOpensAndIsRecordedAsOne()
    {
        GateBench bench(*m_server);
        bench.start(QStringLiteral("ask"));
        QVERIFY(bench.waitForEvent(QStringLiteral("asking")));
        bench.command(QStringLiteral("defer"));
        QVERIFY(bench.waitForEnd());
        QFile events(bench.folder() + QStringLiteral("/qingfeng/gate-events.jsonl"));
        QVERIFY(events.open(QIODevice::ReadOnly));
        QVERIFY(events.readAll().contains("\"o-1 deferred\""));
    }

    void askedFirstItCoversOnlyWhatIsDue_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("covers");
        QTest::newRow("nothing is due") << QByteArray("exit 0") << false;
        QTest::newRow("something is due") << QByteArray("exit 1") << true;
        QTest::newRow("it is killed") << QByteArray("kill -KILL $$") << true;
        QTest::newRow("it does not answer") << QByteArray("sleep 60") << true;
    }

    void askedFirstItCoversOnlyWhatIsDue()
    {
        QFETCH(QByteArray, answer);
        QFETCH(bool, covers);
        GateBench bench(*m_server);
        QFile program(bench.folder() + QStringLiteral("/ui.sh"));
        QVERIFY(program.open(QIODevice::WriteOnly));
        program.write("#!/bin/sh\ncase \"$*\" in *--due*) " + answer + " ;; esac\nsleep 60\n");
        program.close();
        QVERIFY(program.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        bench.startWithUi(program.fileName(), {}, {QStringLiteral("--ask-first")});
        if (covers) {
            QVERIFY(bench.waitForEvent(QStringLiteral("covered")));
        } else {
            QVERIFY(bench.waitForEnd());
            QVERIFY(bench.events().isEmpty());
            QCOMPARE(bench.exitStatus(), 0);
        }
    }

    void aUiThatDoesNotLeaveIsMadeTo()
    {
        GateBench bench(*m_server);
        bench.start(QStringLiteral("stay"));
        QVERIFY(bench.waitForEvent(QStringLiteral("asking")));
        const qint64 ui = bench.ui();
        bench.command(QStringLiteral("pass"));
        QVERIFY(bench.waitForEnd());
        QCOMPARE(bench.exitStatus(), 0);
        QVERIFY(::kill(pid_t(ui), 0) != 0);
        QCOMPARE(bench.countEvents(QStringLiteral("ui-ended")), 1);
    }

    void aWrongTokenIsRefused()
    {
        GateBench bench(*m_server);
        bench.start(QStringLiteral("ask"));
        QVERIFY(bench.waitForColour(uiColour));
        bench.command(QStringLiteral("wrong"));
        QVERIFY(bench.waitForEvent(QStringLiteral("token-refused")));
        QVERIFY(bench.waitForEvent(QStringLiteral("bypass-suspected")));
        QCOMPARE(bench.detailOf(QStringLiteral("bypass-suspected")), QStringLiteral("token-refused"));
        QVERIFY(bench.isClosed());
        QVERIFY(bench.showsOnly({uiColour}));
        bench.command(QStringLiteral("pass"));
        QVERIFY(bench.waitForEnd());
    }

    void garbageOnTheLineIsCountedAndOpensNothing()
    {
        GateBench bench(*m_server);
        bench.start(QStringLiteral("ask"));
        QVERIFY(bench.waitForColour(uiColour));
        bench.command(QStringLiteral("garbage"));
        QTest::qWait(200);
        QVERIFY(bench.isClosed());
        bench.command(QStringLiteral("pass"));
        QVERIFY(bench.waitForEnd());
        QCOMPARE(bench.countEvents(QStringLiteral("malformed-lines")), 1);
    }

    void theCurtainIsUpBeforeTheQuestion()
    {
        GateBench bench(*m_server);
        bench.start(QStringLiteral("silent"));
        QVERIFY(bench.waitForColour(curtainColour));
        QVERIFY(bench.desktop().isKeyboardTaken());
    }

    void aSecondStartLeavesTheFirstAlone()
    {
        GateBench bench(*m_server);
        bench.start(QStringLiteral("ask"));
        QVERIFY(bench.waitForColour(uiColour));
        Lookout lookout(*m_server, {desktopColour});
        int status = -1;
        QVERIFY(bench.runBeside({}, &status).contains(QStringLiteral("已在本显示器上运行")));
        QCOMPARE(status, 0);
        // With another folder for the lock file the X selection keeps them apart.
        GateBench other(*m_server);
        QVERIFY(other.runBeside({}, &status).contains(QStringLiteral("已在本显示器上运行")));
        QCOMPARE(status, 0);
        QVERIFY(bench.runBeside({QStringLiteral("--clean")}).contains(QStringLiteral("未作清理")));
        other.runBeside({QStringLiteral("--clean")});
        lookout.stop();
        QCOMPARE(lookout.sightings(), 0);
        QVERIFY(bench.isClosed());
        QVERIFY(bench.countEvents(QStringLiteral("holder-restart")) == 0);
    }

    void stopSignalsDoNotUnlock_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("TERM") << SIGTERM;
        QTest::newRow("HUP") << SIGHUP;
        QTest::newRow("INT") << SIGINT;
    }

    void stopSignalsDoNotUnlock()
    {
        QFETCH(int, signal);
        GateBench bench(*m_server);
        bench.start(QStringLiteral("ask"));
        QVERIFY(bench.waitForColour(uiColour));
        Lookout lookout(*m_server, {desktopColour});
        killNow(bench.warden(), signal);
        killNow(bench.supervisor(), signal);
        killNow(bench.holder(), signal);
        QVERIFY(bench.waitForEvent(QStringLiteral("signal-ignored"), 2));
        QTest::qWait(200);
        lookout.stop();
        QCOMPARE(lookout.sightings(), 0);
        QVERIFY(bench.isClosed());
        QCOMPARE(bench.countEvents(QStringLiteral("holder-restart")), 0);
        bench.command(QStringLiteral("pass"));
        QVERIFY(bench.waitForEnd());
    }

    void theProbeReportsWithoutCovering()
    {
        GateBench bench(*m_server);
        Lookout lookout(*m_server, {curtainColour});
        const QByteArray output = bench.runBeside({QStringLiteral("--probe")}).toUtf8();
        lookout.stop();
        QCOMPARE(lookout.sightings(), 0);
        const QJsonObject report = QJsonDocument::fromJson(output).object();
        QCOMPARE(report.value(QStringLiteral("reach")).toString(), QStringLiteral("connected"));
        QVERIFY(report.value(QStringLiteral("can_grab")).toBool());
        QVERIFY(!report.value(QStringLiteral("gate_running")).toBool());
    }

    void wrongUsageIsTheOnlyOtherStatus()
    {
        GateBench bench(*m_server);
        int status = -1;
        bench.runBeside({QStringLiteral("--unlock")}, &status);
        QCOMPARE(status, 2);
        bench.runBeside({QStringLiteral("--version")}, &status);
        QCOMPARE(status, 0);
    }

private:
    std::unique_ptr<XServer> m_server;
};

QTEST_GUILESS_MAIN(TestGatePassing)
#include "tst_gate_passing.moc"
