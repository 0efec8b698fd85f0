#include "app/server/service/failure_limiter.h"

namespace qingfeng::server {
namespace {

constexpr qint64 windowMs = 10 * 60'000;
constexpr qsizetype maxAddresses = 10'000;

} // namespace

FailureLimiter::FailureLimiter(const Clock &clock, int maxFailures)
    : m_clock(clock)
    , m_maxFailures(maxFailures)
{
}

int FailureLimiter::waitSeconds(const QString &address) const
{
    const std::lock_guard lock(m_mutex);
    const Window window = m_windows.value(address);
    const qint64 left = window.beganAtMs + windowMs - m_clock.utcMs();
    return window.failures >= m_maxFailures && left > 0 ? int((left + 999) / 1000) : 0;
}

void FailureLimiter::failed(const QString &address)
{
    const std::lock_guard lock(m_mutex);
    const qint64 now = m_clock.utcMs();
    if (m_windows.size() >= maxAddresses) {
        m_windows.removeIf([now](const auto &entry) { return entry.value().beganAtMs + windowMs <= now; });
    }
    if (m_windows.size() >= maxAddresses) {
        m_windows.clear();
    }
    Window &window = m_windows[address];
    if (window.beganAtMs + windowMs <= now) {
        window = {now, 0};
    }
    ++window.failures;
}

} // namespace qingfeng::server
