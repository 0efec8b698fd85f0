#include "app/gate/supervisor/holder_link.h"

#include "app/gate/holder/holder.h"
#include "app/gate/supervisor/child.h"

#include <csignal>

namespace qingfeng::gate {

namespace {

constexpr std::int64_t beatEveryMs = 250;
constexpr std::int64_t holderSilentMs = 1500;

} // namespace

bool HolderLink::start(bool successor, std::int64_t nowMs)
{
    kill();
    forget();
    auto [ours, theirs] = socketPair();
    if (!ours) {
        return false;
    }
    const HolderOptions options{m_options.display, successor, m_options.deadlines.countdownMs};
    m_pid = forkWorker(theirs,
        [&options](UniqueFd socket) { return int(Holder(options, LineChannel(std::move(socket))).run()); });
    m_channel = LineChannel(std::move(ours));
    m_startedMs = nowMs;
    m_pongMs = nowMs;
    m_nextBeatMs = nowMs + beatEveryMs;
    return isRunning();
}

void HolderLink::noteCovered(std::int64_t nowMs)
{
    m_covered = true;
    m_pongMs = nowMs;
}

void HolderLink::beat(std::int64_t nowMs)
{
    if (isRunning() && nowMs >= m_nextBeatMs) {
        m_channel.send("ping " + std::to_string(++m_pings));
        m_nextBeatMs = nowMs + beatEveryMs;
    }
}

bool HolderLink::isHung(std::int64_t nowMs) const
{
    if (!isRunning()) {
        return false;
    }
    return m_covered ? nowMs - m_pongMs > holderSilentMs : nowMs - m_startedMs > m_options.deadlines.coverMs;
}

void HolderLink::kill()
{
    killGroup(m_pid, SIGKILL);
}

void HolderLink::forget()
{
    m_pid = -1;
    m_covered = false;
    m_channel = LineChannel();
}

} // namespace qingfeng::gate
