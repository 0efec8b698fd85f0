#include "app/ctl/ui_trial.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

namespace qingfeng::ctl {
namespace {

constexpr qint64 limitMs = 15'000;
constexpr int childDescriptor = 200; // beyond those that QProcess uses between fork and exec

QProcessEnvironment environment(const QString &folder, const QString &platform)
{
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys()) {
        if (name.startsWith(QLatin1String("QT_")) || name.startsWith(QLatin1String("LD_"))) {
            environment.remove(name);
        }
    }
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), platform);
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("disabled:"));
    environment.insert(
        QStringLiteral("XDG_RUNTIME_DIR"), folder); // no stand-in store of a session is touched
    return environment;
}

/** The end of a line of the gate's protocol that this program plays. */
class Line
{
public:
    Line()
    {
        int ends[2] = {-1, -1};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0) {
            m_ours = ends[0];
            m_theirs = ends[1];
        }
    }
    ~Line()
    {
        closeTheirs();
        if (m_ours >= 0) {
            ::close(m_ours);
        }
    }
    Line(const Line &) = delete;
    Line &operator=(const Line &) = delete;

    bool isOpen() const { return m_ours >= 0; }
    int theirs() const { return m_theirs; }
    void closeTheirs()
    {
        if (m_theirs >= 0) {
            ::close(m_theirs);
            m_theirs = -1;
        }
    }
    void send(const QByteArray &line)
    {
        const QByteArray whole = line + '\n';
        (void)!::send(m_ours, whole.constData(), size_t(whole.size()), MSG_NOSIGNAL);
    }
    /** The next whole lines; nothing within the time, or at the end. */
    QList<QByteArray> receive(int timeoutMs)
    {
        pollfd waiting{m_ours, POLLIN, 0};
        char bytes[4096];
        if (::poll(&waiting, 1, timeoutMs) > 0) {
            const ssize_t count = ::recv(m_ours, bytes, sizeof bytes, 0);
            m_isEnded = count <= 0;
            m_partial.append(bytes, std::max<ssize_t>(count, 0));
        }
        QList<QByteArray> lines = m_partial.split('\n');
        m_partial = lines.takeLast();
        return lines;
    }
    bool isEnded() const { return m_isEnded; }

private:
    int m_ours = -1;
    int m_theirs = -1;
    bool m_isEnded = false;
    QByteArray m_partial;
};

void listen(Line &line, QProcess &ui, UiTrial &trial)
{
    QElapsedTimer clock;
    clock.start();
    line.send("hello 1 " + QByteArray(64, '0'));
    line.send("geometry 0 0 1366 768 0 0 1366 768");
    while (trial.readyMs < 0 && clock.elapsed() < limitMs && !line.isEnded()) {
        for (const QByteArray &said : line.receive(100)) {
            if (said == "ready") {
                trial.readyMs = clock.elapsed();
            } else if (said.startsWith("event ") || said.startsWith("unable ")) {
                trial.faults.append(QString::fromUtf8(said.mid(said.indexOf(' ') + 1)));
            }
        }
        ui.waitForFinished(0);
    }
}

} // namespace

Result<UiTrial> tryUi(const QString &program, const QString &bankFolder, const QString &display)
{
    const QTemporaryDir folder;
    Line line;
    if (!folder.isValid() || !line.isOpen()) {
        return Error(ErrorCode::Io, QStringLiteral("no temporary folder"), folder.path());
    }
    // The same packages and trust as the person's own; everything else begins empty.
    QFile::link(bankFolder, folder.filePath(QStringLiteral("bank")));
    QFile::copy(QFileInfo(bankFolder).dir().filePath(QStringLiteral("device.json")),
        folder.filePath(QStringLiteral("device.json")));
    QDir(folder.path()).mkdir(QStringLiteral("config"));

    UiTrial trial;
    QProcess ui;
    ui.setProcessEnvironment(environment(folder.path(), QStringLiteral("offscreen")));
    ui.setStandardOutputFile(QProcess::nullDevice());
    ui.setStandardErrorFile(QProcess::nullDevice());
    ui.setChildProcessModifier([socket = line.theirs()] { ::dup2(socket, childDescriptor); });
    ui.start(program,
        {QStringLiteral("--gate-fd"), QString::number(childDescriptor), QStringLiteral("--data"),
            folder.path(), QStringLiteral("--confdir"), folder.filePath(QStringLiteral("config"))});
    if (!ui.waitForStarted()) {
        return Error(ErrorCode::Unavailable, ui.errorString(), program);
    }
    line.closeTheirs();
    listen(line, ui, trial);
    ui.kill();
    ui.waitForFinished(1000);

    if (!display.isEmpty()) {
        QProcess onX11;
        auto variables = environment(folder.path(), QStringLiteral("xcb"));
        variables.insert(QStringLiteral("DISPLAY"), display);
        onX11.setProcessEnvironment(variables);
        onX11.setStandardOutputFile(QProcess::nullDevice());
        onX11.setStandardErrorFile(QProcess::nullDevice());
        onX11.start(program, {QStringLiteral("--debug-info"), QStringLiteral("--data"), folder.path()});
        trial.startsOnX11 = onX11.waitForFinished(int(limitMs)) && onX11.exitStatus() == QProcess::NormalExit
            && onX11.exitCode() == 0;
        onX11.kill();
        onX11.waitForFinished(1000);
    }
    return trial;
}

} // namespace qingfeng::ctl
