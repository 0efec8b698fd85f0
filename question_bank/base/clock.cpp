#include "question_bank/base/clock.h"

#include <QDateTime>

namespace qingfeng {

qint64 SystemClock::utcMs() const
{
    return QDateTime::currentMSecsSinceEpoch();
}

int SystemClock::utcOffsetSeconds() const
{
    return QDateTime::currentDateTime().offsetFromUtc();
}

int studyDay(qint64 utcMs, int utcOffsetSeconds)
{
    constexpr qint64 dayMs = 86'400'000;
    constexpr qint64 dayStartMs = 4 * 3'600'000;
    const qint64 local = utcMs + qint64(utcOffsetSeconds) * 1000 - dayStartMs;
    return int(local >= 0 ? local / dayMs : (local - dayMs + 1) / dayMs);
}

int studyDay(const Clock &clock)
{
    return studyDay(clock.utcMs(), clock.utcOffsetSeconds());
}

} // namespace qingfeng
