#include "quiz/obligation/rehearsal.h"

#include <cmath>

namespace qingfeng {

double ArrivalCurve::shareBefore(QTime time) const
{
    const double length = from.secsTo(to);
    const double rise = from.secsTo(mode);
    const double t = from.secsTo(time);
    if (t <= 0) {
        return 0;
    }
    if (t >= length) {
        return 1;
    }
    return t <= rise ? t * t / (length * rise) : 1 - (length - t) * (length - t) / (length * (length - rise));
}

ArrivalPeak peakOf(const ArrivalCurve &curve, int starts)
{
    ArrivalPeak peak;
    peak.starts = starts;
    peak.busiest = curve.from;
    for (QTime minute = curve.from; minute < curve.to; minute = minute.addSecs(60)) {
        const double expected
            = starts * (curve.shareBefore(minute.addSecs(60)) - curve.shareBefore(minute));
        if (expected > peak.perMinute) {
            peak.perMinute = expected;
            peak.busiest = minute;
        }
    }
    peak.perMinuteAtMost = int(std::ceil(peak.perMinute + 3.09 * std::sqrt(peak.perMinute)));
    return peak;
}

RehearsedDay rehearse(const PolicySet &policy, const QList<PolicySubject> &people, QDate day,
    const WorkCalendar &calendar, const RehearsalOptions &options)
{
    RehearsedDay rehearsed;
    rehearsed.day = day;
    rehearsed.kind = calendar.kindOf(day);
    rehearsed.holiday = calendar.holidayName(day);
    rehearsed.calendarMissing = !calendar.covers(day);
    ClockReading clock;
    clock.utcOffsetSeconds = options.utcOffsetSeconds;
    clock.utcMs = qint64(studyDayOf(day)) * 86'400'000 + options.start.msecsSinceStartOfDay()
        - qint64(options.utcOffsetSeconds) * 1000;
    const Occurrence start {Moment::Start, QStringLiteral("rehearsal")};
    for (const PolicySubject &person : people) {
        RehearsedPerson entry;
        entry.decision = decide(policy, person, start, clock, calendar, Ledger(), std::nullopt);
        if (entry.decision.demand == Demand::Questions) {
            const ObligationPolicy held = effectivePolicy(policy, person).policy;
            entry.occasions = held.when == AskWhen::EveryStart ? options.loginsADay
                : held.when == AskWhen::TimesADay              ? held.timesADay
                                                               : 1;
            entry.questions = entry.occasions * entry.decision.questions;
            ++rehearsed.asked;
            rehearsed.questions += entry.questions;
        }
        rehearsed.people.append(std::move(entry));
    }
    return rehearsed;
}

} // namespace qingfeng
