#pragma once

#include <optional>

#include "question_bank/base/result.h"

namespace qingfeng {

/** What one pass did. Exactly one comes of every pass, however it ended. */
struct SyncReport
{
    qint64 startedAtMs = 0; ///< UTC, device clock
    qint64 finishedAtMs = 0;
    int attemptsAcknowledged = 0;
    int attemptsSetAside = 0; ///< refused by the server for good: kept and marked
    int eventsAcknowledged = 0;
    int eventsRefused = 0;
    bool bankChanged = false;
    qint64 bankRevision = 0; ///< in use after the pass; 0 = there is none
    bool rosterChanged = false;
    int annotationsReceived = 0;
    int messagesSent = 0;
    int messagesRefused = 0; ///< kept, and tried again with the next pass
    int messagesReceived = 0; ///< of the desk
    bool messagesChanged = false; ///< something of a thread is new here
    bool messagesAwaited = false; ///< somebody here waits for an answer: the next pass comes soon
    qint64 pendingAttempts = 0; ///< not acknowledged yet
    bool cancelled = false;
    /** The first thing that went wrong. What is not affected by it was done all the same. */
    std::optional<Error> error;
    qint64 nextAttemptMs = 0; ///< wait so long after finishedAtMs
    bool delayNamedByServer = false; ///< nextAttemptMs is the server's Retry-After: do not come sooner

    bool succeeded() const { return !error && !cancelled; }
};

} // namespace qingfeng
