#include "app/workstation/tray/session_watch.h"

#include <ctime>

namespace qingfeng {
namespace {

/** Less is no sleep but the time between reading two clocks. */
constexpr qint64 leastSleepMs = 2000;

qint64 clockMs(clockid_t clock)
{
    timespec now{};
    ::clock_gettime(clock, &now);
    return qint64(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

} // namespace

qint64 SessionWatch::sleptMs()
{
    return clockMs(CLOCK_BOOTTIME) - clockMs(CLOCK_MONOTONIC);
}

SessionWatch::SessionWatch(
    const QDBusConnection &session, const QDBusConnection &system, QObject *parent, SleptMs slept)
    : QObject(parent)
    , m_sleptNow(slept)
    , m_slept(slept())
{
    if (session.isConnected()) {
        watchScreenSavers(session);
    }
    if (system.isConnected()) {
        watchLogind(system);
    }
}

void SessionWatch::watchScreenSavers(QDBusConnection session)
{
    // One object path a desktop; whichever runs here speaks.
    const struct
    {
        const char *path;
        const char *interface;
    } savers[] = {{"/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"},
        {"/ScreenSaver", "org.freedesktop.ScreenSaver"}, {"/org/gnome/ScreenSaver", "org.gnome.ScreenSaver"},
        {"/org/mate/ScreenSaver", "org.mate.ScreenSaver"},
        {"/org/cinnamon/ScreenSaver", "org.cinnamon.ScreenSaver"},
        {"/org/xfce/ScreenSaver", "org.xfce.ScreenSaver"}};
    for (const auto &saver : savers) {
        session.connect({}, QString::fromLatin1(saver.path), QString::fromLatin1(saver.interface),
            QStringLiteral("ActiveChanged"), this, SLOT(setLocked(bool)));
    }
    const QString ukui = QStringLiteral("org.ukui.ScreenSaver");
    session.connect({}, QStringLiteral("/"), ukui, QStringLiteral("lock"), this, SLOT(lock()));
    session.connect({}, QStringLiteral("/"), ukui, QStringLiteral("unlock"), this, SLOT(unlock()));
}

void SessionWatch::watchLogind(QDBusConnection system)
{
    const QString service = QStringLiteral("org.freedesktop.login1");
    system.connect(service, QStringLiteral("/org/freedesktop/login1"),
        QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("PrepareForSleep"), this,
        SLOT(prepareForSleep(bool)));
    // The session's own path: of "auto", logind sends no signals.
    const QString id = qEnvironmentVariable("XDG_SESSION_ID");
    if (!id.isEmpty()) {
        system.connect(service, sessionPath(id), QStringLiteral("org.freedesktop.DBus.Properties"),
            QStringLiteral("PropertiesChanged"), this, SLOT(propertiesChanged(QString, QVariantMap)));
    }
}

QString SessionWatch::sessionPath(const QString &id)
{
    // As sd_bus_path_encode() has it: what is no letter or digit, and a digit in front, by its code.
    QString path = QStringLiteral("/org/freedesktop/login1/session/");
    const QByteArray bytes = id.toUtf8();
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = bytes.at(i);
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (letter || (i > 0 && c >= '0' && c <= '9')) {
            path += QLatin1Char(c);
        } else {
            path += QLatin1Char('_') + QString::fromLatin1(bytes.mid(i, 1).toHex());
        }
    }
    return path;
}

void SessionWatch::setLocked(bool locked)
{
    const bool wasLocked = m_locked;
    m_locked = locked;
    if (wasLocked && !locked) {
        Q_EMIT unlocked();
    }
}

void SessionWatch::prepareForSleep(bool goingDown)
{
    if (!goingDown) {
        m_slept = m_sleptNow(); // told once
        Q_EMIT resumed();
    }
}

void SessionWatch::propertiesChanged(const QString &interface, const QVariantMap &changed)
{
    const auto hint = changed.constFind(QStringLiteral("LockedHint"));
    if (interface == QLatin1String("org.freedesktop.login1.Session") && hint != changed.constEnd()) {
        setLocked(hint->toBool());
    }
}

void SessionWatch::checkClocks()
{
    const qint64 slept = m_sleptNow();
    if (slept - m_slept >= leastSleepMs) {
        m_slept = slept;
        Q_EMIT resumed();
    }
}

} // namespace qingfeng
