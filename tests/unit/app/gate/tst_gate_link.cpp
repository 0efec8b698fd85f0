#include "app/gate/core/line_channel.h"
#include "app/workstation/gate/gate_link.h"
#include "app/workstation/gate/gate_surface.h"

#include <QSignalSpy>
#include <QTest>
#include <QWidget>

#include <memory>

using qingfeng::GateLink;
using namespace qingfeng::gate;

class TestGateLink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        auto [ours, theirs] = socketPair();
        m_gate = LineChannel(std::move(ours));
        m_link = std::make_unique<GateLink>(::dup(theirs.get()));
    }

    void cleanup()
    {
        m_link.reset();
        m_gate = LineChannel();
    }

    void theSecretArrivesWithTheGreeting()
    {
        QSignalSpy greeted(m_link.get(), &GateLink::greeted);
        const Secret secret = makeSecret();
        m_gate.send(helloLine(secret));
        QVERIFY(greeted.wait());
        QCOMPARE(m_link->secret(), QByteArray(reinterpret_cast<const char *>(secret.data()), 32));
    }

    void aShortSecretIsNoGreeting()
    {
        QSignalSpy released(m_link.get(), &GateLink::released);
        m_gate.send("hello 1 00ff");
        m_gate.send("released");
        QVERIFY(released.wait());
        QVERIFY(m_link->secret().isEmpty());
    }

    void pingsAreAnswered()
    {
        m_gate.send(pingLine(41));
        QCOMPARE(nextLine(), std::string("pong 41"));
    }

    void geometryIsReadAndGarbageIsNot()
    {
        QSignalSpy changed(m_link.get(), &GateLink::geometryChanged);
        m_gate.send("geometry 0 0 nonsense 5");
        m_gate.send(std::string(5000, 'x'));
        m_gate.send(geometryLine({{0, 0, 2560, 1024}, {{1280, 0, 1280, 1024}, {0, 0, 1280, 1024}}}));
        QVERIFY(changed.wait());
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.at(0).at(0).toRect(), QRect(0, 0, 2560, 1024));
        QCOMPARE(changed.at(0).at(1).value<QList<QRect>>().first(), QRect(1280, 0, 1280, 1024));
    }

    void whatTheUiSaysIsUnderstoodByTheGate()
    {
        m_link->sendWindow(0x1200003);
        m_link->sendReady();
        m_link->sendPass(QStringLiteral("o"), QStringLiteral("settled"), QStringLiteral("aa"));
        m_link->sendEvent(QStringLiteral("bank-missing"), QStringLiteral("第一行\n第二行"));
        m_link->sendEvent(QStringLiteral("long"), QStringLiteral("风").repeated(2000));
        QVERIFY(std::holds_alternative<WindowNamed>(*parseUiLine(nextLine())));
        QVERIFY(std::holds_alternative<Ready>(*parseUiLine(nextLine())));
        QVERIFY(std::holds_alternative<Pass>(*parseUiLine(nextLine())));
        QCOMPARE(std::get<Happened>(*parseUiLine(nextLine())).text, std::string("第一行 第二行"));
        QVERIFY(std::holds_alternative<Happened>(*parseUiLine(nextLine())));
    }

    void theUnlockCodeGoesToAndFro()
    {
        QSignalSpy offered(m_link.get(), &GateLink::challengeOffered);
        QSignalSpy refused(m_link.get(), &GateLink::codeRefused);
        m_gate.send("challenge KDM4R-7F2H");
        m_gate.send("code-refused wait 20");
        QVERIFY(refused.wait());
        QCOMPARE(offered.first().first().toString(), QStringLiteral("KDM4R-7F2H"));
        QCOMPARE(refused.first().at(0).toString(), QStringLiteral("wait"));
        QCOMPARE(refused.first().at(1).toInt(), 20);
        m_link->sendCode(QStringLiteral(" 23456 789ac "));
        m_link->sendUnable(QStringLiteral("no-question"));
        QCOMPARE(std::get<CodeTyped>(*parseUiLine(nextLine())).code, std::string("23456789ac"));
        QCOMPARE(std::get<Unable>(*parseUiLine(nextLine())).why, std::string("no-question"));
    }

    void theEndOfTheGateIsSeenOnce()
    {
        QSignalSpy lost(m_link.get(), &GateLink::lost);
        m_gate = LineChannel();
        QVERIFY(lost.wait());
        QTest::qWait(20);
        QCOMPARE(lost.size(), 1);
    }

    void theNullSurfaceShowsAndHidesAPlainWindow()
    {
        QWidget widget;
        const auto surface = qingfeng::makeGateSurface();
        surface->prepare(&widget);
        surface->cover(QRect(0, 0, 640, 480), {QRect(0, 0, 640, 480)});
        QVERIFY(widget.isVisible());
        QCOMPARE(surface->windowId(), 0U);
        surface->release();
        QVERIFY(!widget.isVisible());
    }

private:
    std::string nextLine()
    {
        std::optional<std::string> line;
        const bool came = QTest::qWaitFor([&] {
            if (!line) {
                m_gate.receive();
                line = m_gate.take();
            }
            return line.has_value();
        });
        return came ? *line : std::string();
    }

    LineChannel m_gate;
    std::unique_ptr<GateLink> m_link;
};

QTEST_MAIN(TestGateLink)
#include "tst_gate_link.moc"
