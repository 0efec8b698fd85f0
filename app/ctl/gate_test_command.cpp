#include "app/ctl/commands.h"
#include "app/ctl/hooks/plan.h"
#include "app/ctl/hooks/processes.h"
#include "app/ctl/output.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <thread>

#include <sys/prctl.h>
#include <unistd.h>

#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

namespace qingfeng::ctl {
namespace {

struct TrialOptions
{
    std::string root = "/";
    std::string hook;
    bool here = false;
};

/** How far the gate came, in milliseconds after the hook was started. */
struct Trial
{
    std::optional<qint64> coveredMs;
    std::optional<qint64> askingMs;
    std::optional<qint64> endedMs; ///< when this test ended the gate
    std::optional<qint64> sessionMs;
    QStringList events; ///< kinds, in order
};

constexpr qint64 askLimitMs = 90'000; ///< more than the gate's own deadlines allow
constexpr qint64 sessionLimitMs = 15'000;
constexpr std::chrono::milliseconds lookEvery{10};

/** A display of the test's own, which nobody sees. */
class PrivateDisplay
{
public:
    PrivateDisplay()
    {
        m_process.setStandardErrorFile(QProcess::nullDevice());
        m_process.start(QStringLiteral("Xvfb"),
            {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"),
                QStringLiteral("0"), QStringLiteral("1920x1080x24"), QStringLiteral("-nolisten"),
                QStringLiteral("tcp"), QStringLiteral("-noreset")});
        constexpr int startLimitMs = 10'000;
        QByteArray number;
        while (!number.endsWith('\n') && m_process.waitForReadyRead(startLimitMs)) {
            number += m_process.readAllStandardOutput();
        }
        if (number.endsWith('\n')) {
            m_name = QLatin1Char(':') + QString::fromLatin1(number.trimmed());
        }
    }
    ~PrivateDisplay()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(3000)) {
            m_process.kill();
            m_process.waitForFinished(1000);
        }
    }
    PrivateDisplay(const PrivateDisplay &) = delete;
    PrivateDisplay &operator=(const PrivateDisplay &) = delete;

    QString name() const { return m_name; }
    pid_t pid() const { return pid_t(m_process.processId()); }

private:
    QProcess m_process;
    QString m_name;
};

/** Home, data and run-time folders of the test's own: the person's records are not touched, nor his session's
 * bus. */
QProcessEnvironment privateEnvironment(const QString &folder, const QString &display)
{
    auto environment = QProcessEnvironment::systemEnvironment();
    if (!environment.contains(QStringLiteral("XAUTHORITY"))) {
        environment.insert(QStringLiteral("XAUTHORITY"), QDir::homePath() + QStringLiteral("/.Xauthority"));
    }
    for (const char *name : {"DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY", "DISPLAY", "SESSION_MANAGER"}) {
        environment.remove(QLatin1String(name));
    }
    const auto own = [&](const char *name, const QString &place) {
        const QString path = folder + place;
        QDir().mkpath(path);
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        environment.insert(QLatin1String(name), path);
    };
    own("HOME", QStringLiteral("/home"));
    own("XDG_DATA_HOME", QStringLiteral("/data"));
    own("XDG_CONFIG_HOME", QStringLiteral("/config"));
    own("XDG_CACHE_HOME", QStringLiteral("/cache"));
    own("XDG_RUNTIME_DIR", QStringLiteral("/run"));
    if (display.isEmpty()) { // cage, with no screen behind it
        environment.insert(QStringLiteral("WLR_BACKENDS"), QStringLiteral("headless"));
        environment.insert(QStringLiteral("WLR_LIBINPUT_NO_DEVICES"), QStringLiteral("1"));
        environment.insert(QStringLiteral("WLR_RENDERER"), QStringLiteral("pixman"));
    } else {
        environment.insert(QStringLiteral("DISPLAY"), display);
    }
    return environment;
}

/** What the hook runs, then @p session: the display manager's part is played by this program. */
QStringList commandOf(const Root &root, const QString &hook, const QString &session)
{
    const QString shell = QStringLiteral("/bin/sh");
    if (hook == QLatin1String("wrapper")) {
        return {root.outside(sessionWrapper()), session};
    }
    if (hook == QLatin1String("cage")) {
        return {root.outside(waylandWrapper()), session};
    }
    if (hook == QLatin1String("xsession")) {
        const QString installed = QStringLiteral("/etc/X11/Xsession.d/19-qingfeng");
        const QString text = root.exists(installed) ? installed : hookText(QStringLiteral("19-qingfeng"));
        return {shell, QStringLiteral("-euc"), QStringLiteral(". \"$1\"; exec \"$2\""), shell,
            root.outside(text), session};
    }
    return {shell, QStringLiteral("-c"), QStringLiteral("\"$1\" --ask-first; \"$1\" --clean; exec \"$2\""),
        shell, root.outside(gateProgram()), session};
}

void readEvents(const QString &path, qint64 startedMs, Trial &trial)
{
    trial.events.clear();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return;
    }
    for (const QByteArray &line : file.readAll().split('\n')) {
        const QJsonObject event = QJsonDocument::fromJson(line).object();
        const QString kind = event.value(QStringLiteral("kind")).toString();
        const qint64 afterMs = event.value(QStringLiteral("at_ms")).toInteger() - startedMs;
        if (kind == QLatin1String("covered") && !trial.coveredMs) {
            trial.coveredMs = afterMs;
        } else if (kind == QLatin1String("asking") && !trial.askingMs) {
            trial.askingMs = afterMs;
        }
        if (!kind.isEmpty()) {
            trial.events.append(kind);
        }
    }
}

/** Starts the hook, waits for the question, ends the gate unanswered, and waits for the session. */
Trial tryHook(const QStringList &command, const QProcessEnvironment &environment, const QString &marker)
{
    const QString events
        = environment.value(QStringLiteral("XDG_DATA_HOME")) + QStringLiteral("/qingfeng/gate-events.jsonl");
    QProcess hook;
    hook.setProcessEnvironment(environment);
    hook.setStandardInputFile(QProcess::nullDevice());
    hook.setStandardOutputFile(QProcess::nullDevice());
    hook.setStandardErrorFile(QProcess::nullDevice());
    Trial trial;
    const qint64 startedMs = QDateTime::currentMSecsSinceEpoch();
    QElapsedTimer clock;
    clock.start();
    hook.start(command.first(), command.mid(1));
    if (!hook.waitForStarted()) {
        return trial;
    }
    const auto hasEnded = [&] { return hook.waitForFinished(0) || hook.state() == QProcess::NotRunning; };
    while (!trial.askingMs && !QFileInfo::exists(marker) && clock.elapsed() < askLimitMs && !hasEnded()) {
        std::this_thread::sleep_for(lookEvery);
        readEvents(events, startedMs, trial);
    }
    if (!QFileInfo::exists(marker)) {
        trial.endedMs = clock.elapsed();
        killGate(pid_t(hook.processId()));
    }
    const qint64 limitMs = clock.elapsed() + sessionLimitMs;
    while (!QFileInfo::exists(marker) && clock.elapsed() < limitMs && !hasEnded()) {
        std::this_thread::sleep_for(lookEvery);
    }
    if (QFileInfo::exists(marker)) {
        trial.sessionMs = clock.elapsed();
    }
    readEvents(events, startedMs, trial);
    hook.waitForFinished(1000);
    hook.kill();
    hook.waitForFinished(1000);
    return trial;
}

bool isGateRunningHere(const Root &root)
{
    QProcess probe;
    probe.start(root.outside(gateProgram()), {QStringLiteral("--probe")});
    probe.waitForFinished(10'000);
    return QJsonDocument::fromJson(probe.readAllStandardOutput())[QStringLiteral("gate_running")].toBool();
}

/** The hook that is to be tried: the best of those that are installed, unless one is named. */
Result<QString> hookToTry(const Root &root, const TrialOptions &options)
{
    if (!options.hook.empty()) {
        return QString::fromStdString(options.hook);
    }
    const auto journal = readJournal(root);
    if (!journal) {
        return journal.error();
    }
    for (const QString &hook : hookNames) {
        if (std::ranges::find(journal->entries, hook, &JournalEntry::hook) != journal->entries.end()) {
            return hook;
        }
    }
    return Error(ErrorCode::NotFound, QStringLiteral("请先运行 gate install，或用 --hook 指明要试的入口"),
        QStringLiteral("已安装的入口"));
}

/** Why it cannot be tried here, or nothing. */
QString obstacle(const Root &root, const QString &hook, bool here)
{
    const bool cage = hook == QLatin1String("cage");
    const QString program = commandOf(root, hook, {}).first();
    if (!QFileInfo(program).isExecutable() || !root.isExecutable(gateProgram())) {
        return QStringLiteral("没有找到 %1 或 %2，请先安装清风程序。")
            .arg(program, root.outside(gateProgram()));
    }
    if (cage && ::geteuid() == 0) {
        return QStringLiteral("cage 不以 root 运行，请以普通用户运行 gate test。");
    }
    if (cage && !lookAt(root).canAskBeforeWayland()) {
        return QStringLiteral("cage 和 xwayland 没有装齐。");
    }
    if (here && qEnvironmentVariableIsEmpty("DISPLAY")) {
        return QStringLiteral("这里没有 X11 显示器；不加 --here 就在独立的虚拟显示器上试。");
    }
    if (here && isGateRunningHere(root)) {
        return QStringLiteral(
            "会话门正在这个显示器上运行，请先答完题；不加 --here 就在独立的虚拟显示器上试。");
    }
    if (!here && !cage && QStandardPaths::findExecutable(QStringLiteral("Xvfb")).isEmpty()) {
        return QStringLiteral(
            "没有装 Xvfb（软件包 xvfb）；请装上它，或在图形桌面里加 --here，屏幕会短暂被遮住。");
    }
    return {};
}

QJsonValue orNull(const std::optional<qint64> &ms)
{
    return ms ? QJsonValue(*ms) : QJsonValue();
}

void printTrial(const Trial &trial, const QString &hook)
{
    if (trial.coveredMs) {
        print(QStringLiteral("启动后 %1 毫秒遮住屏幕。").arg(*trial.coveredMs));
    } else {
        print(QStringLiteral("没有遮住屏幕。"));
    }
    if (trial.askingMs) {
        print(QStringLiteral("启动后 %1 毫秒出题。").arg(*trial.askingMs));
    } else if (trial.events.contains(QStringLiteral("passed"))) {
        print(QStringLiteral("按策略今天不出题，会话门随即放行；出题这一步没有试到，请在出题日再试。"));
    } else {
        print(QStringLiteral("没有出题。请运行 qingfengctl gate probe 查看原因。"));
    }
    if (hook == QLatin1String("wrapper") || hook == QLatin1String("xsession")
        || hook == QLatin1String("cage")) {
        print(trial.sessionMs ? QStringLiteral("会话门结束后，会话命令已启动：是。")
                              : QStringLiteral("会话命令没有启动。请运行 qingfengctl gate remove "
                                               "撤销入口，并把上面的输出交给维护人员。"));
    }
    if (!trial.events.isEmpty()) {
        print(QStringLiteral("经过：%1").arg(trial.events.join(QStringLiteral("、"))));
    }
}

int testGate(const Common &common, const TrialOptions &options)
{
    const QString folder = QString::fromStdString(options.root);
    if (!QFileInfo(folder).isDir()) {
        return fail(common,
            Error(ErrorCode::InvalidArgument, QStringLiteral("no such folder"),
                QStringLiteral("--root ") + folder));
    }
    const Root root(folder);
    const auto hook = hookToTry(root, options);
    if (!hook) {
        return fail(common, hook.error());
    }
    if (const QString words = obstacle(root, *hook, options.here); !words.isEmpty()) {
        if (common.json) {
            return fail(common, Error(ErrorCode::Unavailable, words, *hook));
        }
        std::fputs(words.toUtf8().append('\n').constData(), stderr);
        return False;
    }
    const bool cage = *hook == QLatin1String("cage");
    const QTemporaryDir own;
    const QString marker = own.filePath(QStringLiteral("session-started"));
    const QString session = own.filePath(QStringLiteral("session"));
    QFile script(session);
    if (!own.isValid() || !script.open(QIODevice::WriteOnly)
        || script.write("#!/bin/sh\n: >'" + QFile::encodeName(marker) + "'\n") < 0) {
        return fail(common, Error(ErrorCode::Io, script.errorString(), session));
    }
    script.close();
    script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);

    ::prctl(PR_SET_CHILD_SUBREAPER,
        1); // whatever the hook leaves behind comes to this process, and is ended with it
    const auto display = options.here || cage ? nullptr : std::make_unique<PrivateDisplay>();
    if (display && display->name().isEmpty()) {
        return fail(
            common, Error(ErrorCode::Unavailable, QStringLiteral("Xvfb does not start"), hookTitle(*hook)));
    }
    const QString name = display ? display->name()
        : options.here           ? qEnvironmentVariable("DISPLAY")
                                 : QString();
    const Trial trial = tryHook(
        commandOf(root, *hook, session), privateEnvironment(own.path(), cage ? QString() : name), marker);
    killDescendants(::getpid(), display ? display->pid() : 0);
    if (options.here) { // whatever came, no curtain stays
        QProcess::execute(root.outside(gateProgram()), {QStringLiteral("--clean")});
    }

    const bool good = trial.coveredMs && trial.askingMs && trial.sessionMs;
    if (common.json) {
        print(QJsonObject{{QStringLiteral("hook"), *hook},
            {QStringLiteral("covered_ms"), orNull(trial.coveredMs)},
            {QStringLiteral("asking_ms"), orNull(trial.askingMs)},
            {QStringLiteral("ended_ms"), orNull(trial.endedMs)},
            {QStringLiteral("session_ms"), orNull(trial.sessionMs)},
            {QStringLiteral("events"), QJsonArray::fromStringList(trial.events)},
            {QStringLiteral("works"), good}});
    } else {
        print(options.here
                ? QStringLiteral("在这个显示器上试了入口「%1」，题目没有作答，也没有记入档案。")
                      .arg(hookTitle(*hook))
                : QStringLiteral("在独立的虚拟显示器上试了入口「%1」，题目没有作答，也没有记入档案。")
                      .arg(hookTitle(*hook)));
        printTrial(trial, *hook);
    }
    return good ? True : False;
}

} // namespace

void addGateTestCommand(CLI::App &app, const Common &common, Action &action)
{
    const auto options = std::make_shared<TrialOptions>();
    auto *test = app.get_subcommand("gate")->add_subcommand(
        "test", "试一次入口：遮住、出题、不作答即结束、会话照常启动；不记入档案");
    std::set<std::string> names;
    for (const QString &name : hookNames) {
        names.insert(name.toStdString());
    }
    test->add_option("--hook", options->hook, "要试的入口；默认为已安装的最好的一个")
        ->check(CLI::IsMember(names));
    test->add_option("--root", options->root, "系统所在的目录；默认 /");
    test->add_flag("--here", options->here, "在当前的 X11 显示器上试，屏幕会短暂被遮住");
    test->callback(
        [&common, &action, options] { action = [&common, options] { return testGate(common, *options); }; });
}

} // namespace qingfeng::ctl
