#include "app/ctl/hooks/processes.h"

#include <csignal>
#include <utility>

#include <sys/wait.h>

#include <QFile>
#include <QList>

namespace qingfeng::ctl {
namespace {

QList<pid_t> childrenOf(pid_t pid)
{
    QList<pid_t> children;
    QFile file(QStringLiteral("/proc/%1/task/%1/children").arg(pid));
    if (file.open(QIODevice::ReadOnly)) {
        for (const QByteArray &word : file.readAll().split(' ')) {
            if (const int child = word.trimmed().toInt(); child > 0) {
                children.append(child);
            }
        }
    }
    return children;
}

bool isGate(pid_t pid)
{
    QFile file(QStringLiteral("/proc/%1/comm").arg(pid));
    return file.open(QIODevice::ReadOnly) && file.readAll().trimmed() == "qingfeng-gate";
}

/** Stops what descends from @p pid and is not yet in @p found. @return whether there was any */
bool stopDescendants(pid_t pid, pid_t spared, QList<pid_t> &found)
{
    bool grew = false;
    for (const pid_t child : childrenOf(pid)) {
        if (child == spared) {
            continue;
        }
        if (!found.contains(child)) {
            ::kill(child, SIGSTOP);
            found.append(child);
            grew = true;
        }
        grew = stopDescendants(child, spared, found) || grew;
    }
    return grew;
}

} // namespace

void killDescendants(pid_t pid, pid_t spared)
{
    QList<pid_t> found;
    while (stopDescendants(pid, spared, found)) { }
    for (const pid_t child : std::as_const(found)) {
        ::kill(child, SIGKILL);
    }
    for (const pid_t child : std::as_const(found)) {
        ::waitpid(child, nullptr, WNOHANG);
    }
}

void killGate(pid_t pid)
{
    if (isGate(pid)) {
        ::kill(pid, SIGSTOP);
        killDescendants(pid);
        ::kill(pid, SIGKILL);
        return;
    }
    for (const pid_t child : childrenOf(pid)) {
        killGate(child);
    }
}

} // namespace qingfeng::ctl
