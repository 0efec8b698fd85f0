#pragma once

#include "app/ctl/hooks/files.h"

#include <QList>

namespace qingfeng::ctl {

/** A session that the greeter offers. */
struct DesktopSession
{
    QString file; ///< its .desktop file
    QString name; ///< in Chinese where it has a Chinese name
    bool isWayland = false;
    bool isGated = false; ///< a copy that goes through our Wayland wrapper
};

/** A "session-wrapper" line of lightdm for all seats. */
struct WrapperSetting
{
    QString file;
    QString value;
};

/** What matters for start hooks about a PC, read from its files alone, so that an image can be looked at too.
 */
struct Machine
{
    QString displayManager; ///< "lightdm", "gdm3", "sddm" …; empty = none found
    bool hasXsession = false; ///< Debian's /etc/X11/Xsession with its Xsession.d
    bool usesXsession = false; ///< the display manager's own files lead to it
    bool hasCage = false;
    bool hasXwayland = false;
    QList<DesktopSession> sessions;
    QList<WrapperSetting> wrappers; ///< in the order in which lightdm reads them: the last is in force
    QStringList otherSeats; ///< sections of single seats that set a wrapper of their own

    QString wrapperInForce() const { return wrappers.isEmpty() ? QString() : wrappers.constLast().value; }
    /** Cage shows the gate, which is an X11 program, through Xwayland. */
    bool canAskBeforeWayland() const { return hasCage && hasXwayland; }
    bool hasWaylandSession() const;
};

Machine lookAt(const Root &root);

/** Where the programs and the hooks' texts lie on an installed system. */
QString gateProgram();
QString sessionWrapper();
QString waylandWrapper();
QString hookText(const QString &name);
QString userUnit();

/** The part of a key file before the first "=", trimmed; empty for comments, sections and all else. */
QByteArray keyOf(const QByteArray &line);

extern const QString lightdmFile; ///< what lightdm reads last
extern const QString lightdmDropIn; ///< ours

} // namespace qingfeng::ctl
