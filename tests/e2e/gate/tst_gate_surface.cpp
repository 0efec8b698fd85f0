#include "tests/e2e/gate/gate_bench.h"

#include <QFile>
#include <QTest>

/** The workstation's own surface inside the real gate, with and without a window manager. */
class TestGateSurface : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theQuestionCoversAllAndCanBeTypedInto_data()
    {
        QTest::addColumn<QString>("manager");
        QTest::newRow("no window manager") << QString();
        QTest::newRow("openbox") << QStringLiteral("openbox");
    }

    void theQuestionCoversAllAndCanBeTypedInto()
    {
        QFETCH(QString, manager);
        XServer server;
        QVERIFY(server.isRunning());
        QProcess desktop;
        if (!manager.isEmpty()) {
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(QStringLiteral("DISPLAY"), server.display());
            desktop.setProcessEnvironment(environment);
            desktop.setStandardErrorFile(QProcess::nullDevice());
            desktop.start(manager, {QStringLiteral("--sm-disable")});
            QVERIFY(desktop.waitForStarted());
            QTest::qWait(300);
        }
        {
            GateBench bench(server);
            bench.startWithUi(qEnvironmentVariable("QF_GATE_QT_UI"), {bench.folder()});
            QVERIFY(bench.waitForEvent(QStringLiteral("asking")));
            QVERIFY(bench.waitForColour(uiColour));
            XClient other(server.display());
            QVERIFY(QTest::qWaitFor([&] { return other.isKeyboardTaken(); }));

            QVERIFY(bench.desktop().setScreenSize(800, 600));
            QVERIFY(bench.desktop().setScreenSize(1280, 800));
            QVERIFY(bench.waitForColour(uiColour));

            type(server, {QStringLiteral("no"), QStringLiteral("Return")});
            QVERIFY(QTest::qWaitFor([&] { return typed(bench) == "no"; }));
            QVERIFY(bench.isClosed());
            type(server, {QStringLiteral("ok"), QStringLiteral("Return")});
            QVERIFY(bench.waitForEnd());
            QCOMPARE(bench.exitStatus(), 0);
            QVERIFY(QTest::qWaitFor([&] { return !other.isKeyboardTaken(); }));
            QCOMPARE(bench.countEvents(QStringLiteral("ui-crash")), 0);
            QCOMPARE(bench.countEvents(QStringLiteral("client-killed")), 0);
        }
        desktop.terminate();
        desktop.waitForFinished(3000);
    }

private:
    static void type(const XServer &server, const QStringList &textAndKey)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DISPLAY"), server.display());
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral("xdotool"),
            {QStringLiteral("type"), QStringLiteral("--delay"), QStringLiteral("20"), textAndKey.at(0)});
        process.waitForFinished(5000);
        process.start(QStringLiteral("xdotool"), {QStringLiteral("key"), textAndKey.at(1)});
        process.waitForFinished(5000);
    }

    static QByteArray typed(const GateBench &bench)
    {
        QFile file(bench.folder() + QStringLiteral("/typed"));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

QTEST_GUILESS_MAIN(TestGateSurface)
#include "tst_gate_surface.moc"
