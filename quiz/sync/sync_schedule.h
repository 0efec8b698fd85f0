#pragma once

#include <QList>

#include "question_bank/base/random.h"
#include "quiz/sync/sync_report.h"

namespace qingfeng {

/**
 * When the next pass is due. A value without timer: times are milliseconds of any clock that does not jump, the
 * same for all calls.
 *
 * The first pass comes at this device's place in the server's window; an answer is followed by a pass within
 * seconds, several answers by one; otherwise passes rest about an hour, and after a failure as long as its report
 * says. An answer does not shorten the window or a failure's wait.
 */
class SyncSchedule
{
public:
    /** Passes a user may start: so many within so long. */
    static constexpr int userBudget = 3;
    static constexpr qint64 userBudgetMs = 5 * 60'000;
    static constexpr qint64 soonestMs = 1'000; ///< after an answer
    static constexpr qint64 latestMs = 5'000;

    explicit SyncSchedule(Random &random);

    void begin(qint64 nowMs, qint64 windowDelayMs);
    void attemptRecorded(qint64 nowMs);
    /**
     * The user wants a pass now, window and failures notwithstanding. False, and nothing changes: the budget is
     * spent, or the server named a time that is not over.
     */
    bool userAsked(qint64 nowMs);
    void passStarted();
    void passFinished(const SyncReport &report, qint64 nowMs);
    /** How long until the next pass; 0 = now. */
    qint64 dueInMs(qint64 nowMs) const;

private:
    Random &m_random;
    qint64 m_dueMs = 0;
    qint64 m_answersWaitUntilMs = 0;
    qint64 m_serverQuietUntilMs = 0;
    bool m_running = false;
    bool m_answeredWhileRunning = false;
    QList<qint64> m_userTimes;
};

} // namespace qingfeng
