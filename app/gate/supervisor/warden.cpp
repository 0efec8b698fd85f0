#include "app/gate/supervisor/warden.h"

#include "app/gate/core/clocks.h"
#include "app/gate/supervisor/child.h"
#include "app/gate/supervisor/cleaner.h"
#include "app/gate/supervisor/shared_state.h"
#include "app/gate/supervisor/supervisor.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <new>

namespace qingfeng::gate {

namespace {

constexpr int lookEveryMs = 500;
constexpr std::int64_t supervisorSilentMs = 5000;
constexpr int paceMs = 50; // between two starts of a supervisor that does not live

std::string lockPath(const std::string &display)
{
    const char *folder = std::getenv("XDG_RUNTIME_DIR");
    if (folder == nullptr || folder[0] != '/') {
        return {};
    }
    std::string name = display;
    std::ranges::replace_if(
        name, [](char c) { return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '.'); }, '_');
    return std::string(folder) + "/qingfeng-gate" + name + ".lock";
}

struct Lock
{
    UniqueFd fd;
    bool elsewhere = false;
};

/** Without a runtime folder there is no lock, and the X selection alone keeps gates apart. */
Lock takeLock(const std::string &display)
{
    const std::string path = lockPath(display);
    Lock lock;
    if (path.empty()) {
        return lock;
    }
    lock.fd.reset(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    lock.elsewhere = bool(lock.fd) && ::flock(lock.fd.get(), LOCK_EX | LOCK_NB) != 0;
    return lock;
}

struct Unmap
{
    void operator()(SharedState *state) const { ::munmap(state, sizeof *state); }
};
using SharedPage = std::unique_ptr<SharedState, Unmap>;

SharedPage makeSharedPage()
{
    void *memory
        = ::mmap(nullptr, sizeof(SharedState), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return SharedPage(memory == MAP_FAILED ? nullptr : new (memory) SharedState);
}

class Warden
{
public:
    Warden(const GateOptions &options, const EventLog &events, const UniqueFd &lock, SharedState &shared)
        : m_options(options)
        , m_events(events)
        , m_lock(lock)
        , m_shared(shared)
        , m_signals(makeSignalFd())
    {
    }

    void run()
    {
        bool resumed = false;
        while (!superviseOnce(resumed)) {
            resumed = true;
            ::poll(nullptr, 0, paceMs);
            Machine machine(m_options.deadlines, m_shared.ledger);
            machine.account(monotonicMs());
            if (machine.limitReached()) {
                m_events.record("fail-open", "supervisor lost too long");
                return;
            }
        }
    }

private:
    /** True when a supervisor has ended as it should. */
    bool superviseOnce(bool resumed)
    {
        m_shared.beatMs = monotonicMs();
        const pid_t warden = ::getpid();
        const pid_t pid = forkWorker(m_lock, [&](UniqueFd) {
            Supervisor(m_options, m_events, m_shared, resumed).run();
            if (::getppid() != warden && !m_shared.heldElsewhere) {
                clean(m_options.display, Clean::Everything); // nobody else is left to do it
            }
            if (::getppid() == warden) {
                ::kill(warden, SIGCONT); // in case it was stopped: it must see that this is over
            }
            return 0;
        });
        if (pid < 0) {
            m_events.record("supervisor-restart", "no process");
            return false;
        }
        while (true) {
            pollfd waiting{m_signals.get(), POLLIN, 0};
            ::poll(&waiting, 1, lookEveryMs);
            recordSignals();
            int status = 0;
            if (isEnded(pid, status)) {
                const bool done = WIFEXITED(status) && WEXITSTATUS(status) == 0;
                if (!done) {
                    m_events.record("supervisor-lost", describeStatus(status));
                }
                return done;
            }
            if (monotonicMs() - m_shared.beatMs > supervisorSilentMs) {
                ::kill(pid, SIGKILL);
            }
        }
    }

    /** Reaps whatever has ended, orphans included; a stopped supervisor is killed. */
    bool isEnded(pid_t supervisor, int &status)
    {
        int any = 0;
        pid_t pid = 0;
        while ((pid = ::waitpid(-1, &any, WNOHANG | WUNTRACED)) > 0) {
            if (pid != supervisor) {
                m_shared.holder = pid == m_shared.holder ? -1 : m_shared.holder;
                continue;
            }
            if (WIFSTOPPED(any)) {
                ::kill(pid, SIGKILL);
                continue;
            }
            status = any;
            return true;
        }
        return false;
    }

    void recordSignals()
    {
        signalfd_siginfo info{};
        while (::read(m_signals.get(), &info, sizeof info) == ssize_t(sizeof info)) {
            if (info.ssi_signo != SIGCHLD && m_signalsRecorded < 100) {
                ++m_signalsRecorded;
                m_events.record("signal-ignored", std::to_string(info.ssi_signo));
            }
        }
    }

    const GateOptions &m_options;
    const EventLog &m_events;
    const UniqueFd &m_lock;
    SharedState &m_shared;
    UniqueFd m_signals;
    int m_signalsRecorded = 0;
};

} // namespace

bool isGateRunning(const std::string &display)
{
    return takeLock(display).elsewhere;
}

void runWarden(const GateOptions &options, const EventLog &events)
{
    const Lock lock = takeLock(options.display);
    if (lock.elsewhere) {
        std::puts("清风会话门已在本显示器上运行，本次启动不再重复。");
        return;
    }
    const SharedPage shared = makeSharedPage();
    if (!shared) {
        events.record("fail-open", "no memory");
        return;
    }
    ignoreStopSignals();
    ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    hideFromDebuggers();
    Warden(options, events, lock.fd, *shared).run();
    if (shared->heldElsewhere) {
        std::puts("清风会话门已在本显示器上运行，本次启动不再重复。");
        return;
    }
    killGroup(shared->holder, SIGKILL);
    clean(options.display, Clean::Everything);
}

} // namespace qingfeng::gate
