#pragma once

#include <memory>

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QThread>
#include <QTimer>

#include "question_bank/base/clock.h"
#include "question_bank/base/random.h"
#include "question_bank/model/question_bank.h"
#include "quiz/sync/sync_report.h"
#include "quiz/sync/sync_schedule.h"

namespace qingfeng {

class SyncWorker;

/** What sync runs on. */
struct SyncSetup
{
    QString dataFolder; ///< with device.json, keys/ and bank/
    QString database; ///< path of learning.db
    QString reporter; ///< "os:<account>": who the sync's own events are recorded for
};

/** How things stand, for settings pages and `doctor`. */
struct SyncStatus
{
    bool enrolled = false;
    qint64 lastSuccessMs = 0; ///< UTC; 0 = never. Kept over restarts
    qint64 pendingAttempts = 0;
    std::optional<Error> lastError; ///< of the last pass, or why none can run
};

/**
 * Keeps a workstation and its server together while a program runs: the first pass at this device's place in the
 * server's window, one soon after each answer, otherwise about every hour, and after failures as told.
 *
 * The work is done on a thread of its own, with a connection of its own to the database, so that neither the disk
 * nor a new bank holds the caller. All calls and signals are on the thread that made the object.
 */
class SyncService final : public QObject
{
    Q_OBJECT

public:
    /** @param clock, random  used from two threads: the system's are fit for that */
    SyncService(SyncSetup setup, const Clock &clock, Random &random, QObject *parent = nullptr);
    /** Cancels a running pass, which is reported, and waits for the thread: milliseconds, seldom more. */
    ~SyncService() override;

    /** Reads the enrolment and begins. Again after an enrolment: begins anew. */
    void start();
    /** Ends a running pass and lets no other begin until start(). */
    void stop();

    /** After LearningStore::record(): a pass follows within 1–5 s, one for several answers. */
    void attemptRecorded();
    /** After something else was written that is to be sent: a pass follows likewise. */
    void messageWritten();
    /**
     * The user wants a pass now. False: not started or not enrolled, or it would be too much (three in five
     * minutes, or the server named a time that is not over).
     */
    bool syncNow();

    bool isRunning() const { return m_running; }
    const SyncStatus &status() const { return m_status; }

Q_SIGNALS:
    /** Exactly once for each pass. */
    void finished(const qingfeng::SyncReport &report);
    /** A new bank is in use on the disk; here it is, read already. */
    void bankChanged(std::shared_ptr<const qingfeng::QuestionBank> bank);
    /** The cached roster changed: LearningStore::roster(). */
    void rosterChanged();
    /** status() or isRunning() changed. */
    void statusChanged();

private:
    void begun(const SyncStatus &status, qint64 windowDelayMs);
    void passFinished(const SyncReport &report);
    void passDue();
    void rearm();

    SyncSetup m_setup;
    const Clock &m_clock;
    Random &m_random;
    SyncSchedule m_schedule;
    SyncStatus m_status;
    QElapsedTimer m_elapsed; ///< the schedule's time: does not jump
    QTimer m_timer;
    std::unique_ptr<QThread> m_thread;
    SyncWorker *m_worker = nullptr; ///< lives on m_thread
    bool m_running = false;
};

} // namespace qingfeng
