#pragma once

#include <QtGlobal>

#include <functional>

namespace qingfeng {

/**
 * Time to answer, in ms: runs from start() to stop(), less the spans between pause() and resume() (the window
 * was not active). The clock is monotonic and given, so that a test moves it.
 */
class ResponseTimer
{
public:
    using MonotonicMs = std::function<qint64()>;
    explicit ResponseTimer(MonotonicMs now = steadyMs());

    void start();
    void pause();
    void resume();
    void stop();
    bool isRunning() const { return m_running && !m_paused; }
    qint64 elapsedMs() const;

    /** The system's monotonic clock. */
    static MonotonicMs steadyMs();

private:
    MonotonicMs m_now;
    qint64 m_counted = 0;
    qint64 m_since = 0;
    bool m_running = false;
    bool m_paused = false;
};

} // namespace qingfeng
