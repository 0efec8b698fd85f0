#pragma once

#include "app/gate/core/line_channel.h"
#include "app/gate/core/token.h"
#include "app/gate/supervisor/gate_options.h"

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace qingfeng::gate {

/** The running UI: its process, its socket and its heartbeat. */
class UiLink
{
public:
    UiLink(const GateOptions &options, const Secret &secret)
        : m_options(options)
        , m_secret(secret)
    {
    }
    ~UiLink();
    UiLink(const UiLink &) = delete;
    UiLink &operator=(const UiLink &) = delete;

    /** Starts the UI and greets it. False if no process could be made. */
    bool start(bool safe, std::int64_t nowMs);
    bool isRunning() const { return m_pid > 0; }
    pid_t pid() const { return m_pid; }
    int fd() const { return m_channel.isOpen() ? m_channel.fd() : -1; }

    void sendGeometry(const Geometry &geometry);
    void sendReleased();
    void send(std::string_view line) { m_channel.send(line); }
    void receive() { m_channel.receive(); }
    /** The next line that means something; others are counted. */
    std::optional<UiMessage> take();
    std::size_t malformedLines() const { return m_malformed + m_channel.droppedLines(); }

    /** Sends a ping when one is due. */
    void beat(std::int64_t nowMs);
    std::int64_t nextBeatMs() const { return m_nextBeatMs; }
    void notePong(std::uint64_t number);
    /** Counts from here: before its question stands the UI need not answer. */
    void expectAnswers() { m_answered = m_pings; }
    /** More pings in a row unanswered than allowed. */
    bool isHung() const { return m_pings - m_answered > std::uint64_t(m_options.deadlines.heartbeatMisses); }

    std::uint32_t window() const { return m_window; }
    void setWindow(std::uint32_t xid) { m_window = xid; }

    void signal(int number) const;
    /** Forgets the process, which has ended or been killed, and takes what is left of its group with it. */
    void forget();

private:
    const GateOptions &m_options;
    const Secret &m_secret;
    LineChannel m_channel;
    pid_t m_pid = -1;
    std::uint32_t m_window = 0;
    std::size_t m_malformed = 0;
    std::uint64_t m_pings = 0;
    std::uint64_t m_answered = 0;
    std::int64_t m_nextBeatMs = 0;
};

} // namespace qingfeng::gate
