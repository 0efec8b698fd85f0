#include "app/ctl/commands.h"
#include "app/ctl/hooks/report.h"
#include "app/ctl/output.h"
#include "app/ctl/ui_trial.h"
#include "app/ctl/workspace.h"

#include "app/gate/core/clocks.h"
#include "app/gate/core/attempt_log.h"
#include "app/gate/core/unlock.h"
#include "app/workstation/core/bank_loader.h"

#include "quiz/store/server_clock.h"
#include "quiz/sync/device_config.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QStandardPaths>

#include <cmath>

namespace qingfeng::ctl {
namespace {

/** What a probe finds: a document, why the gate would not work, and what is only worth knowing. */
struct Findings
{
    QJsonObject document;
    QStringList problems; ///< codes
    QStringList reasons; ///< in words, one for each problem
    QStringList notes;

    void problem(const QString &code, const QString &sentence)
    {
        problems.append(code);
        reasons.append(sentence);
    }
};

QString programBeside(const QString &name)
{
    return QCoreApplication::applicationDirPath() + QLatin1Char('/') + name;
}

/** Asks the gate program what it finds on this display; it covers nothing. */
QJsonObject gateProgramSays()
{
    constexpr int timeoutMs = 10'000;
    QProcess gate;
    gate.start(programBeside(QStringLiteral("qingfeng-gate")), {QStringLiteral("--probe")});
    if (!gate.waitForFinished(timeoutMs)) {
        gate.kill();
        gate.waitForFinished(1000);
        return {};
    }
    return QJsonDocument::fromJson(gate.readAllStandardOutput()).object();
}

/** "wayland", "x11", or what the session says of itself. */
QString sessionType()
{
    const QString said = qEnvironmentVariable("XDG_SESSION_TYPE");
    return !said.isEmpty()                                ? said
        : !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") ? QStringLiteral("wayland")
        : !qEnvironmentVariableIsEmpty("DISPLAY")         ? QStringLiteral("x11")
                                                          : QString();
}

QJsonObject probeDisplay(Findings &found)
{
    const QJsonObject display = gateProgramSays();
    found.document.insert(QStringLiteral("session_type"), sessionType());
    found.document.insert(QStringLiteral("desktop"), qEnvironmentVariable("XDG_CURRENT_DESKTOP"));
    found.document.insert(QStringLiteral("display"), display);
    found.document.insert(QStringLiteral("screens"), display.value(QStringLiteral("screens")).toArray());
    found.document.insert(QStringLiteral("cover_ms"), display.value(QStringLiteral("cover_ms")));
    const QString reach = display.value(QStringLiteral("reach")).toString();
    if (display.isEmpty()) {
        found.problem(QStringLiteral("gate-program"),
            QStringLiteral("会话门程序 qingfeng-gate 不能运行，请检查安装是否完整。"));
    } else if (reach == QLatin1String("refused")) {
        found.problem(QStringLiteral("display-refused"),
            QStringLiteral("X11 显示器不接受连接；请以登录的用户、在图形会话里运行本命令。"));
    } else if (reach != QLatin1String("connected")) {
        found.problem(QStringLiteral("no-display"),
            QStringLiteral(
                "这里没有 X11 显示器，屏幕看不到；请在图形会话里运行本命令（Wayland 会话要装 Xwayland）。"));
    } else {
        if (!display.value(QStringLiteral("extensions"))[QStringLiteral("x_resource")].toBool()) {
            found.notes.append(
                QStringLiteral("X 服务器没有 X-Resource 扩展，答题时输入法的候选窗会被收起。"));
        }
        if (!display.value(QStringLiteral("extensions"))[QStringLiteral("randr")].toBool()) {
            found.notes.append(QStringLiteral("X 服务器没有 RandR 1.5，多块显示器会当作一块。"));
        }
        if (display.value(QStringLiteral("gate_running")).toBool()) {
            found.notes.append(QStringLiteral("会话门正在这个显示器上运行。"));
        } else if (!display.value(QStringLiteral("can_grab")).toBool()) {
            found.notes.append(
                QStringLiteral("键盘或鼠标此刻被别的程序占着（如打开的菜单）；会话门会让它让出来。"));
        }
    }
    return display;
}

void probeHooks(Findings &found)
{
    const auto report = reportHooks(Root(QStringLiteral("/")));
    if (!report) {
        found.document.insert(QStringLiteral("hooks"), QJsonObject());
        found.problem(QStringLiteral("hooks"),
            QStringLiteral("入口的装机清单读不出来：%1").arg(sentence(report.error())));
        return;
    }
    found.document.insert(QStringLiteral("hooks"), report->toJson());
    if (report->stage != Journal::Installed) {
        found.problem(QStringLiteral("hooks"),
            QStringLiteral("会话门的入口没有装好，登录时不会出题；请运行 sudo qingfengctl gate install。"));
    } else if (!report->isEffective) {
        found.problem(QStringLiteral("hooks"),
            QStringLiteral("有的入口被改动，或有的会话走不到会话门；请看 qingfengctl gate status。"));
    }
}

/** The notification area that the tray program's icon would stand in. */
QString trayKind(const QJsonObject &display)
{
    constexpr int timeoutMs = 3000;
    QProcess bus; // asked by a program of its own, so that a bus that hangs holds nobody
    bus.start(QStringLiteral("busctl"),
        {QStringLiteral("--user"), QStringLiteral("--timeout=2"), QStringLiteral("status"),
            QStringLiteral("org.kde.StatusNotifierWatcher")});
    if (bus.waitForFinished(timeoutMs) && bus.exitStatus() == QProcess::NormalExit && bus.exitCode() == 0) {
        return QStringLiteral("status-notifier");
    }
    bus.kill();
    bus.waitForFinished(1000);
    return display.value(QStringLiteral("xembed_tray")).toBool() ? QStringLiteral("xembed")
                                                                 : QStringLiteral("none");
}

void probeAround(Findings &found, const QJsonObject &display)
{
    const QString tray = trayKind(display);
    found.document.insert(QStringLiteral("tray"), tray);
    if (tray == QLatin1String("none")) {
        found.notes.append(QStringLiteral("没有找到托盘区；清风仍会驻留，窗口从应用菜单打开。"));
    }
    const QString module = qEnvironmentVariable("QT_IM_MODULE", qEnvironmentVariable("GTK_IM_MODULE"));
    const QJsonArray trusted = display.value(QStringLiteral("input_methods")).toArray();
    found.document.insert(QStringLiteral("input_methods"),
        QJsonObject{{QStringLiteral("module"), module},
            {QStringLiteral("xmodifiers"), qEnvironmentVariable("XMODIFIERS")},
            {QStringLiteral("trusted"), trusted}});
    if (!module.isEmpty() && trusted.isEmpty()) {
        found.notes.append(
            QStringLiteral("输入法 %1 的程序不在会话门认得的位置，答题时它的候选窗会被收起。").arg(module));
    }
}

/** The bank that would be asked from, by the same rule as the question program's. */
void probeBank(Findings &found, const DataFolder &folder)
{
    const auto device = loadDevice(folder.path());
    const BankFolder packages(folder.bank(), device ? device->config.bankKeys : QList<QByteArray>());
    const auto package = packages.load();
    QJsonObject bank{{QStringLiteral("revision"), package ? package->bank.revision : 0},
        {QStringLiteral("questions"), package ? int(package->bank.questions().size()) : 0},
        {QStringLiteral("usable"), package && !package->bank.questions().isEmpty()}};
    if (!package && package.error().code() != ErrorCode::NotFound) {
        bank.insert(QStringLiteral("error"), errorName(package.error().code()));
    }
    found.document.insert(QStringLiteral("bank"), bank);
    if (!bank.value(QStringLiteral("usable")).toBool()) {
        found.notes.append(package || package.error().code() == ErrorCode::NotFound
                ? QStringLiteral("还没有收到本局的题库，会用随程序自带的题库出题。")
                : QStringLiteral("收到的题库不能用，会用随程序自带的题库出题；下次同步会重取。"));
    }
}

void probeStore(Findings &found, const Common &common)
{
    auto workspace = Workspace::open(common);
    if (!workspace) {
        const bool isNew
            = workspace.error().code() == ErrorCode::NotFound; // a PC before its first login has none
        found.document.insert(
            QStringLiteral("store"), isNew ? QStringLiteral("none") : errorName(workspace.error().code()));
        if (!isNew) {
            found.notes.append(
                QStringLiteral("学习数据打不开（%1）；会话门照常出题，作答先另存，数据修好后并入。")
                    .arg(sentence(workspace.error())));
        }
        return;
    }
    const auto learner = (*workspace)->learner(std::make_shared<const QuestionBank>());
    found.document.insert(QStringLiteral("store"), QStringLiteral("usable"));
    found.document.insert(QStringLiteral("person_known"), learner->identity().isKnown());
    found.document.insert(QStringLiteral("posts"), QJsonArray::fromStringList(learner->identity().posts));
    if (const auto server = serverTime((*workspace)->store())) {
        const qint64 aheadMs = (*workspace)->clock().utcMs() - *server;
        found.document.insert(QStringLiteral("clock_ahead_ms"), aheadMs);
        constexpr qint64 worthSaying = 5 * 60'000;
        if (std::abs(aheadMs) > worthSaying) {
            found.notes.append(QStringLiteral("本机时钟与服务器相差 %1 分钟；算哪一天以服务器为准。")
                                   .arg(std::lround(double(aheadMs) / 60'000)));
        }
    }
}

void probeClock(Findings &found)
{
    constexpr qint64 firstYearMs = 1'704'067'200'000; // 2024, before which there was no bank
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    found.document.insert(QStringLiteral("clock"), QDateTime::fromMSecsSinceEpoch(now).toString(Qt::ISODate));
    if (now < firstYearMs) {
        found.notes.append(QStringLiteral("本机时钟不对（%1），请校准；会话门仍会出题。")
                               .arg(QDateTime::fromMSecsSinceEpoch(now).toString(Qt::ISODate)));
    }
}

void probeUi(Findings &found, const DataFolder &folder, const QJsonObject &display)
{
    const QString program = programBeside(QStringLiteral("qingfeng"));
    const bool connected = display.value(QStringLiteral("reach")).toString() == QLatin1String("connected");
    const auto trial = tryUi(
        program, folder.bank(), connected ? display.value(QStringLiteral("display")).toString() : QString());
    if (!trial) {
        found.document.insert(QStringLiteral("ui_ms"), QJsonValue());
        found.problem(QStringLiteral("question-program"),
            QStringLiteral("答题程序 %1 不能运行；会话门会改由自己出一道内置题。").arg(program));
        return;
    }
    found.document.insert(
        QStringLiteral("ui_ms"), trial->readyMs < 0 ? QJsonValue() : QJsonValue(trial->readyMs));
    found.document.insert(QStringLiteral("ui_faults"), QJsonArray::fromStringList(trial->faults));
    if (trial->readyMs < 0) {
        found.problem(QStringLiteral("question-program"),
            QStringLiteral("答题程序没有出题；会话门会改由自己出一道内置题。"));
    } else if (connected && !trial->startsOnX11) {
        found.problem(QStringLiteral("question-program-x11"),
            QStringLiteral("答题程序在 X11 上起不来，可能缺 Qt 的 xcb 插件；会话门会改由自己出一道内置题。"));
    }
    constexpr qint64 slowMs = 4000;
    if (trial->readyMs > slowMs) {
        found.notes.append(QStringLiteral("答题程序用了 %1 秒才出题，这台电脑偏慢。")
                               .arg(double(trial->readyMs) / 1000, 0, 'f', 1));
    }
}

void probeUnlock(Findings &found)
{
    const auto file = gate::readUnlockFile(gate::defaultUnlockFile);
    const bool own = file && file->device == gate::ownUnlockDevice();
    const std::int64_t today = gate::dayNumber(gate::wallClockMs(), gate::utcOffsetSeconds());
    QJsonObject unlock{{QStringLiteral("device"), QString::fromStdString(gate::ownUnlockDevice())},
        {QStringLiteral("ready"), own && file->verifier(today, 1) != nullptr}};
    if (own) {
        unlock.insert(QStringLiteral("until"),
            QString::fromStdString(gate::dayText(file->firstDay + file->days() - 1)));
    }
    found.document.insert(QStringLiteral("unlock_code"), unlock);
    constexpr std::int64_t soon = 30;
    if (own && file->firstDay + file->days() - today < soon) {
        found.notes.append(QStringLiteral("解锁码的验证文件快到期或已到期，请重新签发。"));
    } else if (file && !own) {
        found.notes.append(QStringLiteral("解锁码的验证文件是另一台电脑的，用不上。"));
    }
}

int probe(const Common &common)
{
    Findings found;
    const DataFolder folder(common.dataPath);
    const QJsonObject display = probeDisplay(found);
    probeHooks(found);
    probeUi(found, folder, display);
    probeBank(found, folder);
    probeStore(found, common);
    probeClock(found);
    probeAround(found, display);
    probeUnlock(found);
    const bool works = found.problems.isEmpty();
    found.document.insert(QStringLiteral("would_work"), works);
    found.document.insert(QStringLiteral("problems"), QJsonArray::fromStringList(found.problems));
    found.document.insert(QStringLiteral("reasons"), QJsonArray::fromStringList(found.reasons));
    found.document.insert(QStringLiteral("notes"), QJsonArray::fromStringList(found.notes));
    if (common.json) {
        print(found.document);
        return works ? True : False;
    }
    print(works ? QStringLiteral("会话门在这台电脑上可以工作。")
                : QStringLiteral("会话门在这台电脑上还不能照常工作："));
    for (const QString &reason : std::as_const(found.reasons)) {
        print(QStringLiteral("  ✗ ") + reason);
    }
    for (const QString &note : std::as_const(found.notes)) {
        print(QStringLiteral("  · ") + note);
    }
    const QJsonValue coverMs = found.document.value(QStringLiteral("cover_ms"));
    const QJsonValue uiMs = found.document.value(QStringLiteral("ui_ms"));
    if (coverMs.isDouble()) {
        print(QStringLiteral("  遮住屏幕的准备 %1 毫秒（没有真的遮住）").arg(coverMs.toInt()));
    }
    if (uiMs.isDouble()) {
        print(QStringLiteral("  出题 %1 毫秒（在看不见的地方试的）").arg(uiMs.toInt()));
    }
    return works ? True : False;
}

} // namespace

void addGateCommands(CLI::App &app, const Common &common, Action &action)
{
    auto *group = app.add_subcommand("gate", "会话门");
    group->require_subcommand(1);
    group->add_subcommand("probe", "检查会话门在这台电脑上能否工作；不会遮挡桌面")->callback([&common, &action] {
        action = [&common] { return probe(common); };
    });
}

} // namespace qingfeng::ctl
