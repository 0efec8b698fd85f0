#include "tests/e2e/gate/gate_bench.h"

#include <QTest>

#include <algorithm>
#include <csignal>

/** What happens to the display while the gate is closed. */
class TestGateDisplay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<XServer>();
        QVERIFY(m_server->isRunning());
    }

    void cleanup()
    {
        stopCompositor();
        m_server.reset();
    }

    void anotherResolutionIsCovered()
    {
        GateBench bench(*m_server);
        QVERIFY(bench.desktop().setScreenSize(800, 600));
        bench.start(QStringLiteral("ask"));
        QVERIFY(QTest::qWaitFor([&] { return sees(uiColour, 800, 600); }));
        QVERIFY(bench.desktop().setScreenSize(1280, 800));
        QVERIFY(QTest::qWaitFor([&] { return sees(uiColour, 1280, 800); }));
        QVERIFY(bench.desktop().setScreenSize(640, 480));
        QVERIFY(QTest::qWaitFor([&] { return sees(uiColour, 640, 480); }));
        bench.command(QStringLiteral("pass"));
        QVERIFY(bench.waitForEnd());
    }

    void aGrowingScreenShowsNothingMeanwhile()
    {
        GateBench bench(*m_server);
        bench.desktop().paintRoot(0); // what stays in the frame buffer outside a smaller screen
        QVERIFY(bench.desktop().setScreenSize(800, 600));
        bench.start(QStringLiteral("silent"));
        QVERIFY(QTest::qWaitFor([&] { return sees(curtainColour, 800, 600); }));
        // Right after covering it learns how far the screen can grow, and covers that too.
        QVERIFY(QTest::qWaitFor(
            [&] { return bench.desktop().widthOf(bench.desktop().findCurtain()) >= 1280; }, 2000));
        bench.desktop().paintRoot(desktopColour);
        Lookout lookout(*m_server, {desktopColour});
        QVERIFY(bench.desktop().setScreenSize(1280, 800));
        QVERIFY(QTest::qWaitFor([&] { return sees(curtainColour, 1280, 800); }));
        lookout.stop();
        QCOMPARE(lookout.sightings(), 0);
    }

    void underACompositorCurtainAndQuestionAreSeen()
    {
        startCompositor();
        GateBench bench(*m_server);
        bench.start(QStringLiteral("ask"));
        QVERIFY(bench.waitForColour(uiColour));
        QVERIFY(bench.waitForEvent(QStringLiteral("asking")));
        killNow(bench.ui());
        QVERIFY(bench.waitForEvent(QStringLiteral("asking"), 2));
        QVERIFY(bench.waitForColour(uiColour));
        bench.command(QStringLiteral("pass"));
        QVERIFY(bench.waitForEnd());
        QVERIFY(
            QTest::qWaitFor([&] { return !sees(uiColour, 1280, 800) && !sees(curtainColour, 1280, 800); }));
    }

    void aCompositorThatComesAndGoesUncoversNothing()
    {
        GateBench bench(*m_server);
        bench.start(QStringLiteral("ask"));
        QVERIFY(bench.waitForColour(uiColour));
        startCompositor();
        QVERIFY(bench.waitForEvent(QStringLiteral("compositor-changed")));
        QVERIFY(bench.waitForColour(uiColour));
        stopCompositor();
        QVERIFY(bench.waitForEvent(QStringLiteral("compositor-changed"), 2));
        QVERIFY(bench.waitForColour(uiColour));
    }

    void theCountdownIsSeenUnderACompositor()
    {
        startCompositor();
        GateBench bench(*m_server);
        bench.start(QStringLiteral("crash"));
        QVERIFY(bench.waitForEvent(QStringLiteral("fail-open")));
        QVERIFY(QTest::qWaitFor([&] {
            int ink = 0; // of the seconds, at the foot of the built-in question
            for (int x = 700; x < 1020; ++x) {
                ink += m_server->pixel(x, 754) != curtainColour ? 1 : 0;
            }
            return ink > 30 && ink < 300;
        }));
    }

private:
    bool sees(std::uint32_t colour, int width, int height) const
    {
        const auto points = m_server->look(width, height);
        return std::ranges::all_of(points, [colour](std::uint32_t point) { return point == colour; });
    }

    void startCompositor()
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DISPLAY"), m_server->display());
        environment.insert(QStringLiteral("HOME"), m_home.path());
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_home.path());
        m_other.setProcessEnvironment(environment);
        m_other.setStandardErrorFile(QProcess::nullDevice());
        m_other.start(QStringLiteral("dbus-run-session"),
            {QStringLiteral("--"), QStringLiteral("xfwm4"), QStringLiteral("--compositor=on"),
                QStringLiteral("--vblank=off"), QStringLiteral("--sm-client-disable")});
        QVERIFY(m_other.waitForStarted());
        XClient client(m_server->display());
        QVERIFY(QTest::qWaitFor([&] { return client.hasCompositor(); }, 8000));
        QTest::qWait(300); // until it has redirected and drawn
    }

    void stopCompositor()
    {
        // The session and its bus end by themselves when their program has.
        const auto managers = childrenRunning(m_other.processId(), QStringLiteral("xfwm4"));
        for (const qint64 pid : managers) {
            killNow(pid, SIGTERM);
        }
        if (m_other.state() != QProcess::NotRunning && !m_other.waitForFinished(5000)) {
            m_other.kill();
            m_other.waitForFinished(3000);
        }
    }

    std::unique_ptr<XServer> m_server;
    QTemporaryDir m_home;
    QProcess m_other;
};

QTEST_GUILESS_MAIN(TestGateDisplay)
#include "tst_gate_display.moc"
