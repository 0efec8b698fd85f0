#include "app/ctl/hooks/plan.h"

#include <algorithm>

namespace qingfeng::ctl {

const QStringList hookNames{QStringLiteral("wrapper"), QStringLiteral("xsession"), QStringLiteral("cage"),
    QStringLiteral("autostart"), QStringLiteral("unit")};

namespace {

const QString wrapperHook = QStringLiteral("wrapper");
const QString xsessionHook = QStringLiteral("xsession");
const QString cageHook = QStringLiteral("cage");
const QString autostartHook = QStringLiteral("autostart");
const QString unitHook = QStringLiteral("unit");

const QString nextWrapper = QStringLiteral("/etc/qingfeng/next-session-wrapper");

QString managerName(const Machine &machine)
{
    return machine.displayManager.isEmpty() ? QStringLiteral("（没有登录管理器）") : machine.displayManager;
}

/** Planning in progress. */
struct Planner
{
    const Root &root;
    const Machine &machine;
    HookPlan &plan;

    void add(const QString &hook, const QString &path, const FileState &wanted)
    {
        plan.files.append({hook, path, wanted});
    }

    /** A file of the package, which must be there. */
    bool needs(const QString &path)
    {
        if (!root.read(path).isEmpty()) {
            return true;
        }
        plan.refusals.append(QStringLiteral("没有找到 %1，请先安装清风程序。").arg(root.outside(path)));
        return false;
    }

    void copyText(const QString &hook, const QString &name, const QString &path)
    {
        if (needs(hookText(name))) {
            add(hook, path, newFile(root.read(hookText(name))));
        }
    }

    void planWrapper()
    {
        if (machine.displayManager != QLatin1String("lightdm")) {
            plan.refusals.append(QStringLiteral(
                "wrapper 是 lightdm 的设定，这台电脑的登录管理器是 %1；请用 xsession 或 autostart。")
                                     .arg(managerName(machine)));
            return;
        }
        if (!needs(sessionWrapper())) {
            return;
        }
        const WrapperSetting set
            = machine.wrappers.isEmpty() ? WrapperSetting() : machine.wrappers.constLast();
        if (set.value == sessionWrapper() && set.file != lightdmDropIn) {
            plan.notes.append(QStringLiteral("%1 已设定会话包装，保持不变。").arg(set.file));
            return;
        }
        const bool readAfterOurs = set.file == lightdmFile
            || (set.file.section(QLatin1Char('/'), 0, -2) == lightdmDropIn.section(QLatin1Char('/'), 0, -2)
                && set.file > lightdmDropIn);
        if (readAfterOurs) {
            replaceWrapper(set.file);
        } else {
            add(wrapperHook, lightdmDropIn,
                newFile("[Seat:*]\nsession-wrapper=" + sessionWrapper().toUtf8() + '\n'));
        }
        if (!set.value.isEmpty() && set.value != sessionWrapper()
            && set.value != QLatin1String("/etc/X11/Xsession")) {
            add(wrapperHook, nextWrapper, newFile(set.value.toUtf8() + '\n'));
            plan.notes.append(QStringLiteral("原来的会话包装 %1 照常运行，排在会话门之后。").arg(set.value));
        }
        for (const QString &seat : machine.otherSeats) {
            plan.notes.append(
                QStringLiteral("[%1] 另设了会话包装，未作改动，这个席位不在桌面出现之前出题。").arg(seat));
        }
    }

    /** Only the value changes; everything else in the file stays as it is. */
    void replaceWrapper(const QString &path)
    {
        QByteArrayList lines = root.read(path).split('\n');
        bool forAllSeats = false;
        for (QByteArray &line : lines) {
            if (const QByteArray trimmed = line.trimmed(); trimmed.startsWith('[')) {
                forAllSeats = trimmed == "[Seat:*]" || trimmed == "[SeatDefaults]";
            } else if (forAllSeats && keyOf(line) == "session-wrapper") {
                line = "session-wrapper=" + sessionWrapper().toUtf8();
            }
        }
        FileState wanted = newFile(lines.join('\n'));
        if (const auto now = root.state(path); now && now->kind == FileState::File) {
            wanted.mode = now->mode;
            wanted.uid = now->uid;
            wanted.gid = now->gid;
        }
        add(wrapperHook, path, wanted);
    }

    void planXsession()
    {
        if (!machine.hasXsession) {
            plan.refusals.append(
                QStringLiteral("没有 /etc/X11/Xsession.d，这台电脑的会话不经过 Xsession；请用 autostart。"));
            return;
        }
        copyText(
            xsessionHook, QStringLiteral("19-qingfeng"), QStringLiteral("/etc/X11/Xsession.d/19-qingfeng"));
        if (!machine.usesXsession) {
            plan.notes.append(QStringLiteral("看不出登录管理器 %1 是否经过 Xsession，装好后请登录一次确认。")
                                  .arg(managerName(machine)));
        }
    }

    void planUnit()
    {
        if (needs(userUnit())) {
            add(unitHook,
                QStringLiteral("/etc/systemd/user/graphical-session.target.wants/qingfeng-gate.service"),
                newLink(userUnit()));
        }
    }

    void planCage()
    {
        if (!machine.canAskBeforeWayland()) {
            plan.refusals.append(
                QStringLiteral("Wayland 会话在桌面出现之前出题需要 cage 和 xwayland，这台电脑没有装齐。"));
            return;
        }
        if (!needs(waylandWrapper())) {
            return;
        }
        for (const DesktopSession &session : machine.sessions) {
            if (session.isWayland && !session.isGated) {
                const QString name = session.file.section(QLatin1Char('/'), -1);
                add(cageHook,
                    session.file.section(QLatin1Char('/'), 0, -2) + QStringLiteral("/qingfeng-") + name,
                    newFile(gatedCopy(root.read(session.file))));
                plan.notes.append(QStringLiteral(
                    "登录界面多了「%1（清风）」，请设为默认会话；原来的「%1」仍可选，那里只随桌面出题。")
                                      .arg(session.name));
            }
        }
    }

    static QByteArray gatedCopy(const QByteArray &session)
    {
        QByteArrayList lines = session.split('\n');
        bool main = false;
        for (QByteArray &line : lines) {
            const QByteArray key = keyOf(line);
            if (line.startsWith('[')) {
                main = line.trimmed() == "[Desktop Entry]";
            } else if (main && key == "Exec") {
                line = "Exec=" + waylandWrapper().toUtf8() + ' ' + line.mid(line.indexOf('=') + 1).trimmed();
            } else if (main && (key == "Name" || key.startsWith("Name["))) {
                line = line.trimmed() + QStringLiteral("（清风）").toUtf8();
            }
        }
        return lines.join('\n');
    }

    /** The best for this machine; says what cannot be had. */
    QStringList choose()
    {
        QStringList hooks;
        if (machine.displayManager == QLatin1String("lightdm")) {
            hooks.append(wrapperHook);
        } else if (machine.hasXsession) {
            hooks.append(xsessionHook);
        } else {
            plan.notes.append(QStringLiteral(
                "这台电脑的 X11 会话没有可用的入口，不能在桌面出现之前出题，改为随桌面出题。"));
        }
        if (machine.hasWaylandSession() && machine.canAskBeforeWayland()) {
            hooks.append(cageHook);
        } else if (machine.hasWaylandSession()) {
            plan.notes.append(
                QStringLiteral("没有装 cage 和 xwayland，Wayland 会话不能在桌面出现之前出题，改为随桌面出题；"
                               "装好它们后请再运行一次 gate install。"));
        }
        hooks.append(autostartHook);
        return hooks;
    }
};

} // namespace

QString hookTitle(const QString &hook)
{
    static const QMap<QString, QString> titles{{wrapperHook, QStringLiteral("桌面之前：lightdm 会话包装")},
        {xsessionHook, QStringLiteral("桌面之前：Xsession")},
        {cageHook, QStringLiteral("桌面之前：Wayland 会话（cage）")},
        {autostartHook, QStringLiteral("随桌面：自动启动项")},
        {unitHook, QStringLiteral("随桌面：systemd 用户单元")}};
    return titles.value(hook, hook);
}

HookPlan planHooks(const Root &root, const QStringList &wanted)
{
    HookPlan plan;
    const Machine machine = lookAt(root);
    Planner planner{root, machine, plan};
    plan.hooks = wanted.isEmpty() ? planner.choose() : wanted;
    if (!root.isExecutable(gateProgram())) {
        plan.refusals.append(
            QStringLiteral("没有找到 %1，请先安装清风程序。").arg(root.outside(gateProgram())));
        return plan;
    }
    for (const QString &hook : std::as_const(plan.hooks)) {
        if (hook == wrapperHook) {
            planner.planWrapper();
        } else if (hook == xsessionHook) {
            planner.planXsession();
        } else if (hook == cageHook) {
            planner.planCage();
        } else if (hook == unitHook) {
            planner.planUnit();
        } else {
            planner.copyText(autostartHook, QStringLiteral("qingfeng-gate.desktop"),
                QStringLiteral("/etc/xdg/autostart/qingfeng-gate.desktop"));
        }
    }
    return plan;
}

SessionReach reachOf(const DesktopSession &session, const Machine &machine, const QStringList &intact)
{
    const bool beside = intact.contains(autostartHook) || intact.contains(unitHook);
    const auto says = [&](Reach reach, const QString &words) {
        return SessionReach{reach, QStringLiteral("「%1」：%2").arg(session.name, words)};
    };
    if (session.isWayland && session.isGated) {
        return machine.canAskBeforeWayland()
            ? says(Reach::BeforeDesktop, QStringLiteral("桌面出现之前出题。"))
            : says(Reach::Never,
                QStringLiteral("cage 或 xwayland 已不在这台电脑上，会话会直接开始；请装上它们。"));
    }
    if (session.isWayland && beside) {
        return says(Reach::BesideDesktop,
            QStringLiteral(
                "随桌面出题；Wayland 桌面不许程序遮住其他窗口，门只能提醒，不能挡住。需要挡住时，请改用 X11 "
                "会话或带「（清风）」的会话。"));
    }
    if (!session.isWayland) {
        const bool wrapped = machine.displayManager == QLatin1String("lightdm")
            && machine.wrapperInForce() == sessionWrapper();
        if (wrapped || (intact.contains(xsessionHook) && machine.usesXsession)) {
            return says(Reach::BeforeDesktop, QStringLiteral("桌面出现之前出题。"));
        }
        if (beside) {
            return says(Reach::BesideDesktop,
                intact.contains(xsessionHook)
                    ? QStringLiteral("登录管理器 %1 不经过 Xsession，随桌面出题。").arg(managerName(machine))
                    : QStringLiteral("随桌面出题；要在桌面出现之前出题，请运行 qingfengctl gate install。"));
        }
    }
    return says(Reach::Never, QStringLiteral("门不会出现；请运行 qingfengctl gate install。"));
}

} // namespace qingfeng::ctl
