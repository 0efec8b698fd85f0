#include "tests/e2e/hooks/made_up_pc.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QProcess>

namespace {

constexpr int commandMs = 120'000;
const QString libexec = QStringLiteral(QF_INSTALLED_LIBEXEC "/qingfeng/");
const QString hookTexts = QStringLiteral(QF_INSTALLED_DATA "/qingfeng/hooks/");

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

QJsonObject Ran::json() const
{
    return QJsonDocument::fromJson(out).object();
}

MadeUpPc::MadeUpPc(const QString &kind)
{
    write(QStringLiteral("/etc/X11/Xsession"), "#!/bin/sh\nexec $1\n", true);
    write(QStringLiteral("/etc/X11/Xsession.d/20x11-common_process-args"), "# arguments\n");
    write(QStringLiteral("/usr/share/xsessions/xfce.desktop"),
        "[Desktop Entry]\nName=Xfce Session\nName[zh_CN]=Xfce 会话\nExec=startxfce4\nType=Application\n");
    write(QStringLiteral("/etc/xdg/autostart/other.desktop"), "[Desktop Entry]\nName=other\n");
    QDir().mkpath(path(QStringLiteral("/var/lib")));
    for (const char *name : {"qingfeng-session-wrapper", "qingfeng-wayland-wrapper"}) {
        write(libexec + QLatin1String(name),
            bytesOf(qEnvironmentVariable("QF_HOOKS") + QStringLiteral("/session/") + QLatin1String(name)),
            true);
    }
    write(hookTexts + QStringLiteral("19-qingfeng"),
        bytesOf(qEnvironmentVariable("QF_HOOKS") + QStringLiteral("/session/19-qingfeng")));
    write(hookTexts + QStringLiteral("qingfeng-gate.desktop"),
        bytesOf(qEnvironmentVariable("QF_UNITS") + QStringLiteral("/autostart/qingfeng-gate.desktop")));
    write(QStringLiteral(QF_INSTALLED_PREFIX "/lib/systemd/user/qingfeng-gate.service"),
        bytesOf(qEnvironmentVariable("QF_HOOKS") + QStringLiteral("/systemd/qingfeng-gate.service")));
    write(QStringLiteral(QF_INSTALLED_BIN "/qingfeng-gate"), "#!/bin/sh\nexit 0\n", true);
    if (kind.startsWith(QLatin1String("lightdm"))) {
        writeLightdm();
        if (kind.endsWith(QLatin1String("own-wrapper"))) {
            write(QStringLiteral("/etc/lightdm/lightdm.conf"),
                "[LightDM]\nlog-directory=/var/log\n\n[Seat:*]\n#session-wrapper=lightdm-session\n"
                "session-wrapper = "
                "/opt/office/wrapper\nautologin-guest=false\n\n[Seat:seat1]\nsession-wrapper=/opt/other\n");
            write(QStringLiteral("/etc/lightdm/lightdm.conf.d/50-qingfeng.conf"),
                "# noted by the administrator\n");
            write(QStringLiteral("/etc/xdg/autostart/qingfeng-gate.desktop"), "[Desktop Entry]\nHidden=true");
            QFile::setPermissions(
                path(QStringLiteral("/etc/lightdm/lightdm.conf")), QFile::ReadOwner | QFile::WriteOwner);
            write(QStringLiteral("/var/lib/qingfeng/other"), "kept\n");
        }
    } else if (kind.startsWith(QLatin1String("gdm"))) {
        writeGdm();
        if (kind.endsWith(QLatin1String("cage"))) {
            write(QStringLiteral("/usr/bin/cage"), "cage", true);
            write(QStringLiteral("/usr/bin/Xwayland"), "Xwayland", true);
        }
    } else if (kind == QLatin1String("sddm")) {
        writeSddm();
    } else { // neither a display manager nor Xsession
        QDir(path(QStringLiteral("/etc/X11"))).removeRecursively();
        QDir(path(QStringLiteral("/etc/xdg"))).removeRecursively();
    }
}

void MadeUpPc::writeLightdm()
{
    write(QStringLiteral("/etc/X11/default-display-manager"), "/usr/sbin/lightdm\n");
    write(QStringLiteral("/usr/sbin/lightdm"), "lightdm", true);
    write(QStringLiteral("/usr/share/lightdm/lightdm.conf.d/01_debian.conf"),
        "[Seat:*]\ngreeter-session=lightdm-greeter\ngreeter-hide-users=true\nsession-wrapper=/etc/X11/"
        "Xsession\n");
    write(QStringLiteral("/etc/lightdm/lightdm.conf"),
        "[LightDM]\n\n[Seat:*]\n#session-wrapper=lightdm-session\n");
}

void MadeUpPc::writeGdm()
{
    write(QStringLiteral("/usr/sbin/gdm3"), "gdm3", true);
    QDir().mkpath(path(QStringLiteral("/etc/systemd/system")));
    QFile::link(QStringLiteral("/lib/systemd/system/gdm.service"),
        path(QStringLiteral("/etc/systemd/system/display-manager.service")));
    write(QStringLiteral("/etc/gdm3/Xsession"), "#!/bin/sh\nSYSSESSIONDIR=/etc/X11/Xsession.d\n", true);
    write(QStringLiteral("/usr/share/wayland-sessions/gnome.desktop"),
        "[Desktop Entry]\nName[zh_CN]=GNOME "
        "桌面\nName=GNOME\nExec=/usr/bin/gnome-session\nTryExec=/usr/bin/gnome-session\n"
        "Type=Application\nDesktopNames=GNOME\n\n[Desktop Action x]\nName=x\nExec=x\n");
}

void MadeUpPc::writeSddm()
{
    write(QStringLiteral("/etc/X11/default-display-manager"), "/usr/bin/sddm\n");
    write(QStringLiteral("/usr/bin/sddm"), "sddm", true);
    write(QStringLiteral("/etc/sddm/Xsession"), "#!/bin/sh\n. /etc/X11/Xsession\n", true);
}

void MadeUpPc::write(const QString &inside, const QByteArray &bytes, bool executable)
{
    const QString whole = path(inside);
    QDir().mkpath(QFileInfo(whole).path());
    QFile file(whole);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        qFatal("cannot write %s", qPrintable(whole));
    }
    file.close();
    const auto readable = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther;
    file.setPermissions(
        executable ? readable | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther : readable);
}

QByteArray MadeUpPc::read(const QString &inside) const
{
    return bytesOf(path(inside));
}

bool MadeUpPc::exists(const QString &inside) const
{
    const QFileInfo info(path(inside));
    return info.exists() || info.isSymLink();
}

void MadeUpPc::setGate(const QString &program)
{
    const QString installed = QStringLiteral(QF_INSTALLED_BIN "/qingfeng-gate");
    for (const QString &hook : {libexec + QStringLiteral("qingfeng-session-wrapper"),
             libexec + QStringLiteral("qingfeng-wayland-wrapper"),
             hookTexts + QStringLiteral("19-qingfeng")}) {
        QByteArray text = read(hook);
        text.replace("gate='" + installed.toUtf8(), "gate='" + program.toUtf8());
        text.replace("/etc/X11/Xsession", path(QStringLiteral("/etc/X11/Xsession")).toUtf8());
        write(hook, text, true);
    }
    QFile::remove(path(installed));
    QFile::link(program, path(installed));
}

QMap<QString, QByteArray> MadeUpPc::everything() const
{
    QMap<QString, QByteArray> all;
    QDirIterator entries(m_folder.path(),
        QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QFileInfo info(entries.next());
        const QByteArray content = info.isSymLink() ? "link " + info.symLinkTarget().toUtf8()
            : info.isDir()                          ? QByteArray("folder")
                                                    : "file " + bytesOf(info.filePath());
        all.insert(info.filePath().mid(m_folder.path().size()),
            QByteArray::number(int(info.permissions()), 16) + ' ' + QByteArray::number(info.ownerId()) + ':'
                + QByteArray::number(info.groupId()) + ' ' + content);
    }
    return all;
}

Ran MadeUpPc::gate(const QStringList &arguments, int killAt) const
{
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    if (killAt > 0) {
        environment.insert(QStringLiteral("LD_PRELOAD"), qEnvironmentVariable("QF_KILL_AT_LIBRARY"));
        environment.insert(QStringLiteral("QF_KILL_AT"), QString::number(killAt));
        environment.insert(
            QStringLiteral("ASAN_OPTIONS"), QStringLiteral("verify_asan_link_order=0:detect_leaks=0"));
    }
    process.setProcessEnvironment(environment);
    process.start(qEnvironmentVariable("QF_BIN_DIR") + QStringLiteral("/qingfengctl"),
        QStringList{QStringLiteral("gate")} + arguments
            + QStringList{QStringLiteral("--root"), m_folder.path()});
    if (!process.waitForFinished(commandMs)) {
        process.kill();
        process.waitForFinished();
    }
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
        process.readAllStandardOutput(), process.readAllStandardError()};
}

QByteArray difference(const QMap<QString, QByteArray> &before, const QMap<QString, QByteArray> &after)
{
    QByteArray text;
    for (auto entry = before.cbegin(); entry != before.cend(); ++entry) {
        if (after.value(entry.key()) != *entry) {
            text += "\n- " + entry.key().toUtf8() + ' ' + *entry;
        }
    }
    for (auto entry = after.cbegin(); entry != after.cend(); ++entry) {
        if (before.value(entry.key()) != *entry) {
            text += "\n+ " + entry.key().toUtf8() + ' ' + *entry;
        }
    }
    return text;
}
