#pragma once

#include "quiz/obligation/ledger.h"
#include "quiz/obligation/obligation_policy.h"
#include "quiz/obligation/work_calendar.h"

namespace qingfeng {

/** When it is asked what is owed. Between these nobody is disturbed at work. */
enum class Moment {
    Start, ///< of a login, or of a program that was killed and comes again
    Unlock,
    Resume, ///< after sleep
    Timer, ///< at Decision::nextAskMs: asks only what was deferred
};

struct Occurrence
{
    Moment moment = Moment::Start;
    QString login; ///< see LedgerRow::logins; empty when unknown, which makes EveryStart once a day
};

struct ClockReading
{
    qint64 utcMs = 0; ///< by this PC's clock
    int utcOffsetSeconds = 0;
    std::optional<qint64> serverUtcMs; ///< the server's time now, where it is known: then it is believed
    qint64 nowMs() const { return serverUtcMs.value_or(utcMs); }
};

/** What the archive knows of a person today. Without it nothing is quiet. */
struct LearningFacts
{
    int score = 0; ///< 掌握分, 0–100
    int coveragePercent = 0; ///< 覆盖率
    int unseenHighRisk = 0; ///< high risk points of his posts that were never validly answered
    int changedLaw = 0; ///< questions on changed law, unseen in the version in force
    int mandatory = 0; ///< mandatory questions unseen
};

enum class Demand {
    Nothing, ///< the gate lets pass
    Glance, ///< the gate shows itself and lets pass: quiet was earned
    Questions,
};

/** Why; the data beside it is for a sentence. */
enum class DecisionReason {
    // nothing is demanded
    Settled, ///< this occasion's questions were answered
    EmergencyUsed, ///< this occasion was exempted by the emergency exit
    AllSettled, ///< TimesADay: the day's last one
    NotYet, ///< TimesADay: again at nextAskMs, at the next start or unlock
    Deferred, ///< until nextAskMs
    DayOff, ///< dayKind and text (holiday) say what day it is
    Exempt, ///< text and lastDay of the exemption
    NotAtWork, ///< a timer with nothing deferred: asked at the next start or unlock
    // a glance
    EarnedQuiet, ///< until lastDay
    // questions
    FirstOfDay,
    AnotherOfDay, ///< TimesADay: the number-th of `of`
    NewLogin,
    LeftOpen, ///< asked before and not answered
    DeferralOver,
    DeferralVoid, ///< the clock was turned back while it ran
    QuietEndedByLaw,
    QuietEndedByMandatory,
    QuietEndedByNewRisk, ///< a high risk point that was never answered, for instance of a new post
};

/** "start", "unlock", "resume", "timer". */
QString nameOf(Moment moment);
std::optional<Moment> momentFromName(const QString &name);
QString nameOf(Demand demand);
QString nameOf(DecisionReason reason);

/** The outcome, and what the store must keep of it in one transaction: see record(). */
struct Decision
{
    Demand demand = Demand::Nothing;
    DecisionReason reason = DecisionReason::Settled;
    int questions = 0; ///< still to answer now
    int studyDay = 0; ///< that it is about
    QString occasion; ///< of the obligation asked or made; empty when there is none
    QString obligation; ///< id of a row that exists already

    qint64 nextAskMs = 0; ///< when an unlock could next find something owed; 0 = unknown or now
    DayKind dayKind = DayKind::Workday;
    QString text;
    int lastDay = 0; ///< study day
    int number = 1;
    int of = 1;

    bool calendarMissing = false; ///< the year has no calendar: Monday to Friday was assumed
    bool clockWentBack = false; ///< by more than five minutes since the last decision: worth an event

    DayMemory memory; ///< to keep
    QString joinLogin; ///< to add to the row, when not empty
    std::optional<QuietGrant> quiet; ///< to keep in place of the latest
    QString voidedDeferral; ///< id of the deferral to mark
};

/**
 * What is owed now: pure, and the same for the same input, so that a kill before or after it was kept changes
 * nothing.
 *
 * The study day is floor((UTC + offset − 4 h) / 86400 s). A day begins when the clock is first seen on a later
 * day than before. A clock turned back begins no day: what holds then is the day that held before, settled or
 * open, and an open obligation of a day that is "not yet" stays owed. With the server's time the PC's clock does
 * not matter. At most one obligation is open at a time; a second session joins it.
 *
 * @param calendar  decides days off under AskDays::WorkingDays
 * @param facts     empty when they cannot be read
 */
Decision decide(const PolicySet &policy, const PolicySubject &person, const Occurrence &occurrence,
    const ClockReading &clock, const WorkCalendar &calendar, const Ledger &ledger,
    const std::optional<LearningFacts> &facts);

/**
 * Keeps a decision in @p ledger, as a store does with its tables: memory, quiet, a voided deferral, and the row.
 * A row that its key (study day, occasion) has already is joined, not made again; a glance's row is settled at
 * once. Keeping the same decision twice changes nothing more.
 *
 * @param newId  UUIDv7 for a new row
 * @return id of the row the decision is about, or empty
 */
QString record(const Decision &decision, const PolicySubject &person, const Occurrence &occurrence,
    const ClockReading &clock, const QString &newId, Ledger &ledger);

/** Whether a deferral may be had, and what it would do. */
struct DeferralOffer
{
    enum class Refusal {
        None,
        NothingOwed,
        NotOffered, ///< quota 0
        QuotaUsed,
        TooLate, ///< past the last time of day
        ClockUncertain, ///< it was turned back
    };
    Refusal refusal = Refusal::None;
    int left = 0; ///< tokens in this period, before this one
    Deferral deferral; ///< to keep, with an id; valid only with Refusal::None
    bool isAllowed() const { return refusal == Refusal::None; }
};

/**
 * A deferral of what @p decision demands; the desktop opens and it is asked again at deferral.untilMs. The
 * deferrals of the decision's week or month are counted in @p ledger.
 */
DeferralOffer offerDeferral(const ObligationPolicy &policy, const PolicySubject &person, const ClockReading &clock,
    const Ledger &ledger, const Decision &decision);

/** What the emergency exit does now. It always opens. */
struct EmergencyOffer
{
    QStringList reasons;
    int left = 0; ///< exits in this period that exempt, before this one
    bool exempts = false; ///< the obligation is done with; otherwise it is postponed:
    Deferral postponement; ///< to keep, with an id
};

EmergencyOffer offerEmergencyExit(const ObligationPolicy &policy, const PolicySubject &person,
    const ClockReading &clock, const Ledger &ledger, const Decision &decision);

/** What a decision is made from beside what a store holds: the arguments of decide(). */
struct Asking
{
    PolicySet policy;
    PolicySubject person;
    Occurrence occurrence;
    ClockReading clock;
    WorkCalendar calendar;
    std::optional<LearningFacts> facts;
};

/** A decision that a store has made, and what can be done about it at that moment. */
struct Decided
{
    Decision decision;
    std::optional<Obligation> obligation; ///< the row that it is about, if there is one
    DeferralOffer deferral;
    EmergencyOffer emergency;
};

/** The calendar day that a study day begins on. */
QDate dayOfStudyDay(int studyDay);
int studyDayOf(QDate day);

} // namespace qingfeng
