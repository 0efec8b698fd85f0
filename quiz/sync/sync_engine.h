#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "quiz/sync/backoff.h"
#include "quiz/sync/device_session.h"
#include "quiz/sync/sync_stage.h"

namespace qingfeng {

/**
 * 同步: one pass after another between a workstation's store and its server, as a state machine without socket
 * or timer. A pass asks for a token when it has none, sends attempts, then events, then looks for a new bank and
 * a new roster. Between two replies it works for milliseconds, except that taking a new bank into use reads the
 * whole package: run it on a thread of its own where that matters.
 *
 * What stops a pass: no reply, 429 and 5xx (Unavailable, TimedOut), and a server that does not let this device in
 * (NotPermitted). What stops only its own stage: everything else. Nothing leaves the outbox without a receipt.
 *
 * One object is used from one thread, that of its store.
 */
class SyncEngine
{
public:
    using Done = std::function<void(const SyncReport &)>;

    /**
     * All references must outlive the engine.
     * @param reporter  who the sync's own events (a fork, a refused bank) are recorded for: "os:<account>"
     */
    SyncEngine(LearningStore &store, BankFolder &bankFolder, EnrolledDevice device, Transport &transport,
        const Clock &clock, Random &random, QString reporter);
    /** Cancels a running pass. */
    ~SyncEngine();
    Q_DISABLE_COPY_MOVE(SyncEngine)

    /**
     * Starts a pass. @p done is called exactly once for it: at its end, or when it is cancelled. Only one pass
     * runs at a time: check isRunning().
     */
    void start(Done done);
    /** Ends the running pass, if any. What was acknowledged until now stays so; the rest is sent the next time. */
    void cancel();
    bool isRunning() const { return bool(m_done); }

    /** The bank in use, as read by start() or taken from the server; null before, and when there is none. */
    std::shared_ptr<const QuestionBank> bank() const { return m_context.bank; }
    const DeviceConfig &device() const { return m_device.config; }

private:
    void advance();
    void send(HttpRequest request);
    void askForToken();
    void takeToken(const HttpReply &reply);
    void takeReply(const HttpReply &reply);
    /** True when the reply ended the pass. */
    bool endsPass(const HttpReply &reply);
    void finish(std::optional<Error> error, std::optional<qint64> retryAfter = {});
    void scheduleNext(std::optional<qint64> retryAfter);

    EnrolledDevice m_device;
    SyncContext m_context;
    Transport &m_transport;
    Random &m_random;
    DeviceSession m_session;
    Backoff m_backoff;
    std::vector<std::unique_ptr<SyncStage>> m_stages;
    std::size_t m_stage = 0;
    HttpRequest m_request; ///< of the stage: kept for sending again with a new token
    bool m_tokenRenewed = false; ///< for the request at hand
    bool m_compared = false; ///< heads were compared since the engine was made
    Done m_done;
    std::shared_ptr<char> m_pass; ///< replies to an earlier pass find it gone
};

} // namespace qingfeng
