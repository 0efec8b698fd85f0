#include "tests/e2e/gate/gate_bench.h"

#include "app/gate/core/attempt_log.h"
#include "app/gate/core/clocks.h"
#include "app/gate/core/unlock.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTest>

#include <unistd.h>

using namespace qingfeng::gate;

/** Where no UI can ask, the gate asks by itself: drawn by the holder, answered by keys, checked by the
 * supervisor. */
class TestGateDegraded : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("xdotool")).isEmpty()) {
            QSKIP("xdotool is not installed");
        }
        m_server = std::make_unique<XServer>();
        QVERIFY(m_server->isRunning());
    }

    void anAnswerOpensAndIsKept_data()
    {
        QTest::addColumn<QStringList>("keys");
        QTest::addColumn<int>("answers");
        QTest::newRow("by letter") << QStringList{QStringLiteral("b"), QStringLiteral("Return")} << 1;
        QTest::newRow("by number") << QStringList{QStringLiteral("2"), QStringLiteral("Return")} << 1;
        QTest::newRow("by arrow") << QStringList{QStringLiteral("Down"), QStringLiteral("Return")} << 1;
        QTest::newRow("unsure") << QStringList{QStringLiteral("u")} << 0;
    }

    void anAnswerOpensAndIsKept()
    {
        QFETCH(QStringList, keys);
        QFETCH(int, answers);
        GateBench bench(*m_server);
        bench.startWithUi(QStringLiteral("/nonexistent/qingfeng"));
        QVERIFY(bench.waitForEvent(QStringLiteral("degraded")));
        QVERIFY(QTest::qWaitFor([&] { return inkPoints() > 500; }));
        QTest::qWait(2500); // as long as reading takes at least
        bench.press(keys);
        QVERIFY(bench.waitForEvent(QStringLiteral("built-in-answered")));
        QVERIFY(bench.isClosed());
        QVERIFY(!bench.showsOnly({desktopColour}));
        const auto lines = bench.linesOf(QStringLiteral("gate-attempts.jsonl"));
        QCOMPARE(lines.size(), 1); // on the disk before anything was said of it
        const QJsonObject attempt = QJsonDocument::fromJson(lines.first()).object();
        QCOMPARE(attempt[QStringLiteral("response")].toArray().size(), answers);
        QVERIFY(attempt[QStringLiteral("outcome")].toString() != QStringLiteral("invalid"));
        QTest::qWait(300);
        bench.press({QStringLiteral("Return")});
        QVERIFY(bench.waitForEnd());
        QVERIFY(bench.waitForColour(desktopColour));
        QCOMPARE(bench.detailOf(QStringLiteral("passed")), QStringLiteral("none built-in"));
        QCOMPARE(bench.countEvents(QStringLiteral("fail-open")), 0);
        QCOMPARE(bench.desktop().countCurtains(), 0);
    }

    void anAnswerFasterThanReadingOpensNothing()
    {
        GateBench bench(*m_server);
        bench.startWithUi(QStringLiteral("/nonexistent/qingfeng"));
        QVERIFY(bench.waitForEvent(QStringLiteral("degraded")));
        Lookout lookout(*m_server, {desktopColour});
        bench.press({QStringLiteral("a"), QStringLiteral("Return"), QStringLiteral("Return")});
        QVERIFY(bench.waitForEvent(QStringLiteral("built-in-answered")));
        bench.press({QStringLiteral("Return"), QStringLiteral("Return")});
        QTest::qWait(300);
        lookout.stop();
        QCOMPARE(lookout.sightings(), 0);
        QVERIFY(bench.isClosed());
        QCOMPARE(bench.countEvents(QStringLiteral("passed")), 0);
        const QJsonObject attempt
            = QJsonDocument::fromJson(bench.linesOf(QStringLiteral("gate-attempts.jsonl")).first()).object();
        QCOMPARE(attempt[QStringLiteral("outcome")].toString(), QStringLiteral("invalid"));
    }

    void aUiThatCannotAskIsReplacedAtOnce()
    {
        GateBench bench(*m_server);
        QElapsedTimer timer;
        timer.start();
        bench.start(QStringLiteral("unable"));
        QVERIFY(bench.waitForEvent(QStringLiteral("degraded")));
        QVERIFY(timer.elapsed() < 1500);
        QCOMPARE(bench.detailOf(QStringLiteral("ui-unable")), QStringLiteral("bank-empty"));
        QCOMPARE(bench.countEvents(QStringLiteral("ui-crash")), 0);
        QVERIFY(QTest::qWaitFor([&] { return inkPoints() > 500; }));
        QVERIFY(QTest::qWaitFor([&] { return bench.ui() == 0; }));
    }

    void theQuestionStaysWhenTheHolderIsReplaced()
    {
        GateBench bench(*m_server);
        bench.start(QStringLiteral("unable"));
        QVERIFY(bench.waitForEvent(QStringLiteral("degraded")));
        QVERIFY(QTest::qWaitFor([&] { return inkPoints() > 500; }));
        const int before = inkPoints();
        Lookout lookout(*m_server, {desktopColour});
        killNow(bench.holder());
        QVERIFY(bench.waitForEvent(QStringLiteral("holder-restart")));
        QVERIFY(QTest::qWaitFor([&] { return bench.holder() > 1 && bench.desktop().countCurtains() == 1; }));
        QVERIFY(QTest::qWaitFor([&] { return inkPoints() == before; })); // the same one
        lookout.stop();
        QCOMPARE(lookout.sightings(), 0);
        QTest::qWait(2000);
        bench.press({QStringLiteral("a"), QStringLiteral("Return")});
        QVERIFY(bench.waitForEvent(QStringLiteral("built-in-answered")));
        QCOMPARE(bench.countEvents(QStringLiteral("built-in-asked")), 1);
    }

    void itCanBeAnsweredWhileTheCountdownRuns()
    {
        GateBench bench(*m_server);
        bench.start(QStringLiteral("unable"));
        QVERIFY(bench.waitForEvent(QStringLiteral("fail-open"), 1, 12000));
        bench.press({QStringLiteral("a"), QStringLiteral("Return")});
        QVERIFY(bench.waitForEvent(QStringLiteral("built-in-answered")));
        QTest::qWait(300);
        bench.press({QStringLiteral("Return")});
        QVERIFY(bench.waitForEvent(QStringLiteral("opened")));
        QCOMPARE(bench.countEvents(QStringLiteral("passed")), 1);
    }

    /** Nobody answers: the bound holds, and not a second earlier. */
    void nobodyAnswersAndItOpensByTheCountdown()
    {
        GateBench bench(*m_server);
        QElapsedTimer timer;
        timer.start();
        bench.start(QStringLiteral("unable"));
        QVERIFY(bench.waitForEvent(QStringLiteral("degraded")));
        Lookout lookout(*m_server, {desktopColour});
        while (timer.elapsed() < 11'000) {
            QTest::qWait(100);
        }
        lookout.stop();
        QCOMPARE(lookout.sightings(), 0);
        QVERIFY(bench.waitForEnd(6000));
        QVERIFY(timer.elapsed() < 16'000); // limit of 12 s, and the release
        QVERIFY(bench.events().contains(QStringLiteral("fault-limit")));
    }

    void theEmergencyExitOpensWithItsReason()
    {
        GateBench bench(*m_server);
        bench.start(QStringLiteral("unable"));
        QVERIFY(bench.waitForEvent(QStringLiteral("degraded")));
        bench.press({QStringLiteral("e"), QStringLiteral("Return"), QStringLiteral("Escape"),
            QStringLiteral("e"), QStringLiteral("2")});
        QVERIFY(bench.waitForEnd());
        QCOMPARE(bench.detailOf(QStringLiteral("emergency-exit")), QStringLiteral("meeting"));
        QCOMPARE(bench.linesOf(QStringLiteral("gate-attempts.jsonl")).size(), 0);
    }

    void anAnswerThatNoDiskTakesOpensAllTheSame()
    {
        GateBench bench(*m_server);
        bench.start(
            QStringLiteral("unable"), {QStringLiteral("--event-dir"), QStringLiteral("/proc/nonexistent")});
        QVERIFY(QTest::qWaitFor([&] { return inkPoints() > 500; }, 8000));
        QTest::qWait(2500);
        bench.press({QStringLiteral("a"), QStringLiteral("Return")});
        QTest::qWait(500);
        bench.press({QStringLiteral("Return")});
        QVERIFY(bench.waitForEnd());
        // The session's own folder had it.
        QCOMPARE(bench.linesOf(QStringLiteral("qingfeng-stand-in/gate-attempts.jsonl")).size(), 1);
    }

    void theAdministratorsCodeOpens_data()
    {
        QTest::addColumn<bool>("atUi");
        QTest::newRow("at the gate's own page") << false;
        QTest::newRow("through the UI") << true;
    }

    void theAdministratorsCodeOpens()
    {
        if (::geteuid() != 0) {
            QSKIP("only a file of root is believed");
        }
        QFETCH(bool, atUi);
        GateBench bench(*m_server);
        UnlockKey key{};
        key.fill(9);
        const std::int64_t today = dayNumber(wallClockMs(), utcOffsetSeconds());
        const QString codes = bench.folder() + QStringLiteral("/unlock.codes");
        const auto verifiers = makeUnlockFile(key, ownUnlockDevice(), today, 2);
        QVERIFY(verifiers);
        QFile file(codes);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(writeUnlockFile(*verifiers)));
        file.close();
        const QString code
            = QString::fromStdString(makeUnlockCode(key, {ownUnlockDevice(), today, 1})).toLower();
        const QStringList arguments{QStringLiteral("--unlock-codes"), codes};
        bench.start(atUi ? QStringLiteral("ask") : QStringLiteral("unable"), arguments);
        if (atUi) {
            QVERIFY(bench.waitForEvent(QStringLiteral("asking")));
            QVERIFY(QTest::qWaitFor([&] { return bench.linesOf(QStringLiteral("heard")).size() == 1; }));
            QVERIFY(bench.linesOf(QStringLiteral("heard")).first().startsWith("challenge "));
            bench.command(QStringLiteral("code 2222222222"));
            QVERIFY(QTest::qWaitFor([&] { return bench.linesOf(QStringLiteral("heard")).size() == 2; }));
            QVERIFY(bench.linesOf(QStringLiteral("heard")).last().startsWith("code-refused "));
            QVERIFY(bench.isClosed());
            bench.command(QStringLiteral("code ") + code);
        } else {
            QVERIFY(bench.waitForEvent(QStringLiteral("degraded")));
            QStringList keys{QStringLiteral("k")};
            for (const QChar letter : code) {
                keys.append(letter);
            }
            bench.press(keys + QStringList{QStringLiteral("Return")});
        }
        QVERIFY(bench.waitForEnd());
        QCOMPARE(bench.detailOf(QStringLiteral("unlocked")),
            QString::fromStdString(ownUnlockDevice() + ' ' + dayText(today) + " 1"));
        QVERIFY(bench.waitForColour(desktopColour));
    }

    void withoutVerifiersNoCodeIsOffered()
    {
        GateBench bench(*m_server);
        bench.start(
            QStringLiteral("ask"), {QStringLiteral("--unlock-codes"), QStringLiteral("/nonexistent")});
        QVERIFY(bench.waitForEvent(QStringLiteral("asking")));
        bench.command(QStringLiteral("code 2222222222"));
        QTest::qWait(300);
        QVERIFY(bench.isClosed());
        QVERIFY(!bench.linesOf(QStringLiteral("heard")).join().contains("challenge"));
    }

private:
    /** Points in the middle that are neither background nor desktop. */
    int inkPoints() const
    {
        int count = 0;
        for (int y = 100; y < 600; ++y) {
            for (int x = 300; x < 980; ++x) {
                const std::uint32_t colour = m_server->pixel(x, y);
                count += colour != curtainColour && colour != desktopColour && colour != uiColour ? 1 : 0;
            }
        }
        return count;
    }

    std::unique_ptr<XServer> m_server;
};

QTEST_GUILESS_MAIN(TestGateDegraded)
#include "tst_gate_degraded.moc"
