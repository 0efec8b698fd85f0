#include "app/workstation/tray/session_watch.h"

#include <QDBusMessage>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace qingfeng;

namespace {

qint64 slept = 0;
qint64 sleptSoFar()
{
    return slept;
}

} // namespace

/** Unlocking and waking up, told over a real message bus by programs that speak as desktops and logind do. */
class TestSessionWatch : public QObject
{
    Q_OBJECT

    QProcess m_daemon;
    QString m_address;
    const QString m_sessionPath = QStringLiteral("/org/freedesktop/login1/session/_32");

    QDBusConnection connectAs(const char *name)
    {
        return QDBusConnection::connectToBus(m_address, QLatin1String(name));
    }

    static void say(QDBusConnection bus, const QString &path, const QString &interface, const QString &name,
        const QVariantList &arguments)
    {
        QDBusMessage message = QDBusMessage::createSignal(path, interface, name);
        message.setArguments(arguments);
        QVERIFY(bus.send(message));
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_daemon.start(QStringLiteral("dbus-daemon"),
            {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        if (!m_daemon.waitForStarted()) {
            QSKIP("dbus-daemon is not installed");
        }
        QVERIFY(m_daemon.waitForReadyRead(5000));
        m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
    }

    void cleanupTestCase()
    {
        m_daemon.terminate();
        m_daemon.waitForFinished(5000);
    }

    void aScreenSaversEndIsAnUnlock_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("interface");
        QTest::newRow("freedesktop") << QStringLiteral("/org/freedesktop/ScreenSaver")
                                     << QStringLiteral("org.freedesktop.ScreenSaver");
        QTest::newRow("GNOME") << QStringLiteral("/org/gnome/ScreenSaver")
                               << QStringLiteral("org.gnome.ScreenSaver");
        QTest::newRow("Xfce") << QStringLiteral("/org/xfce/ScreenSaver")
                              << QStringLiteral("org.xfce.ScreenSaver");
    }

    void aScreenSaversEndIsAnUnlock()
    {
        QFETCH(QString, path);
        QFETCH(QString, interface);
        SessionWatch watch(connectAs("watch"), QDBusConnection(QStringLiteral("none")));
        QSignalSpy unlocked(&watch, &SessionWatch::unlocked);
        const QDBusConnection desktop = connectAs("desktop");
        say(desktop, path, interface, QStringLiteral("ActiveChanged"), {true});
        QTRY_VERIFY(watch.isLocked());
        QCOMPARE(unlocked.size(), 0);
        say(desktop, path, interface, QStringLiteral("ActiveChanged"), {false});
        QTRY_COMPARE(unlocked.size(), 1);
        say(desktop, path, interface, QStringLiteral("ActiveChanged"), {false}); // said again
        say(desktop, path, interface, QStringLiteral("ActiveChanged"), {true});
        QTRY_VERIFY(watch.isLocked());
        QCOMPARE(unlocked.size(), 1);
    }

    void logindTellsOfTheLockAndOfSleep()
    {
        qputenv("XDG_SESSION_ID", "2");
        QDBusConnection logind = connectAs("logind");
        QVERIFY(logind.registerService(QStringLiteral("org.freedesktop.login1")));
        SessionWatch watch(QDBusConnection(QStringLiteral("none")), connectAs("watch"));
        QSignalSpy unlocked(&watch, &SessionWatch::unlocked);
        QSignalSpy resumed(&watch, &SessionWatch::resumed);
        const auto hint = [&](bool locked) {
            say(logind, m_sessionPath, QStringLiteral("org.freedesktop.DBus.Properties"),
                QStringLiteral("PropertiesChanged"),
                {QStringLiteral("org.freedesktop.login1.Session"),
                    QVariantMap{{QStringLiteral("LockedHint"), locked}}, QStringList()});
        };
        const auto sleeps = [&](bool down) {
            say(logind, QStringLiteral("/org/freedesktop/login1"),
                QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("PrepareForSleep"), {down});
        };
        hint(true);
        QTRY_VERIFY(watch.isLocked());
        sleeps(true);
        sleeps(false);
        QTRY_COMPARE(resumed.size(), 1);
        hint(false);
        QTRY_COMPARE(unlocked.size(), 1);
        logind.unregisterService(QStringLiteral("org.freedesktop.login1"));
    }

    void withoutAnybodyToTellTheClocksShowThatItSlept()
    {
        slept = 1000;
        const QDBusConnection none(QStringLiteral("none"));
        SessionWatch watch(none, none, nullptr, &sleptSoFar);
        QSignalSpy resumed(&watch, &SessionWatch::resumed);
        watch.checkClocks();
        QCOMPARE(resumed.size(), 0);
        slept += 3'600'000;
        watch.checkClocks();
        watch.checkClocks();
        QCOMPARE(resumed.size(), 1);
    }

    void sessionsAreFoundUnderLogindsNames()
    {
        QCOMPARE(SessionWatch::sessionPath(QStringLiteral("2")), m_sessionPath);
        QCOMPARE(SessionWatch::sessionPath(QStringLiteral("c1")),
            QStringLiteral("/org/freedesktop/login1/session/c1"));
    }
};

QTEST_GUILESS_MAIN(TestSessionWatch)
#include "tst_session_watch.moc"
