#include "tests/e2e/hooks/made_up_pc.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <unistd.h>

/** `gate test` with the real gate and the real question program on a private display. */
class TestGateTrial : public QObject
{
    Q_OBJECT

    const QString m_gate = qEnvironmentVariable("QF_BIN_DIR") + QStringLiteral("/qingfeng-gate");
    QTemporaryDir m_home;

private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("Xvfb")).isEmpty()) {
            QSKIP("needs Xvfb");
        }
        qputenv("XDG_DATA_HOME", m_home.path().toUtf8());
        qputenv("XDG_RUNTIME_DIR", m_home.path().toUtf8());
        qunsetenv("DISPLAY");
    }

    void cleanup() { QVERIFY(QDir(m_home.path()).isEmpty()); } // the person's own records are not touched

    void aHookCoversAsksAndLeadsToTheSession_data()
    {
        QTest::addColumn<QString>("hook");
        for (const char *hook : {"wrapper", "xsession", "autostart"}) {
            QTest::newRow(hook) << QString::fromLatin1(hook);
        }
    }
    void aHookCoversAsksAndLeadsToTheSession()
    {
        QFETCH(QString, hook);
        MadeUpPc pc(QStringLiteral("lightdm"));
        pc.setGate(m_gate);
        const Ran ran
            = pc.gate({QStringLiteral("test"), QStringLiteral("--hook"), hook, QStringLiteral("--json")});
        const QJsonObject found = ran.json();
        const QJsonArray events = found[QStringLiteral("events")].toArray();
        QVERIFY2(events.contains(QStringLiteral("covered")), (ran.out + ran.err).constData());
        QVERIFY2(found[QStringLiteral("session_ms")].isDouble(), ran.out.constData());
        if (!events.contains(QStringLiteral("passed"))) { // a day off: nothing is asked
            QVERIFY2(
                found[QStringLiteral("covered_ms")].toInt() <= found[QStringLiteral("asking_ms")].toInt(),
                ran.out.constData());
            QCOMPARE(ran.status, 0);
        }
    }

    void realCageCoversAsksAndLeadsToTheSession()
    {
        for (const char *program : {"cage", "Xwayland", "setpriv"}) {
            if (QStandardPaths::findExecutable(QLatin1String(program)).isEmpty()) {
                QSKIP("needs cage, xwayland and util-linux");
            }
        }
        MadeUpPc pc(QStringLiteral("gdm-cage"));
        pc.setGate(m_gate);
        const auto everybody
            = QFile::ReadOther | QFile::ExeOther | QFile::ReadUser | QFile::WriteUser | QFile::ExeUser;
        QVERIFY(QFile::setPermissions(pc.path({}), everybody));
        QStringList command{QStringLiteral("env"), QStringLiteral("-u"), QStringLiteral("XDG_DATA_HOME"),
            qEnvironmentVariable("QF_BIN_DIR") + QStringLiteral("/qingfengctl"), QStringLiteral("--json"),
            QStringLiteral("gate"), QStringLiteral("test"), QStringLiteral("--hook"), QStringLiteral("cage"),
            QStringLiteral("--root"), pc.path({})};
        if (::geteuid() == 0) { // which cage refuses
            const QStringList asNobody{QStringLiteral("setpriv"), QStringLiteral("--reuid=65534"),
                QStringLiteral("--regid=65534"), QStringLiteral("--clear-groups")};
            if (QProcess::execute(asNobody.first(),
                    asNobody.mid(1) + QStringList{QStringLiteral("test"), QStringLiteral("-x"), m_gate})
                != 0) {
                QSKIP("the build folder is not open to others, and cage does not run as root");
            }
            command = asNobody + command;
        }
        QProcess trial;
        trial.start(command.first(), command.mid(1));
        QVERIFY(trial.waitForFinished(60'000));
        const QByteArray out = trial.readAllStandardOutput() + trial.readAllStandardError();
        QVERIFY2(out.contains("covered") && out.contains("\"session_ms\": ")
                && !out.contains("\"session_ms\": null"),
            out.constData());
    }

    void theInstalledHookIsTriedWhenNoneIsNamed()
    {
        MadeUpPc pc(QStringLiteral("lightdm"));
        pc.setGate(m_gate);
        QCOMPARE(pc.gate({QStringLiteral("test")}).status, 1);
        QCOMPARE(pc.gate({QStringLiteral("install")}).status, 0);
        QCOMPARE(pc.gate({QStringLiteral("test"), QStringLiteral("--json")})
                     .json()[QStringLiteral("hook")]
                     .toString(),
            QStringLiteral("wrapper"));
    }

    void aGateThatDoesNotWorkIsSeenAndTheSessionStarts()
    {
        MadeUpPc pc(QStringLiteral("lightdm"));
        pc.write(QStringLiteral("/broken"), "#!/bin/sh\nexit 1\n", true);
        pc.setGate(pc.path(QStringLiteral("/broken")));
        const Ran ran
            = pc.gate({QStringLiteral("test"), QStringLiteral("--hook"), QStringLiteral("wrapper")});
        QCOMPARE(ran.status, 1);
        QVERIFY2(
            ran.out.contains("没有遮住屏幕") && ran.out.contains("会话命令已启动：是"), ran.out.constData());
    }
};

QTEST_GUILESS_MAIN(TestGateTrial)
#include "tst_gate_trial.moc"
