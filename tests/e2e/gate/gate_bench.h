#pragma once

#include "tests/e2e/gate/x_client.h"
#include "tests/e2e/gate/x_server.h"

#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

constexpr std::uint32_t curtainColour = 0xf7f5f0;
constexpr std::uint32_t uiColour = 0x1e6f68;
constexpr std::uint32_t desktopColour = 0xcc0000;
constexpr std::uint32_t intruderColour = 0xff00ff;

/** One gate on one server, with a folder of its own for everything it writes. */
class GateBench
{
public:
    explicit GateBench(XServer &server);
    ~GateBench();

    /** Starts the gate with the tests' UI in a mode; more arguments go to the gate. */
    void start(const QString &mode, const QStringList &gateArguments = {});
    /** Starts it with another UI program. */
    void startWithUi(
        const QString &uiPath, const QStringList &uiArguments = {}, const QStringList &gateArguments = {});
    /** Runs the gate's program beside the one that holds, to its end; its output. */
    QString runBeside(const QStringList &arguments, int *exitStatus = nullptr);
    void command(const QString &word);

    /** Presses keys, as xdotool names them, one after another. */
    void press(const QStringList &keys);

    bool waitForColour(std::uint32_t colour, int timeoutMs = 8000);
    bool waitForEvent(const QString &kind, int count = 1, int timeoutMs = 8000);
    int countEvents(const QString &kind) const;
    /** The detail of the newest event of a kind. */
    QString detailOf(const QString &kind) const;
    /** Lines of a file of the gate's data folder, or of the bench's own folder where that has none. */
    QList<QByteArray> linesOf(const QString &name) const;
    QStringList events() const;
    bool waitForEnd(int timeoutMs = 15000);
    int exitStatus() const { return m_gate.exitCode(); }
    bool isClosed() const { return m_gate.state() == QProcess::Running; }
    /** True if every point of the screen has one of these colours. */
    bool showsOnly(const std::vector<std::uint32_t> &colours) const;

    qint64 warden() const { return m_gate.processId(); }
    qint64 supervisor() const;
    qint64 holder() const;
    qint64 ui() const;
    QStringList uiStarts() const;
    XClient &desktop() { return *m_desktop; }
    QString folder() const { return m_folder.path(); }

private:
    void startProgram(const QStringList &arguments);
    QProcessEnvironment environment() const;

    XServer &m_server;
    QTemporaryDir m_folder;
    std::unique_ptr<XClient> m_desktop;
    QProcess m_gate;
};

/** The children of a process that run a program of this file name. */
QList<qint64> childrenRunning(qint64 parent, const QString &programName);

/** Ends one process at once. */
void killNow(qint64 pid, int signal = 9);
