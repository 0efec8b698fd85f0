#include "app/server/event_store/sql/writer.h"

#include <algorithm>
#include <chrono>

namespace qingfeng::server {
namespace {

constexpr auto idleDelay = std::chrono::milliseconds(20);

} // namespace

Writer::Writer(std::unique_ptr<Sql> sql, WriterBounds bounds, IdleWork idle)
    : m_sql(std::move(sql))
    , m_bounds(bounds)
    , m_idle(std::move(idle))
    , m_thread([this] { loop(); })
{
}

Writer::~Writer()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void Writer::submit(qint64 bytes, Work work, Finish finish)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_stopping && m_queue.size() < m_bounds.maxJobs && m_queuedBytes + bytes <= m_bounds.maxBytes) {
            m_queue.push_back({bytes, std::move(work), std::move(finish)});
            m_queuedBytes += bytes;
            m_wake.notify_one();
            return;
        }
    }
    finish(Error(ErrorCode::Unavailable, QStringLiteral("too many changes are waiting")));
}

void Writer::loop()
{
    for (bool stopping = false; !stopping;) {
        std::vector<Job> jobs = take(stopping);
        if (!jobs.empty()) {
            runTogether(jobs);
            m_idlePending = true;
            stopping = false; // there may be more
        } else if (!stopping) {
            runIdle();
        }
    }
}

std::vector<Writer::Job> Writer::take(bool &stopping)
{
    std::unique_lock lock(m_mutex);
    const auto hasWork = [this] { return m_stopping || !m_queue.empty(); };
    if (m_idlePending) {
        m_wake.wait_for(lock, idleDelay, hasWork);
    } else {
        m_wake.wait(lock, hasWork);
    }
    stopping = m_stopping;
    std::vector<Job> jobs;
    const std::size_t count = std::min(m_queue.size(), m_bounds.jobsPerCommit);
    for (std::size_t i = 0; i < count; ++i) {
        m_queuedBytes -= m_queue.front().bytes;
        jobs.push_back(std::move(m_queue.front()));
        m_queue.pop_front();
    }
    return jobs;
}

std::optional<Error> Writer::runInSavepoint(const Job &job)
{
    m_sql->execute("SAVEPOINT job");
    std::optional<Error> failure;
    try {
        job.work(*m_sql);
    } catch (const SqlError &refused) {
        failure = refused.error();
        if (!m_sql->inTransaction()) {
            throw; // a full disk has already rolled everything back
        }
        m_sql->execute("ROLLBACK TO job");
    }
    m_sql->execute("RELEASE job");
    return failure;
}

void Writer::runTogether(std::vector<Job> &jobs)
{
    std::vector<std::optional<Error>> outcomes;
    try {
        SqlTransaction transaction(*m_sql, Sql::Purpose::Write);
        for (const Job &job : jobs) {
            outcomes.push_back(runInSavepoint(job));
        }
        transaction.commit();
    } catch (const SqlError &refused) {
        outcomes.assign(jobs.size(), refused.error());
    }
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        jobs[i].finish(outcomes[i]);
    }
}

void Writer::runIdle()
{
    if (!m_idlePending) {
        return;
    }
    try {
        SqlTransaction transaction(*m_sql, Sql::Purpose::Write);
        m_idlePending = m_idle(*m_sql);
        transaction.commit();
    } catch (const SqlError &) {
        m_idlePending = false; // tried again after the next change
    }
}

} // namespace qingfeng::server
