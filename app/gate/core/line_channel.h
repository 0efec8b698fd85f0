#pragma once

#include "app/gate/core/protocol.h"
#include "app/gate/core/unique_fd.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace qingfeng::gate {

/**
 * One end of a socket that carries lines. It never blocks: what the other end does not read in time is
 * dropped, for a hung peer must not hang this one.
 */
class LineChannel
{
public:
    LineChannel() = default;
    explicit LineChannel(UniqueFd fd);

    int fd() const { return m_fd.get(); }
    bool isOpen() const { return bool(m_fd) && !m_ended; }
    void send(std::string_view line);
    /** Reads what has come, at most 64 KiB at a time; isOpen() turns false at the end of the stream. */
    void receive();
    std::optional<std::string> take() { return m_lines.take(); }
    std::size_t droppedLines() const { return m_lines.dropped(); }
    void close();

private:
    UniqueFd m_fd;
    LineBuffer m_lines;
    bool m_ended = false;
};

/** Two connected ends, closed on exec; both empty if the system has no more descriptors. */
std::pair<UniqueFd, UniqueFd> socketPair();

} // namespace qingfeng::gate
