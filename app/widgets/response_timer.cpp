#include "app/widgets/response_timer.h"

#include <memory>

#include <QElapsedTimer>

namespace qingfeng {

ResponseTimer::ResponseTimer(MonotonicMs now)
    : m_now(std::move(now))
{
}

void ResponseTimer::start()
{
    m_counted = 0;
    m_since = m_now();
    m_running = true;
    m_paused = false;
}

void ResponseTimer::pause()
{
    if (isRunning()) {
        m_counted += m_now() - m_since;
        m_paused = true;
    }
}

void ResponseTimer::resume()
{
    if (m_running && m_paused) {
        m_since = m_now();
        m_paused = false;
    }
}

void ResponseTimer::stop()
{
    pause();
    m_running = false;
}

qint64 ResponseTimer::elapsedMs() const
{
    return m_counted + (isRunning() ? m_now() - m_since : 0);
}

ResponseTimer::MonotonicMs ResponseTimer::steadyMs()
{
    auto timer = std::make_shared<QElapsedTimer>();
    timer->start();
    return [timer] { return timer->elapsed(); };
}

} // namespace qingfeng
