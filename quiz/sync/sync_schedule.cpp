#include "quiz/sync/sync_schedule.h"

#include <algorithm>

#include "quiz/sync/backoff.h"

namespace qingfeng {

SyncSchedule::SyncSchedule(Random &random)
    : m_random(random)
{
}

void SyncSchedule::begin(qint64 nowMs, qint64 windowDelayMs)
{
    m_dueMs = nowMs + windowDelayMs;
    m_answersWaitUntilMs = m_dueMs;
}

void SyncSchedule::attemptRecorded(qint64 nowMs)
{
    if (m_running) {
        m_answeredWhileRunning = true;
        return;
    }
    // min() keeps a pass that is due already: answers in quick succession share it.
    const qint64 soon = nowMs + randomBetween(m_random, soonestMs, latestMs);
    m_dueMs = std::min(m_dueMs, std::max(soon, m_answersWaitUntilMs));
}

bool SyncSchedule::userAsked(qint64 nowMs)
{
    m_userTimes.removeIf([nowMs](qint64 time) { return nowMs - time >= userBudgetMs; });
    if (nowMs < m_serverQuietUntilMs || m_userTimes.size() >= userBudget) {
        return false;
    }
    m_userTimes.append(nowMs);
    m_dueMs = nowMs;
    return true;
}

void SyncSchedule::passStarted()
{
    m_running = true;
    m_answeredWhileRunning = false;
}

void SyncSchedule::passFinished(const SyncReport &report, qint64 nowMs)
{
    m_running = false;
    m_dueMs = nowMs + report.nextAttemptMs;
    m_answersWaitUntilMs = report.error ? m_dueMs : 0;
    m_serverQuietUntilMs = report.delayNamedByServer ? m_dueMs : 0;
    if (m_answeredWhileRunning) {
        attemptRecorded(nowMs);
    }
}

qint64 SyncSchedule::dueInMs(qint64 nowMs) const
{
    return std::max(qint64(0), m_dueMs - nowMs);
}

} // namespace qingfeng
