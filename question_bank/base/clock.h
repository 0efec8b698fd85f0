#pragma once

#include <QtGlobal>

namespace qingfeng {

/** Wall clock as an interface, so that no library and no test reads the real one. */
class Clock
{
public:
    virtual ~Clock() = default;
    /** Milliseconds since 1970-01-01T00:00Z. */
    virtual qint64 utcMs() const = 0;
    /** Local time minus UTC at this moment, in seconds. */
    virtual int utcOffsetSeconds() const = 0;
};

class SystemClock final : public Clock
{
public:
    qint64 utcMs() const override;
    int utcOffsetSeconds() const override;
};

/**
 * The study day (学习日) a moment belongs to: days since 1970-01-01 of a local day that begins at 04:00, so
 * that work past midnight counts for the day it began on.
 */
int studyDay(qint64 utcMs, int utcOffsetSeconds);
int studyDay(const Clock &clock);

} // namespace qingfeng
