#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace qingfeng::server {

/** One thread for what takes seconds (password hashes of an import), so that it delays nobody else. */
class SlowLane
{
public:
    SlowLane();
    /** Finishes what waits. */
    ~SlowLane();
    SlowLane(const SlowLane &) = delete;
    SlowLane &operator=(const SlowLane &) = delete;

    /** False when too much waits already; then @p task is not run. */
    bool post(std::function<void()> task);

private:
    void loop();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_tasks;
    bool m_stopping = false;
    std::thread m_thread; // last: it uses all the others
};

} // namespace qingfeng::server
