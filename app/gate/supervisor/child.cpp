#include "app/gate/supervisor/child.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>

namespace qingfeng::gate {

namespace {

constexpr std::array<int, 5> watchedSignals{SIGCHLD, SIGTERM, SIGHUP, SIGINT, SIGQUIT};
constexpr std::array<int, 10> stopSignals{
    SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU, SIGPIPE, SIGUSR1, SIGUSR2};
constexpr int socketFd = 3;

void unblockAll()
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
}

/** The only descriptors left are the standard ones and this one, if there is one, which becomes 3. */
void keepOnly(int fd, int flags)
{
    if (fd < 0) {
        ::close_range(socketFd, ~0U, 0);
        return;
    }
    if (fd != socketFd) {
        ::dup2(fd, socketFd);
    }
    ::fcntl(socketFd, F_SETFD, flags);
    ::close_range(socketFd + 1, ~0U, 0);
}

std::vector<char *> pointersTo(std::vector<std::string> &texts)
{
    std::vector<char *> pointers;
    std::ranges::transform(
        texts, std::back_inserter(pointers), [](std::string &text) { return text.data(); });
    pointers.push_back(nullptr);
    return pointers;
}

} // namespace

void hideFromDebuggers()
{
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

void ignoreStopSignals()
{
    for (const int number : stopSignals) {
        std::signal(number, SIG_IGN);
    }
}

UniqueFd makeSignalFd()
{
    sigset_t set;
    sigemptyset(&set);
    for (const int number : watchedSignals) {
        std::signal(number, SIG_DFL);
        sigaddset(&set, number);
    }
    sigprocmask(SIG_BLOCK, &set, nullptr);
    return UniqueFd(::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC));
}

pid_t forkWorker(const UniqueFd &kept, const std::function<int(UniqueFd)> &body)
{
    const pid_t pid = ::fork();
    if (pid != 0) {
        return pid;
    }
    ::setpgid(0, 0);
    ignoreStopSignals();
    std::signal(SIGCHLD, SIG_DFL);
    unblockAll();
    hideFromDebuggers();
    keepOnly(kept.get(), FD_CLOEXEC);
    ::_exit(body(UniqueFd(kept ? socketFd : -1)));
}

pid_t startProgram(const std::string &path, const std::vector<std::string> &arguments,
    const std::vector<std::string> &environment, const UniqueFd &socket)
{
    std::vector<std::string> texts{path};
    texts.insert(texts.end(), arguments.begin(), arguments.end());
    std::vector<std::string> entries = environment;
    const std::vector<char *> argv = pointersTo(texts);
    const std::vector<char *> envp = pointersTo(entries);
    const pid_t parent = ::getpid();
    const pid_t pid = ::fork();
    if (pid != 0) {
        return pid;
    }
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) {
        ::_exit(127);
    }
    for (const int number : stopSignals) {
        std::signal(number, SIG_DFL);
    }
    unblockAll();
    const int null = ::open("/dev/null", O_RDONLY);
    if (null >= 0 && socket.get() != STDIN_FILENO) {
        ::dup2(null, STDIN_FILENO);
    }
    keepOnly(socket.get(), 0);
    ::execve(path.c_str(), argv.data(), envp.data());
    ::_exit(127);
}

void killGroup(pid_t leader, int signal)
{
    if (leader > 0) {
        ::kill(-leader, signal);
        ::kill(leader, signal);
    }
}

std::string describeStatus(int status)
{
    if (WIFEXITED(status)) {
        return "exit " + std::to_string(WEXITSTATUS(status));
    }
    if (WIFSIGNALED(status)) {
        return "signal " + std::to_string(WTERMSIG(status));
    }
    return "stopped " + std::to_string(WIFSTOPPED(status) ? WSTOPSIG(status) : 0);
}

} // namespace qingfeng::gate
