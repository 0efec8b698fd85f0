#pragma once

#include "question_bank/base/clock.h"

#include <atomic>
#include <memory>
#include <mutex>

#include <QHash>
#include <QString>

namespace qingfeng::server {

/** What a request is for: under load messages go first and answers last; a full server is not an ill one. */
enum class Errand { Health, Answers, Administration, Bank, Themes, Messages };

/** By the path. */
Errand errandOf(const QString &path);

struct AdmissionSettings
{
    int maxInFlight = 1024; ///< requests that were read and are not answered
    int perSecond = 50; ///< of one device or person, on average
    int burst = 500; ///< of one device or person, at once: what a week offline brings
};

/**
 * Keeps what is under way within what can be done: over the bound a request is refused at once with the time
 * to come back, so that those inside are not slowed down. Safe from any thread.
 */
class Admission
{
public:
    Admission(const Clock &clock, AdmissionSettings settings);

    /**
     * False when a request for this errand is to be refused. Asked before its body is read; the place is
     * taken by enter() only after that, so that nobody holds places by sending slowly.
     */
    bool hasRoomFor(Errand errand);
    /** A place, held until the last copy of the pointer goes. */
    std::shared_ptr<void> enter();
    int inFlight() const { return *m_inFlight; }
    qint64 shed() const { return m_shed; } ///< requests refused so far
    /** Seconds for Retry-After; spread, so that those refused together do not come back together. */
    int retrySeconds();

    /** Takes a token of @p name's bucket; seconds until there is one again, 0 = taken. */
    int wait(const QString &name);

private:
    struct Bucket
    {
        double tokens = 0;
        qint64 filledAtMs = 0;
    };

    void forgetFull(qint64 nowMs);

    const Clock &m_clock;
    const AdmissionSettings m_settings;
    const std::shared_ptr<std::atomic<int>> m_inFlight; ///< outlives the last answer
    std::atomic<qint64> m_shed{0};
    std::mutex m_mutex;
    QHash<QString, Bucket> m_buckets;
};

} // namespace qingfeng::server
