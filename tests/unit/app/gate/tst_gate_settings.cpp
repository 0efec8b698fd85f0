#include "app/gate/core/unique_fd.h"
#include "app/gate/options.h"
#include "app/gate/supervisor/environment.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>

using namespace qingfeng::gate;

namespace {

bool contains(const std::vector<std::string> &entries, const std::string &entry)
{
    return std::ranges::find(entries, entry) != entries.end();
}

} // namespace

class TestGateSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deadlinesStayWithinTheirBounds_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("countdownMs");
        QTest::addColumn<qint64>("faultLimitMs");
        QTest::newRow("no file means the defaults") << QByteArray() << 60000LL << 180000LL;
        QTest::newRow("spaces, comments, CRLF")
            << QByteArray("# x\r\n countdown_ms = 70000 # y\r\n") << 70000LL << 180000LL;
        QTest::newRow("no countdown at all is refused") << QByteArray("countdown_ms=0") << 5000LL << 180000LL;
        QTest::newRow("for ever is refused")
            << QByteArray("countdown_ms=999999999\nfault_limit_ms=999999999") << 150000LL << 180000LL;
        QTest::newRow("the limit leaves room beside the countdown")
            << QByteArray("countdown_ms=60000\nfault_limit_ms=10000") << 60000LL << 65000LL;
        QTest::newRow("nonsense is ignored")
            << QByteArray("countdown_ms=soon\nx\n=\nother=1") << 60000LL << 180000LL;
    }

    void deadlinesStayWithinTheirBounds()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, countdownMs);
        QFETCH(qint64, faultLimitMs);
        const Deadlines deadlines = parseDeadlines(text.toStdString());
        QCOMPARE(qint64(deadlines.countdownMs), countdownMs);
        QCOMPARE(qint64(deadlines.faultLimitMs), faultLimitMs);
    }

    void aFileThatOthersCanWriteIsNotBelieved()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("gate.conf")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("countdown_ms=5000\n");
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::WriteOther);
        QCOMPARE(qint64(readDeadlines(file.fileName().toStdString()).countdownMs), 60000LL);
        QCOMPARE(qint64(readDeadlines("/nonexistent").countdownMs), 60000LL);
    }

    void theUiStartsWithAScrubbedEnvironment()
    {
        const auto result
            = uiEnvironment({"LD_PRELOAD=/tmp/x.so", "QT_PLUGIN_PATH=/tmp", "QT_QPA_PLATFORMTHEME=gtk3",
                                "QT_IM_MODULE=fcitx", "GCONV_PATH=/tmp", "DISPLAY=:9", "HOME=/h", "broken",
                                "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent/bus"},
                ":1");
        QVERIFY(!contains(result, "LD_PRELOAD=/tmp/x.so"));
        QVERIFY(!contains(result, "QT_PLUGIN_PATH=/tmp"));
        QVERIFY(!contains(result, "QT_QPA_PLATFORMTHEME=gtk3"));
        QVERIFY(!contains(result, "GCONV_PATH=/tmp"));
        QVERIFY(!contains(result, "DISPLAY=:9"));
        QVERIFY(contains(result, "DISPLAY=:1"));
        QVERIFY(contains(result, "HOME=/h"));
        QVERIFY(contains(result, "QT_IM_MODULE=fcitx"));
        QVERIFY(contains(result, "QT_QPA_PLATFORM=xcb"));
        QVERIFY(contains(result, "DBUS_SESSION_BUS_ADDRESS=disabled:"));
    }

    void onlyABusThatAnswersIsGivenToTheUi()
    {
        QProcess daemon;
        daemon.start(QStringLiteral("dbus-daemon"),
            {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address=1")});
        QVERIFY(daemon.waitForReadyRead(5000));
        const std::string living = "DBUS_SESSION_BUS_ADDRESS=" + daemon.readLine().trimmed().toStdString();
        QVERIFY(contains(uiEnvironment({living}, ":1"), living));
        daemon.kill();
        QVERIFY(daemon.waitForFinished());
        QVERIFY(contains(uiEnvironment({living}, ":1"), "DBUS_SESSION_BUS_ADDRESS=disabled:"));

        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("bus")).toStdString();
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        const UniqueFd silent(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        QCOMPARE(::bind(silent.get(), reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
        QCOMPARE(::listen(silent.get(), 5), 0);
        QVERIFY(contains(uiEnvironment({"DBUS_SESSION_BUS_ADDRESS=unix:path=" + path}, ":1"),
            "DBUS_SESSION_BUS_ADDRESS=disabled:"));
    }

    void anUnknownInputMethodModuleIsDropped()
    {
        QVERIFY(!contains(uiEnvironment({"QT_IM_MODULE=/tmp/evil"}, ":1"), "QT_IM_MODULE=/tmp/evil"));
    }

    void theCommandLineIsRead()
    {
        const CommandLine line = parseCommandLine(
            {"--ui-arg", "a", "--ui-arg", "b", "--display", ":7", "--event-dir", "/e"}, "/opt/bin");
        QCOMPARE(int(line.command), int(Command::Run));
        QCOMPARE(line.gate.uiPath, std::string("/opt/bin/qingfeng"));
        QCOMPARE(line.gate.uiArguments.size(), std::size_t(2));
        QCOMPARE(line.gate.display, std::string(":7"));
        QCOMPARE(line.gate.eventFolder, std::string("/e"));
        QCOMPARE(int(parseCommandLine({"--probe"}, "/").command), int(Command::Probe));
        QCOMPARE(int(parseCommandLine({"--ui"}, "/").command), int(Command::Usage));
        QCOMPARE(int(parseCommandLine({"--unlock", "now"}, "/").command), int(Command::Usage));
    }
};

QTEST_APPLESS_MAIN(TestGateSettings)
#include "tst_gate_settings.moc"
