#pragma once

#include "app/server/event_store/sql/sql.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace qingfeng::server {

/** How much may wait. What would go over is refused at once, so that nobody waits in vain. */
struct WriterBounds
{
    std::size_t maxJobs = 4096;
    qint64 maxBytes = 64 * 1024 * 1024;
    std::size_t jobsPerCommit = 256;
};

/**
 * The one thread that changes the database. It drains the queue: each drain is one transaction (group
 * commit), each job a savepoint within it, so that a job that fails takes none with it.
 */
class Writer
{
public:
    /** Changes the database; throws SqlError to undo all that it did. */
    using Work = std::function<void(Sql &)>;
    /** After the commit, without an error; or why the work did not happen. Called once, from any thread. */
    using Finish = std::function<void(std::optional<Error>)>;
    /** Called in a transaction of its own when nothing waits; true while there is more of it to do. */
    using IdleWork = std::function<bool(Sql &)>;

    Writer(std::unique_ptr<Sql> sql, WriterBounds bounds, IdleWork idle);
    /** Does what is queued, then stops. */
    ~Writer();
    Writer(const Writer &) = delete;
    Writer &operator=(const Writer &) = delete;

    /** @param bytes  what the job holds in memory, counted against the bound */
    void submit(qint64 bytes, Work work, Finish finish);

private:
    struct Job
    {
        qint64 bytes = 0;
        Work work;
        Finish finish;
    };

    void loop();
    std::vector<Job> take(bool &stopping);
    void runTogether(std::vector<Job> &jobs);
    std::optional<Error> runInSavepoint(const Job &job);
    void runIdle();

    std::unique_ptr<Sql> m_sql;
    const WriterBounds m_bounds;
    IdleWork m_idle;
    bool m_idlePending = true;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Job> m_queue;
    qint64 m_queuedBytes = 0;
    bool m_stopping = false;
    std::thread m_thread; // last: it uses all the others
};

} // namespace qingfeng::server
