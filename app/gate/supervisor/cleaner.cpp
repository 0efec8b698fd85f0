#include "app/gate/supervisor/cleaner.h"

#include "app/gate/core/clocks.h"
#include "app/gate/supervisor/child.h"
#include "app/gate/x11/connection.h"
#include "app/gate/x11/ownership.h"

#include <poll.h>
#include <sys/wait.h>

#include <csignal>

namespace qingfeng::gate {

namespace {

constexpr std::int64_t deadlineMs = 3000;
constexpr int betweenLooksMs = 10;

void pauseMs(int length)
{
    ::poll(nullptr, 0, length);
}

int removeCurtains(const std::string &display, Clean what)
{
    const Connection connection(display);
    if (connection.reach() != Reach::Connected) {
        return 0;
    }
    const Ownership ownership(connection);
    if (what == Clean::DeadGates && ownership.isHeld()) {
        return 0;
    }
    while (ownership.removeOthers() > 0) {
        pauseMs(betweenLooksMs);
    }
    return 0;
}

} // namespace

void clean(const std::string &display, Clean what)
{
    const UniqueFd nothing;
    const pid_t pid = forkWorker(nothing, [&](UniqueFd) { return removeCurtains(display, what); });
    const std::int64_t until = monotonicMs() + deadlineMs;
    while (pid > 0 && ::waitpid(pid, nullptr, WNOHANG) == 0) {
        if (monotonicMs() >= until) {
            killGroup(pid, SIGKILL);
            ::waitpid(pid, nullptr, 0);
            return;
        }
        pauseMs(betweenLooksMs);
    }
}

} // namespace qingfeng::gate
