#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QVariantMap>

namespace qingfeng {

/**
 * Says when a locked screen was unlocked and when the PC woke up, as far as this session tells: by logind
 * (LockedHint, PrepareForSleep) and by the screen savers of the common desktops. Where nobody tells, a wake-up is seen
 * in the clocks at the next checkClocks(); an unlock is not.
 */
class SessionWatch : public QObject
{
    Q_OBJECT

public:
    /** Milliseconds since boot that this PC has slept. */
    using SleptMs = qint64 (*)();
    static qint64 sleptMs();
    /** logind's object of a session: "2" → /org/freedesktop/login1/session/_32. */
    static QString sessionPath(const QString &id);

    SessionWatch(const QDBusConnection &session, const QDBusConnection &system, QObject *parent = nullptr,
        SleptMs slept = &SessionWatch::sleptMs);

    /** While it is, nothing can be asked: unlocked() follows. */
    bool isLocked() const { return m_locked; }
    /** Looks whether the PC has slept; cheap, for a timer. */
    void checkClocks();

Q_SIGNALS:
    void unlocked();
    void resumed();

private Q_SLOTS:
    void setLocked(bool locked);
    void lock() { setLocked(true); }
    void unlock() { setLocked(false); }
    void prepareForSleep(bool goingDown);
    void propertiesChanged(const QString &interface, const QVariantMap &changed);

private:
    void watchScreenSavers(QDBusConnection session);
    void watchLogind(QDBusConnection system);

    const SleptMs m_sleptNow;
    qint64 m_slept;
    bool m_locked = false;
};

} // namespace qingfeng
