#include "tests/e2e/gate/gate_bench.h"

#include "app/gate/core/attempt_log.h"
#include "app/gate/core/clocks.h"
#include "app/gate/core/unlock.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sodium.h>
#include <unistd.h>

using namespace qingfeng::gate;

/** qingfengctl about the gate: what a probe finds without covering, and the way of an unlock code. */
class TestGateCommands : public QObject
{
    Q_OBJECT

    struct Outcome
    {
        int status = -1;
        QByteArray out;
        QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    };

    Outcome run(const QStringList &arguments, const QString &folder = {}) const
    {
        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.remove(QStringLiteral("DISPLAY"));
        if (m_server) {
            environment.insert(QStringLiteral("DISPLAY"), m_server->display());
        }
        environment.insert(QStringLiteral("XDG_DATA_HOME"), m_dir.path());
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_dir.path());
        process.setProcessEnvironment(environment);
        process.start(
            (folder.isEmpty() ? qEnvironmentVariable("QF_BIN_DIR") : folder) + QStringLiteral("/qingfengctl"),
            QStringList{QStringLiteral("--json")} + arguments);
        if (!process.waitForFinished(60'000)) {
            return {};
        }
        return {process.exitCode(), process.readAllStandardOutput()};
    }

    static QStringList texts(const QJsonValue &array)
    {
        QStringList list;
        for (const QJsonValue &value : array.toArray()) {
            list.append(value.toString());
        }
        return list;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(sodium_init() >= 0); }
    void cleanup() { m_server.reset(); }

    void theProbeMeasuresWithoutCovering()
    {
        m_server = std::make_unique<XServer>();
        QVERIFY(m_server->isRunning());
        XClient desktop(m_server->display());
        desktop.paintRoot(desktopColour);
        const auto before = m_server->look();
        Lookout lookout(*m_server, {curtainColour});
        const Outcome probe = run({QStringLiteral("gate"), QStringLiteral("probe")});
        lookout.stop();
        QCOMPARE(lookout.sightings(), 0);
        QVERIFY(m_server->look() == before);
        const QJsonObject found = probe.json();
        for (const char *name :
            {"session_type", "desktop", "display", "screens", "cover_ms", "ui_ms", "hooks", "input_methods",
                "tray", "bank", "store", "clock", "unlock_code", "would_work", "reasons", "notes"}) {
            QVERIFY2(found.contains(QLatin1String(name)), name);
        }
        QCOMPARE(found[QStringLiteral("screens")].toArray().size(), 1);
        QVERIFY(found[QStringLiteral("cover_ms")].isDouble());
        QVERIFY(found[QStringLiteral("ui_ms")].toInteger() > 0);
        const QStringList problems = texts(found[QStringLiteral("problems")]);
        QVERIFY(!problems.contains(QStringLiteral("question-program")));
        QVERIFY(!problems.contains(QStringLiteral("question-program-x11")));
        QCOMPARE(found[QStringLiteral("would_work")].toBool(), problems.isEmpty());
        QCOMPARE(probe.status, problems.isEmpty() ? 0 : 1);
        QCOMPARE(texts(found[QStringLiteral("reasons")]).size(), problems.size());
        QVERIFY(!QFile::exists(
            m_dir.filePath(QStringLiteral("qingfeng/learning.db")))); // nothing of the person's is made
    }

    void withoutADisplayItSaysSoInWords()
    {
        const QJsonObject found = run({QStringLiteral("gate"), QStringLiteral("probe")}).json();
        QVERIFY(texts(found[QStringLiteral("problems")]).contains(QStringLiteral("no-display")));
        QVERIFY(!found[QStringLiteral("would_work")].toBool());
        QVERIFY(texts(found[QStringLiteral("reasons")]).first().contains(QStringLiteral("显示器")));
    }

    void missingProgramsAreFound()
    {
        const QTemporaryDir alone;
        QVERIFY(QFile::copy(qEnvironmentVariable("QF_BIN_DIR") + QStringLiteral("/qingfengctl"),
            alone.filePath(QStringLiteral("qingfengctl"))));
        const Outcome probe = run({QStringLiteral("gate"), QStringLiteral("probe")}, alone.path());
        const QStringList problems = texts(probe.json()[QStringLiteral("problems")]);
        QVERIFY(problems.contains(QStringLiteral("gate-program")));
        QVERIFY(problems.contains(QStringLiteral("question-program")));
    }

    void aCodeGoesFromChallengeToVerifier()
    {
        const QTemporaryDir office;
        const QString key = office.filePath(QStringLiteral("bureau.key"));
        const QString codes = office.filePath(QStringLiteral("codes"));
        const QString group = QStringLiteral("gate");
        const QString keys = QStringLiteral("unlock-key");
        QCOMPARE(run({group, keys, QStringLiteral("new"), key}).status, 0);
        QVERIFY((QFile::permissions(key) & (QFile::ReadGroup | QFile::ReadOther)) == 0);
        QCOMPARE(run({group, keys, QStringLiteral("new"), key}).status, 1); // never over one that is there
        const QString device
            = run({group, keys, QStringLiteral("device")}).json()[QStringLiteral("device")].toString();
        QCOMPARE(device, QString::fromStdString(ownUnlockDevice()));
        const Outcome issued = run({group, keys, QStringLiteral("issue"), QStringLiteral("--key"), key,
            QStringLiteral("--days"), QStringLiteral("3"), QStringLiteral("--out"), codes});
        QCOMPARE(issued.status, 0);

        const std::int64_t today = dayNumber(wallClockMs(), utcOffsetSeconds());
        const UnlockChallenge challenge{device.toStdString(), today, 1};
        const Outcome made = run({group, QStringLiteral("unlock-code"), QStringLiteral("--challenge"),
            QString::fromStdString(grouped(challengeText(challenge))).toLower(), QStringLiteral("--key"),
            key});
        QCOMPARE(made.status, 0);
        QCOMPARE(made.json()[QStringLiteral("day")].toString(), QString::fromStdString(dayText(today)));
        const std::string code = plainLetters(made.json()[QStringLiteral("code")].toString().toStdString());
        QVERIFY(isUnlockCode(code));
        QFile file(codes);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        const auto verifiers = parseUnlockFile(text.toStdString());
        QVERIFY(verifiers);
        QVERIFY(*makeUnlockVerifier(code, challenge) == *verifiers->verifier(today, 1));
        QVERIFY(!text.contains(QByteArray::fromStdString(code)));

        const QString installed = office.filePath(QStringLiteral("etc.codes"));
        const Outcome put
            = run({group, keys, QStringLiteral("install"), codes, QStringLiteral("--to"), installed});
        QCOMPARE(put.status, ::geteuid() == 0 ? 0 : 1);
        QCOMPARE(readUnlockFile(installed.toStdString()).has_value(), ::geteuid() == 0);

        // A slip of the ear is told before the key is even read.
        std::string slipped = challengeText(challenge);
        slipped[0] = slipped[0] == 'A' ? 'C' : 'A';
        QCOMPARE(
            run({group, QStringLiteral("unlock-code"), QStringLiteral("--challenge"),
                    QString::fromStdString(slipped), QStringLiteral("--key"), QStringLiteral("/nonexistent")})
                .status,
            2);
        QVERIFY(QFile::setPermissions(key, QFile::ReadOwner | QFile::ReadOther));
        QCOMPARE(run({group, QStringLiteral("unlock-code"), QStringLiteral("--challenge"),
                         QString::fromStdString(challengeText(challenge)), QStringLiteral("--key"), key})
                     .status,
            1);
    }

    void anotherPcsCodesAreNotInstalled()
    {
        const QTemporaryDir office;
        const QString key = office.filePath(QStringLiteral("bureau.key"));
        const QString codes = office.filePath(QStringLiteral("codes"));
        QCOMPARE(
            run({QStringLiteral("gate"), QStringLiteral("unlock-key"), QStringLiteral("new"), key}).status,
            0);
        QCOMPARE(run({QStringLiteral("gate"), QStringLiteral("unlock-key"), QStringLiteral("issue"),
                         QStringLiteral("--key"), key, QStringLiteral("--device"), QStringLiteral("kdm4r"),
                         QStringLiteral("--days"), QStringLiteral("2"), QStringLiteral("--out"), codes})
                     .status,
            0);
        const QString installed = office.filePath(QStringLiteral("etc.codes"));
        QVERIFY(run({QStringLiteral("gate"), QStringLiteral("unlock-key"), QStringLiteral("install"), codes,
                        QStringLiteral("--to"), installed})
                    .status
            != 0);
        QVERIFY(!QFile::exists(installed));
    }

private:
    QTemporaryDir m_dir;
    std::unique_ptr<XServer> m_server;
};

QTEST_GUILESS_MAIN(TestGateCommands)
#include "tst_gate_commands.moc"
