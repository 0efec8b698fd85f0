#pragma once

#include <optional>

#include <QByteArray>
#include <QString>

#include "question_bank/base/random.h"

namespace qingfeng {

/** A whole number in [low, high], both included. */
qint64 randomBetween(Random &random, qint64 low, qint64 high);

/**
 * How long to wait after a failure: "full jitter" (a random part of a bound that doubles), so that devices which
 * failed together do not come back together.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
class Backoff
{
public:
    static constexpr qint64 shortestMs = 1'000;
    static constexpr qint64 longestMs = 15 * 60'000;

    explicit Backoff(Random &random);

    /** The next wait; each call doubles the bound, up to longestMs. */
    qint64 nextMs();
    void reset();

private:
    Random &m_random;
    qint64 m_boundMs = shortestMs;
};

/** What a server may ask for at most, so that a slip of its operator does not silence a device for good. */
constexpr qint64 longestRetryAfterMs = 24LL * 3'600'000;

/**
 * Retry-After (RFC 9110 §10.2.3) as milliseconds from now, 0 … longestRetryAfterMs; empty when it is neither
 * seconds nor an HTTP date.
 * @param serverNowMs  the server's clock, which an HTTP date is meant by
 */
std::optional<qint64> retryAfterMs(const QByteArray &value, qint64 serverNowMs);

/** An HTTP date in any of the three forms of RFC 9110 §5.6.7, as UTC milliseconds. */
std::optional<qint64> httpDateMs(const QByteArray &value);

/**
 * This device's place in the window that the server names for the first sync after start, in [0, window): by
 * its id, so that a morning's devices are spread evenly and each keeps its place.
 */
qint64 windowDelayMs(const QString &device, int windowSeconds);

} // namespace qingfeng
