#include "app/gate/core/line_channel.h"

#include <fcntl.h>
#include <sys/socket.h>

#include <cerrno>

namespace qingfeng::gate {

LineChannel::LineChannel(UniqueFd fd)
    : m_fd(std::move(fd))
{
    const int flags = ::fcntl(m_fd.get(), F_GETFL);
    ::fcntl(m_fd.get(), F_SETFL, flags | O_NONBLOCK);
}

void LineChannel::send(std::string_view line)
{
    if (!isOpen()) {
        return;
    }
    std::string whole(line);
    whole += '\n';
    // A line goes whole or not at all: it is far smaller than the socket's buffer.
    ::send(m_fd.get(), whole.data(), whole.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

void LineChannel::receive()
{
    char bytes[4096];
    for (int i = 0; i < 16 && isOpen(); ++i) {
        const ssize_t count = ::recv(m_fd.get(), bytes, sizeof bytes, MSG_DONTWAIT);
        if (count > 0) {
            m_lines.append({bytes, std::size_t(count)});
        } else if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
            return;
        } else {
            m_ended = true;
        }
    }
}

void LineChannel::close()
{
    m_fd.reset();
    m_ended = true;
}

std::pair<UniqueFd, UniqueFd> socketPair()
{
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        return {};
    }
    return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

} // namespace qingfeng::gate
