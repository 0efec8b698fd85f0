#include "app/gate/supervisor/ui_link.h"

#include "app/gate/supervisor/child.h"
#include "app/gate/supervisor/environment.h"

#include <algorithm>
#include <csignal>

namespace qingfeng::gate {

UiLink::~UiLink()
{
    forget();
}

bool UiLink::start(bool safe, std::int64_t nowMs)
{
    forget();
    auto [ours, theirs] = socketPair();
    if (!ours) {
        return false;
    }
    std::vector<std::string> arguments = m_options.uiArguments;
    arguments.insert(arguments.end(), {"--gate-fd", "3"});
    if (safe) {
        arguments.emplace_back("--safe");
    }
    m_pid = startProgram(
        m_options.uiPath, arguments, uiEnvironment(ownEnvironment(), m_options.display), theirs);
    m_channel = LineChannel(std::move(ours));
    m_channel.send(helloLine(m_secret));
    m_nextBeatMs = nowMs + m_options.deadlines.heartbeatMs;
    return m_pid > 0;
}

void UiLink::sendGeometry(const Geometry &geometry)
{
    m_channel.send(geometryLine(geometry));
}

void UiLink::sendReleased()
{
    m_channel.send(releasedLine);
}

std::optional<UiMessage> UiLink::take()
{
    while (const auto line = m_channel.take()) {
        if (auto message = parseUiLine(*line)) {
            return message;
        }
        ++m_malformed;
    }
    return std::nullopt;
}

void UiLink::beat(std::int64_t nowMs)
{
    if (isRunning() && nowMs >= m_nextBeatMs) {
        m_channel.send(pingLine(++m_pings));
        m_nextBeatMs = nowMs + m_options.deadlines.heartbeatMs;
    }
}

void UiLink::notePong(std::uint64_t number)
{
    if (number <= m_pings) {
        m_answered = std::max(m_answered, number);
    }
}

void UiLink::signal(int number) const
{
    killGroup(m_pid, number);
}

void UiLink::forget()
{
    killGroup(m_pid, SIGKILL);
    m_pid = -1;
    m_window = 0;
    m_pings = 0;
    m_answered = 0;
    m_malformed += m_channel.droppedLines();
    m_channel = LineChannel();
}

} // namespace qingfeng::gate
