#pragma once

#include "question_bank/base/clock.h"

#include <mutex>

#include <QHash>
#include <QString>

namespace qingfeng::server {

/**
 * Counts failures by address, so that codes and keys cannot be tried at speed: ten in ten minutes, unless told
 * otherwise. Successes cost nothing, for a whole bureau may stand behind one address.
 */
class FailureLimiter
{
public:
    explicit FailureLimiter(const Clock &clock, int maxFailures = 10);

    /** Seconds until @p address may try again; 0 = now. */
    int waitSeconds(const QString &address) const;
    void failed(const QString &address);

private:
    struct Window
    {
        qint64 beganAtMs = 0;
        int failures = 0;
    };

    const Clock &m_clock;
    const int m_maxFailures;
    mutable std::mutex m_mutex;
    QHash<QString, Window> m_windows;
};

} // namespace qingfeng::server
