#pragma once

#include "app/gate/core/line_channel.h"
#include "app/gate/supervisor/gate_options.h"

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace qingfeng::gate {

/** The running holder: its process, its socket and its heartbeat. */
class HolderLink
{
public:
    explicit HolderLink(const GateOptions &options)
        : m_options(options)
    {
    }

    /** Starts a holder; one that still runs is killed, and its windows stand until the new one removes them.
     */
    bool start(bool successor, std::int64_t nowMs);
    bool isRunning() const { return m_pid > 0; }
    pid_t pid() const { return m_pid; }
    int fd() const { return m_channel.isOpen() ? m_channel.fd() : -1; }
    std::int64_t startedMs() const { return m_startedMs; }
    bool hasCovered() const { return m_covered; }
    void noteCovered(std::int64_t nowMs);

    void send(std::string_view line) { m_channel.send(line); }
    void receive() { m_channel.receive(); }
    std::optional<std::string> take() { return m_channel.take(); }

    void beat(std::int64_t nowMs);
    void notePong(std::int64_t nowMs) { m_pongMs = nowMs; }
    /** When to look again: the next ping. */
    std::int64_t nextBeatMs() const { return m_nextBeatMs; }
    /** Silent for too long, or not covering within its deadline. */
    bool isHung(std::int64_t nowMs) const;

    void kill();
    void forget();

private:
    const GateOptions &m_options;
    LineChannel m_channel;
    pid_t m_pid = -1;
    bool m_covered = false;
    std::int64_t m_startedMs = 0;
    std::int64_t m_pongMs = 0;
    std::int64_t m_nextBeatMs = 0;
    std::uint32_t m_pings = 0;
};

} // namespace qingfeng::gate
