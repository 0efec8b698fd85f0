#include "app/gate/supervisor/ask_first.h"

#include "app/gate/supervisor/child.h"
#include "app/gate/supervisor/environment.h"

#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace qingfeng::gate {

namespace {

constexpr int answerMs = 2000;

bool endsInTime(pid_t pid)
{
    const UniqueFd fd(int(::syscall(SYS_pidfd_open, pid, 0))); // glibc 2.36 declares it for C alone
    pollfd ended{fd.get(), POLLIN, 0};
    return fd && ::poll(&ended, 1, answerMs) == 1;
}

} // namespace

bool isNothingDue(const GateOptions &options)
{
    std::vector<std::string> arguments = options.uiArguments;
    arguments.emplace_back("--due");
    const pid_t pid = startProgram(
        options.uiPath, arguments, uiEnvironment(ownEnvironment(), options.display), UniqueFd());
    if (pid < 0) {
        return false;
    }
    const bool inTime = endsInTime(pid);
    if (!inTime) {
        killGroup(pid, SIGKILL);
    }
    int status = 0;
    return ::waitpid(pid, &status, 0) == pid && inTime && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace qingfeng::gate
