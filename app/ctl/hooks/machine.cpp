#include "app/ctl/hooks/machine.h"

#include <algorithm>

#include <QFile>

namespace qingfeng::ctl {

const QString lightdmFile = QStringLiteral("/etc/lightdm/lightdm.conf");
const QString lightdmDropIn = QStringLiteral("/etc/lightdm/lightdm.conf.d/50-qingfeng.conf");

namespace {

const QString debianXsession = QStringLiteral("/etc/X11/Xsession");
const QString confEnding = QStringLiteral(".conf");
const QString desktopEnding = QStringLiteral(".desktop");

QString onPath(const Root &root, const QString &program)
{
    for (const char *folder : {"/usr/local/bin/", "/usr/bin/", "/usr/sbin/", "/bin/"}) {
        if (const QString path = QLatin1String(folder) + program; root.isExecutable(path)) {
            return path;
        }
    }
    return {};
}

QString displayManagerOf(const Root &root)
{
    const QString debian
        = QString::fromUtf8(root.read(QStringLiteral("/etc/X11/default-display-manager"))).trimmed();
    if (root.isExecutable(debian)) {
        return debian.section(QLatin1Char('/'), -1);
    }
    const auto unit = root.state(QStringLiteral("/etc/systemd/system/display-manager.service"));
    if (unit && unit->kind == FileState::Link) {
        const QString name
            = QFile::decodeName(unit->bytes).section(QLatin1Char('/'), -1).section(QLatin1Char('.'), 0, 0);
        return name == QLatin1String("gdm") ? QStringLiteral("gdm3") : name;
    }
    for (const char *name : {"lightdm", "gdm3", "sddm", "lxdm", "xdm"}) {
        if (!onPath(root, QLatin1String(name)).isEmpty()) {
            return QLatin1String(name);
        }
    }
    return {};
}

/** Every "key=value" of a key file, with the section it stands in. */
template <typename Take> void readKeyFile(const QByteArray &bytes, Take take)
{
    QByteArray section;
    for (const QByteArray &line : bytes.split('\n')) {
        const QByteArray trimmed = line.trimmed();
        if (trimmed.startsWith('[') && trimmed.endsWith(']')) {
            section = trimmed.mid(1, trimmed.size() - 2);
        } else if (const QByteArray key = keyOf(line); !key.isEmpty()) {
            take(section, key, line.mid(line.indexOf('=') + 1).trimmed());
        }
    }
}

/** lightdm 1.26: the system's data folders, /etc/xdg, its own folder, and its file at last. */
void readLightdm(const Root &root, Machine &machine)
{
    QStringList files;
    for (const char *folder : {"/usr/share/lightdm/lightdm.conf.d", "/usr/local/share/lightdm/lightdm.conf.d",
             "/etc/xdg/lightdm/lightdm.conf.d", "/etc/lightdm/lightdm.conf.d"}) {
        files += root.files(QLatin1String(folder), confEnding);
    }
    files.append(lightdmFile);
    for (const QString &file : std::as_const(files)) {
        readKeyFile(
            root.read(file), [&](const QByteArray &section, const QByteArray &key, const QByteArray &value) {
                if (key != "session-wrapper") {
                    return;
                }
                if (section == "Seat:*" || section == "SeatDefaults") {
                    machine.wrappers.append({file, QString::fromUtf8(value)});
                } else if (section.startsWith("Seat:")) {
                    machine.otherSeats.append(QString::fromUtf8(section));
                }
            });
    }
}

QString sddmSessionCommand(const Root &root)
{
    QString command = QStringLiteral("/etc/sddm/Xsession");
    QStringList files = root.files(QStringLiteral("/usr/lib/sddm/sddm.conf.d"), confEnding)
        + root.files(QStringLiteral("/etc/sddm.conf.d"), confEnding);
    files.append(QStringLiteral("/etc/sddm.conf"));
    for (const QString &file : std::as_const(files)) {
        readKeyFile(
            root.read(file), [&](const QByteArray &section, const QByteArray &key, const QByteArray &value) {
                if (section == "X11" && key == "SessionCommand") {
                    command = QString::fromUtf8(value);
                }
            });
    }
    return command;
}

/** The script through which the display manager starts X sessions, as Debian configures it. */
QString sessionScript(const Root &root, const Machine &machine)
{
    const QString &manager = machine.displayManager;
    if (manager == QLatin1String("lightdm")) {
        return machine.wrapperInForce();
    }
    if (manager == QLatin1String("sddm")) {
        return sddmSessionCommand(root);
    }
    if (manager.isEmpty()) {
        return QStringLiteral("/etc/X11/xinit/xinitrc"); // startx
    }
    if (manager == QLatin1String("xdm") || manager == QLatin1String("wdm")) {
        return QStringLiteral("/etc/X11/%1/Xsession").arg(manager);
    }
    return QStringLiteral("/etc/%1/Xsession").arg(manager);
}

void readSessions(const Root &root, const QString &folder, Machine &machine)
{
    for (const QString &file : root.files(folder, desktopEnding)) {
        DesktopSession session{file, {}, folder.contains(QLatin1String("wayland")), false};
        readKeyFile(
            root.read(file), [&](const QByteArray &section, const QByteArray &key, const QByteArray &value) {
                if (section != "Desktop Entry") {
                    return;
                }
                if (key == "Name[zh_CN]" || (key == "Name" && session.name.isEmpty())) {
                    session.name = QString::fromUtf8(value);
                } else if (key == "Exec") {
                    session.isGated = value.startsWith(waylandWrapper().toUtf8());
                }
            });
        machine.sessions.append(session);
    }
}

} // namespace

QByteArray keyOf(const QByteArray &line)
{
    const qsizetype equals = line.indexOf('=');
    const QByteArray key = line.left(std::max<qsizetype>(equals, 0)).trimmed();
    return key.startsWith('#') || key.startsWith('[') ? QByteArray() : key;
}

bool Machine::hasWaylandSession() const
{
    return std::ranges::any_of(sessions, &DesktopSession::isWayland);
}

Machine lookAt(const Root &root)
{
    Machine machine;
    machine.displayManager = displayManagerOf(root);
    if (machine.displayManager == QLatin1String("lightdm")) {
        readLightdm(root, machine);
    }
    machine.hasXsession
        = root.isExecutable(debianXsession) && root.exists(debianXsession + QStringLiteral(".d"));
    const QString script = sessionScript(root, machine);
    machine.usesXsession = machine.hasXsession
        && (script == debianXsession || root.read(script).contains(debianXsession.toUtf8()));
    machine.hasCage = !onPath(root, QStringLiteral("cage")).isEmpty();
    machine.hasXwayland = !onPath(root, QStringLiteral("Xwayland")).isEmpty();
    readSessions(root, QStringLiteral("/usr/share/xsessions"), machine);
    readSessions(root, QStringLiteral("/usr/share/wayland-sessions"), machine);
    return machine;
}

QString gateProgram()
{
    return QStringLiteral(QF_INSTALLED_BIN "/qingfeng-gate");
}

QString sessionWrapper()
{
    return QStringLiteral(QF_INSTALLED_LIBEXEC "/qingfeng/qingfeng-session-wrapper");
}

QString waylandWrapper()
{
    return QStringLiteral(QF_INSTALLED_LIBEXEC "/qingfeng/qingfeng-wayland-wrapper");
}

QString hookText(const QString &name)
{
    return QStringLiteral(QF_INSTALLED_DATA "/qingfeng/hooks/") + name;
}

QString userUnit()
{
    return QStringLiteral(QF_INSTALLED_PREFIX "/lib/systemd/user/qingfeng-gate.service");
}

} // namespace qingfeng::ctl
