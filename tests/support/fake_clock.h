#pragma once

#include "question_bank/base/clock.h"

namespace qingfeng {

/** A clock that stands still until it is moved. Starts on 2026-11-24 09:00 at UTC+8. */
class FakeClock final : public Clock
{
public:
    qint64 utcMs() const override;
    int utcOffsetSeconds() const override;

    void advanceMs(qint64 ms);
    void advanceDays(int days);
    void setUtcMs(qint64 ms);

private:
    qint64 m_utcMs = 1'795'482'000'000;
};

} // namespace qingfeng
