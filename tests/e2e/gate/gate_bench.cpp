#include "tests/e2e/gate/gate_bench.h"

#include <QDebug>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QTest>

#include <algorithm>
#include <csignal>

namespace {

QString gateProgram()
{
    return qEnvironmentVariable("QF_BIN_DIR") + QStringLiteral("/qingfeng-gate");
}

QString programOf(qint64 pid)
{
    return QFile::symLinkTarget(QStringLiteral("/proc/%1/exe").arg(pid));
}

QList<qint64> childrenOf(qint64 pid)
{
    QList<qint64> children;
    QFile file(QStringLiteral("/proc/%1/task/%1/children").arg(pid));
    if (pid > 0 && file.open(QIODevice::ReadOnly)) {
        for (const QByteArray &word : file.readAll().simplified().split(' ')) {
            if (!word.isEmpty()) {
                children << word.toLongLong();
            }
        }
    }
    return children;
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/** A process that has ended but is not reaped yet has no program any more. */
bool isAlive(qint64 pid)
{
    return pid > 1 && !programOf(pid).isEmpty();
}

} // namespace

QList<qint64> childrenRunning(qint64 parent, const QString &programName)
{
    QList<qint64> found = childrenOf(parent);
    found.removeIf([&](qint64 pid) { return QFileInfo(programOf(pid)).fileName() != programName; });
    return found;
}

void killNow(qint64 pid, int signal)
{
    if (pid > 1) {
        ::kill(pid_t(pid), signal);
    }
}

GateBench::GateBench(XServer &server)
    : m_server(server)
    , m_desktop(std::make_unique<XClient>(server.display()))
{
    m_desktop->paintRoot(desktopColour);
    QFile config(m_folder.filePath(QStringLiteral("gate.conf")));
    if (config.open(QIODevice::WriteOnly)) {
        config.write(
            "countdown_ms=5000\nfault_limit_ms=12000\nui_start_ms=2000\nheartbeat_ms=100\nrelease_ms=1000\n");
    }
    config.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

GateBench::~GateBench()
{
    if (m_gate.state() != QProcess::NotRunning) {
        // From the outermost inwards, so that nothing is started again.
        const QList<qint64> pids{warden(), supervisor(), holder(), ui()};
        for (const qint64 pid : pids) {
            killNow(pid);
        }
        m_gate.waitForFinished(3000);
        // One that is still dying holds the gate's lock, and then nothing would be cleaned.
        QTest::qWaitFor([&] { return std::ranges::none_of(pids, isAlive); }, 3000);
        runBeside({QStringLiteral("--clean")});
    }
}

QProcessEnvironment GateBench::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), m_server.display());
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_folder.path());
    environment.insert(QStringLiteral("XDG_DATA_HOME"), m_folder.path());
    return environment;
}

void GateBench::startProgram(const QStringList &arguments)
{
    m_gate.setProcessEnvironment(environment());
    m_gate.setStandardOutputFile(m_folder.filePath(QStringLiteral("output")));
    m_gate.setStandardErrorFile(m_folder.filePath(QStringLiteral("errors")));
    m_gate.start(gateProgram(),
        QStringList{QStringLiteral("--config"), m_folder.filePath(QStringLiteral("gate.conf"))} + arguments);
    m_gate.waitForStarted();
}

void GateBench::start(const QString &mode, const QStringList &gateArguments)
{
    startProgram(QStringList{QStringLiteral("--ui"), qEnvironmentVariable("QF_GATE_FAKE_UI"),
                     QStringLiteral("--ui-arg"), m_folder.path(), QStringLiteral("--ui-arg"), mode}
        + gateArguments);
}

void GateBench::startWithUi(
    const QString &uiPath, const QStringList &uiArguments, const QStringList &gateArguments)
{
    QStringList arguments{QStringLiteral("--ui"), uiPath};
    for (const QString &argument : uiArguments) {
        arguments << QStringLiteral("--ui-arg") << argument;
    }
    startProgram(arguments + gateArguments);
}

QString GateBench::runBeside(const QStringList &arguments, int *exitStatus)
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.start(gateProgram(), arguments);
    process.waitForFinished(10000);
    if (exitStatus != nullptr) {
        *exitStatus = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    }
    return QString::fromUtf8(process.readAllStandardOutput());
}

void GateBench::command(const QString &word)
{
    // Renamed into place, so that the UI never reads half a word.
    QFile file(m_folder.filePath(QStringLiteral("do.new")));
    if (file.open(QIODevice::WriteOnly)) {
        file.write(word.toUtf8());
        file.close();
        file.rename(m_folder.filePath(QStringLiteral("do")));
    }
}

bool GateBench::showsOnly(const std::vector<std::uint32_t> &colours) const
{
    const auto points = m_server.look();
    return std::ranges::all_of(
        points, [&](std::uint32_t colour) { return std::ranges::find(colours, colour) != colours.end(); });
}

bool GateBench::waitForColour(std::uint32_t colour, int timeoutMs)
{
    const bool seen = QTest::qWaitFor([&] { return showsOnly({colour}); }, timeoutMs);
    if (!seen) {
        QMap<std::uint32_t, int> counts;
        for (const std::uint32_t point : m_server.look()) {
            ++counts[point];
        }
        qInfo() << "waited for" << Qt::hex << colour << "and saw" << counts << events();
    }
    return seen;
}

void GateBench::press(const QStringList &keys)
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.start(QStringLiteral("xdotool"),
        QStringList{QStringLiteral("key"), QStringLiteral("--delay"), QStringLiteral("40")} + keys);
    process.waitForFinished(10000);
}

QList<QByteArray> GateBench::linesOf(const QString &name) const
{
    QByteArray text = contents(m_folder.filePath(QStringLiteral("qingfeng/") + name));
    text += contents(m_folder.filePath(name));
    QList<QByteArray> lines = text.split('\n');
    lines.removeAll(QByteArray());
    return lines;
}

QString GateBench::detailOf(const QString &kind) const
{
    QString detail;
    for (const QByteArray &line : linesOf(QStringLiteral("gate-events.jsonl"))) {
        const QJsonObject event = QJsonDocument::fromJson(line).object();
        if (event.value(QStringLiteral("kind")).toString() == kind) {
            detail = event.value(QStringLiteral("detail")).toString();
        }
    }
    return detail;
}

QStringList GateBench::events() const
{
    QStringList kinds;
    const QByteArray lines = contents(m_folder.filePath(QStringLiteral("qingfeng/gate-events.jsonl")));
    for (const QByteArray &line : lines.split('\n')) {
        if (!line.isEmpty()) {
            kinds << QJsonDocument::fromJson(line).object().value(QStringLiteral("kind")).toString();
        }
    }
    return kinds;
}

int GateBench::countEvents(const QString &kind) const
{
    return int(events().count(kind));
}

bool GateBench::waitForEvent(const QString &kind, int count, int timeoutMs)
{
    return QTest::qWaitFor([&] { return countEvents(kind) >= count; }, timeoutMs);
}

bool GateBench::waitForEnd(int timeoutMs)
{
    return QTest::qWaitFor([&] { return m_gate.state() == QProcess::NotRunning; }, timeoutMs);
}

qint64 GateBench::supervisor() const
{
    for (const qint64 child : childrenOf(warden())) {
        if (!childrenOf(child).isEmpty()) {
            return child; // an orphan holder has none
        }
    }
    return 0;
}

qint64 GateBench::holder() const
{
    return childrenRunning(supervisor(), QStringLiteral("qingfeng-gate")).value(0);
}

qint64 GateBench::ui() const
{
    return childrenRunning(supervisor(), QStringLiteral("qf_gate_fake_ui")).value(0);
}

QStringList GateBench::uiStarts() const
{
    const QString text = QString::fromUtf8(contents(m_folder.filePath(QStringLiteral("ui.pids"))));
    return text.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}
