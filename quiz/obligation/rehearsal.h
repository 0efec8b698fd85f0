#pragma once

#include "quiz/obligation/decision.h"

#include <QList>
#include <QTime>

namespace qingfeng {

/**
 * When PCs are started in the morning: a triangle from `from` to `to` with its peak at `mode`. With N starts and
 * T = to − from minutes, the rate rises from 0 to 2N/T a minute at the mode, and falls to 0 again.
 */
struct ArrivalCurve
{
    QTime from {8, 0};
    QTime mode {8, 30};
    QTime to {9, 30};

    /** Share of all starts before @p time, 0…1. */
    double shareBefore(QTime time) const;
};

/** The load of one morning. */
struct ArrivalPeak
{
    int starts = 0; ///< N
    double perMinute = 0; ///< expected in the busiest whole minute
    QTime busiest; ///< where that minute begins
    int perMinuteAtMost = 0; ///< not exceeded in that minute with 99.9 %, were starts independent: λ + 3.09·√λ
};

ArrivalPeak peakOf(const ArrivalCurve &curve, int starts);

struct RehearsalOptions
{
    int utcOffsetSeconds = 8 * 3600;
    QTime start {8, 30}; ///< at which everybody is thought to log in first
    int loginsADay = 2; ///< assumed under AskWhen::EveryStart
};

/** What one person would meet on one day. */
struct RehearsedPerson
{
    Decision decision; ///< at the first start of the day
    int occasions = 0; ///< times that questions would be asked in the day
    int questions = 0; ///< in all
};

struct RehearsedDay
{
    QDate day;
    DayKind kind = DayKind::Workday;
    QString holiday;
    bool calendarMissing = false;
    QList<RehearsedPerson> people; ///< in the order given
    int asked = 0; ///< people with questions
    int questions = 0;
};

/**
 * One day with everybody at work from morning to evening and an empty ledger. Quiet is not foreseen (it depends
 * on answers to come), nor deferrals: more cannot be asked than this says, but for more logins than assumed.
 */
RehearsedDay rehearse(const PolicySet &policy, const QList<PolicySubject> &people, QDate day,
    const WorkCalendar &calendar, const RehearsalOptions &options = {});

} // namespace qingfeng
