#include "tests/support/fake_clock.h"

namespace qingfeng {

qint64 FakeClock::utcMs() const
{
    return m_utcMs;
}

int FakeClock::utcOffsetSeconds() const
{
    return 8 * 3600;
}

void FakeClock::advanceMs(qint64 ms)
{
    m_utcMs += ms;
}

void FakeClock::advanceDays(int days)
{
    m_utcMs += qint64(days) * 86'400'000;
}

void FakeClock::setUtcMs(qint64 ms)
{
    m_utcMs = ms;
}

} // namespace qingfeng
