#include "quiz/obligation/decision.h"

#include "question_bank/base/clock.h"

#include <algorithm>
#include <array>

namespace qingfeng {
namespace {

constexpr qint64 minuteMs = 60'000;
constexpr qint64 dayMs = 86'400'000;
constexpr qint64 dayStartMs = 4 * 60 * minuteMs;
/** What time synchronisation may set a clock back without its being called turned back. */
constexpr qint64 clockToleranceMs = 5 * minuteMs;
/** How far ahead the next day that can be owed is looked for. */
constexpr int horizonDays = 400;

constexpr std::array<const char16_t *, 4> momentNames {u"start", u"unlock", u"resume", u"timer"};
constexpr std::array<const char16_t *, 3> demandNames {u"nothing", u"glance", u"questions"};
constexpr std::array<const char16_t *, 18> reasonNames {u"settled", u"emergency-used", u"all-settled", u"not-yet",
    u"deferred", u"day-off", u"exempt", u"not-at-work", u"earned-quiet", u"first-of-day", u"another-of-day",
    u"new-login", u"left-open", u"deferral-over", u"deferral-void", u"quiet-ended-by-law",
    u"quiet-ended-by-mandatory", u"quiet-ended-by-new-risk"};

QString dayOccasion(int number)
{
    return number == 1 ? QStringLiteral("day") : QStringLiteral("day/%1").arg(number);
}

QString loginOccasion(const QString &login)
{
    return QStringLiteral("login/") + login;
}

bool isOf(const LedgerRow &row, const QString &login)
{
    return !login.isEmpty() && (row.logins.contains(login) || row.obligation.occasion == loginOccasion(login));
}

/** Number of the week or month that a study day lies in. */
qint64 periodOf(int studyDay, QuotaPeriod period)
{
    const QDate day = dayOfStudyDay(studyDay);
    return period == QuotaPeriod::Week ? day.addDays(1 - day.dayOfWeek()).toJulianDay()
                                       : qint64(day.year()) * 12 + day.month();
}

const Deferral *latestDeferral(const Ledger &ledger, const QString &obligation)
{
    const Deferral *latest = nullptr;
    for (const Deferral &deferral : ledger.deferrals) {
        if (deferral.obligation == obligation && (!latest || deferral.number > latest->number)) {
            latest = &deferral;
        }
    }
    return latest;
}

/** One decision in the making. */
class Deciding
{
public:
    Deciding(const PolicySet &set, const PolicySubject &person, const Occurrence &occurrence,
        const ClockReading &clock, const WorkCalendar &calendar, const Ledger &ledger,
        const std::optional<LearningFacts> &facts)
        : m_set(set)
        , m_person(person)
        , m_occurrence(occurrence)
        , m_clock(clock)
        , m_calendar(calendar)
        , m_ledger(ledger)
        , m_facts(facts)
        , m_policy(effectivePolicy(set, person).policy)
        , m_now(clock.nowMs())
        , m_today(studyDay(m_now, clock.utcOffsetSeconds))
    {
    }

    Decision run()
    {
        readClock();
        for (const LedgerRow *row : openRows()) {
            m_d.studyDay = row->obligation.studyDay;
            if (isAskedOn(m_d.studyDay)) {
                finish(*row);
                return m_d;
            }
        }
        m_d.studyDay = m_d.memory.obligedDay;
        if (isAskedOn(m_d.studyDay)) {
            decideDay();
        } else {
            m_d.nextAskMs = startOfNextAskedDay();
        }
        return m_d;
    }

private:
    void readClock()
    {
        const std::optional<DayMemory> memory = m_ledger.memory ? m_ledger.memory : fromRows();
        m_d.clockWentBack = memory && m_now < memory->lastSeenMs - clockToleranceMs;
        int obliged = m_today;
        if (memory && !m_clock.serverUtcMs && m_today <= memory->lastSeenDay) {
            obliged = std::max(m_today, memory->obligedDay);
        }
        m_d.memory = {m_today, obliged, m_now};
    }

    /** Without a memory, the latest row is what was seen last. */
    std::optional<DayMemory> fromRows() const
    {
        if (m_ledger.rows.isEmpty()) {
            return std::nullopt;
        }
        const Obligation &last = m_ledger.rows.last().obligation;
        return DayMemory {last.studyDay, last.studyDay, std::max(last.createdAtMs, last.settledAtMs)};
    }

    /** Open rows that are still owed: of the day, then of days that are not yet. Those of days before lapsed. */
    QList<const LedgerRow *> openRows() const
    {
        const int day = m_d.memory.obligedDay;
        QList<const LedgerRow *> rows;
        for (const LedgerRow &row : m_ledger.rows) {
            const int of = row.obligation.studyDay;
            if (row.obligation.isOpen() && (of == day || (of > day && !m_clock.serverUtcMs))) {
                rows.append(&row);
            }
        }
        std::stable_sort(rows.begin(), rows.end(), [day](const LedgerRow *a, const LedgerRow *b) {
            return (a->obligation.studyDay == day) > (b->obligation.studyDay == day);
        });
        return rows;
    }

    /** Whether anything can be owed on a day; the reason goes into the decision. */
    bool isAskedOn(int studyDay)
    {
        const QDate day = dayOfStudyDay(studyDay);
        m_d.dayKind = m_calendar.kindOf(day);
        m_d.calendarMissing = !m_calendar.covers(day);
        if (const auto exemption = exemptionOn(m_set, m_person.person, day)) {
            m_d.reason = DecisionReason::Exempt;
            m_d.text = exemption->reason;
            m_d.lastDay = studyDayOf(exemption->until);
            return false;
        }
        if (m_policy.days == AskDays::WorkingDays && !m_calendar.isWorkday(day)) {
            m_d.reason = DecisionReason::DayOff;
            m_d.text = m_calendar.holidayName(day);
            return false;
        }
        m_d.text.clear();
        m_d.lastDay = 0;
        return true;
    }

    /** The moment at which the next study day begins on which something can be owed; 0 when none is near. */
    qint64 startOfNextAskedDay() const
    {
        for (int ahead = 1; ahead <= horizonDays; ++ahead) {
            const int day = m_d.memory.obligedDay + ahead;
            const QDate date = dayOfStudyDay(day);
            if (!exemptionOn(m_set, m_person.person, date)
                && (m_policy.days == AskDays::EveryDay || m_calendar.isWorkday(date))) {
                return qint64(day) * dayMs + dayStartMs - qint64(m_clock.utcOffsetSeconds) * 1000;
            }
        }
        return 0;
    }

    /** An open obligation: asked, unless it is deferred. */
    void finish(const LedgerRow &row)
    {
        const Obligation &obligation = row.obligation;
        m_d.occasion = obligation.occasion;
        m_d.obligation = obligation.id;
        const Deferral *deferral = latestDeferral(m_ledger, obligation.id);
        m_d.reason = DecisionReason::LeftOpen;
        if (deferral) {
            const bool uncertain
                = deferral->voided || m_d.clockWentBack || m_now < deferral->madeAtMs - clockToleranceMs;
            if (!uncertain && m_now < deferral->untilMs) {
                m_d.reason = DecisionReason::Deferred;
                m_d.nextAskMs = deferral->untilMs;
                return;
            }
            m_d.reason = uncertain ? DecisionReason::DeferralVoid : DecisionReason::DeferralOver;
            if (uncertain && !deferral->voided) {
                m_d.voidedDeferral = deferral->id;
            }
        } else if (m_occurrence.moment == Moment::Timer) {
            m_d.reason = DecisionReason::NotAtWork;
            return;
        }
        ask(std::max(1, obligation.owed - obligation.answered));
        if (!m_occurrence.login.isEmpty() && !isOf(row, m_occurrence.login)) {
            m_d.joinLogin = m_occurrence.login;
        }
    }

    /** Nothing is open: is there a new occasion? */
    void decideDay()
    {
        QList<const LedgerRow *> closed;
        for (const LedgerRow &row : m_ledger.rows) {
            if (row.obligation.studyDay == m_d.studyDay && !row.obligation.isOpen()) {
                closed.append(&row);
            }
        }
        const bool byLogin = m_policy.when == AskWhen::EveryStart && !m_occurrence.login.isEmpty();
        const int times = m_policy.when == AskWhen::TimesADay ? m_policy.timesADay : 1;
        m_d.of = times;
        m_d.number = int(closed.size()) + 1;
        if (byLogin) {
            const auto mine = std::find_if(closed.cbegin(), closed.cend(),
                [this](const LedgerRow *row) { return isOf(*row, m_occurrence.login); });
            if (mine != closed.cend()) {
                return settled(**mine, startOfNextAskedDay());
            }
            m_d.number = 1;
        } else if (closed.size() >= times) {
            return settled(*closed.last(), startOfNextAskedDay());
        } else if (!closed.isEmpty()) {
            // A time in the future is a clock that was turned back: then it is due.
            const qint64 since = m_now - closed.last()->obligation.settledAtMs;
            const qint64 apart = m_policy.minutesApart * minuteMs;
            if (since >= -clockToleranceMs && since < apart) {
                m_d.reason = DecisionReason::NotYet;
                m_d.nextAskMs = closed.last()->obligation.settledAtMs + apart;
                return;
            }
        }
        if (m_occurrence.moment == Moment::Timer) {
            m_d.reason = DecisionReason::NotAtWork;
            return;
        }
        m_d.occasion = byLogin ? loginOccasion(m_occurrence.login) : dayOccasion(m_d.number);
        m_d.joinLogin = m_occurrence.login;
        if (byLogin) {
            m_d.reason = DecisionReason::NewLogin;
        } else {
            m_d.reason = m_d.number == 1 ? DecisionReason::FirstOfDay : DecisionReason::AnotherOfDay;
        }
        if (!isQuiet()) {
            ask(m_policy.questions);
        }
    }

    void settled(const LedgerRow &row, qint64 nextAskMs)
    {
        const bool exempted = row.obligation.state == ObligationState::Exempted;
        m_d.reason = exempted ? DecisionReason::EmergencyUsed
            : m_d.of > 1      ? DecisionReason::AllSettled
                              : DecisionReason::Settled;
        m_d.nextAskMs = nextAskMs;
    }

    void ask(int questions)
    {
        m_d.demand = Demand::Questions;
        m_d.questions = questions;
    }

    /** Whether this occasion is a glance; begins and ends quiet. */
    bool isQuiet()
    {
        const QuietRules &rules = m_policy.quiet;
        if (!rules.enabled || !m_facts) {
            return false;
        }
        const int day = m_d.studyDay;
        const std::optional<QuietGrant> &grant = m_ledger.quiet;
        const bool runs = grant && !grant->ended && day >= grant->fromDay && day <= grant->untilDay;
        if (m_facts->changedLaw > 0 || m_facts->mandatory > 0 || m_facts->unseenHighRisk > 0) {
            if (runs) {
                m_d.quiet = QuietGrant {grant->fromDay, grant->untilDay, true};
                m_d.reason = m_facts->changedLaw > 0 ? DecisionReason::QuietEndedByLaw
                    : m_facts->mandatory > 0         ? DecisionReason::QuietEndedByMandatory
                                                     : DecisionReason::QuietEndedByNewRisk;
            }
            return false;
        }
        if (!runs) {
            if (m_facts->score < rules.minScore || m_facts->coveragePercent < rules.minCoveragePercent
                || (grant && !answeredSince(*grant))) {
                return false;
            }
            m_d.quiet = QuietGrant {day, day + rules.days - 1, false};
        }
        m_d.demand = Demand::Glance;
        m_d.reason = DecisionReason::EarnedQuiet;
        m_d.lastDay = runs ? grant->untilDay : m_d.quiet->untilDay;
        return true;
    }

    /** Whether questions were answered on a day since quiet ended: it has to be earned anew. */
    bool answeredSince(const QuietGrant &grant) const
    {
        const int ended = grant.ended ? grant.fromDay - 1 : grant.untilDay;
        return std::any_of(m_ledger.rows.cbegin(), m_ledger.rows.cend(), [ended](const LedgerRow &row) {
            const Obligation &o = row.obligation;
            return o.studyDay > ended && o.state == ObligationState::Settled && o.answered > 0;
        });
    }

    const PolicySet &m_set;
    const PolicySubject &m_person;
    const Occurrence &m_occurrence;
    const ClockReading &m_clock;
    const WorkCalendar &m_calendar;
    const Ledger &m_ledger;
    const std::optional<LearningFacts> &m_facts;
    const ObligationPolicy m_policy;
    const qint64 m_now;
    const int m_today;
    Decision m_d;
};

/** The next deferral of what a decision demands. */
Deferral nextDeferral(const PolicySubject &person, const Ledger &ledger, const Decision &decision,
    const QString &obligation, Deferral::Kind kind, qint64 nowMs, qint64 untilMs)
{
    const Deferral *latest = latestDeferral(ledger, obligation);
    return {{}, obligation, person.person, decision.studyDay, latest ? latest->number + 1 : 1, kind, nowMs, untilMs,
        false};
}

const LedgerRow *rowOf(const Ledger &ledger, const Decision &decision)
{
    const auto found = std::find_if(ledger.rows.cbegin(), ledger.rows.cend(), [&](const LedgerRow &row) {
        return row.obligation.studyDay == decision.studyDay && row.obligation.occasion == decision.occasion;
    });
    return decision.occasion.isEmpty() || found == ledger.rows.cend() ? nullptr : &*found;
}

} // namespace

QString nameOf(Moment moment)
{
    return QString::fromUtf16(momentNames[std::size_t(moment)]);
}

std::optional<Moment> momentFromName(const QString &name)
{
    for (std::size_t i = 0; i < momentNames.size(); ++i) {
        if (name == QStringView(momentNames[i])) {
            return Moment(i);
        }
    }
    return std::nullopt;
}

QString nameOf(Demand demand)
{
    return QString::fromUtf16(demandNames[std::size_t(demand)]);
}

QString nameOf(DecisionReason reason)
{
    return QString::fromUtf16(reasonNames[std::size_t(reason)]);
}

Decision decide(const PolicySet &policy, const PolicySubject &person, const Occurrence &occurrence,
    const ClockReading &clock, const WorkCalendar &calendar, const Ledger &ledger,
    const std::optional<LearningFacts> &facts)
{
    return Deciding(policy, person, occurrence, clock, calendar, ledger, facts).run();
}

QString record(const Decision &decision, const PolicySubject &person, const Occurrence &occurrence,
    const ClockReading &clock, const QString &newId, Ledger &ledger)
{
    ledger.memory = decision.memory;
    if (decision.quiet) {
        ledger.quiet = decision.quiet;
    }
    for (Deferral &deferral : ledger.deferrals) {
        const bool voids = !decision.voidedDeferral.isEmpty() && deferral.id == decision.voidedDeferral;
        deferral.voided = deferral.voided || voids;
    }
    if (decision.demand == Demand::Nothing) {
        return decision.obligation;
    }
    const LedgerRow *existing = rowOf(ledger, decision);
    if (!existing) {
        Obligation made;
        made.id = newId;
        made.person = person.person;
        made.studyDay = decision.studyDay;
        made.occasion = decision.occasion;
        made.owed = decision.questions;
        made.createdAtMs = clock.nowMs();
        if (decision.demand == Demand::Glance) {
            made.state = ObligationState::Settled;
            made.settledBy = QStringLiteral("quiet");
            made.settledAtMs = made.createdAtMs;
        }
        ledger.rows.append({made, {}});
        existing = &ledger.rows.last();
    }
    LedgerRow &row = ledger.rows[existing - ledger.rows.constData()];
    if (!occurrence.login.isEmpty() && !row.logins.contains(occurrence.login)) {
        row.logins.append(occurrence.login);
    }
    return row.obligation.id;
}

DeferralOffer offerDeferral(const ObligationPolicy &policy, const PolicySubject &person, const ClockReading &clock,
    const Ledger &ledger, const Decision &decision)
{
    using Refusal = DeferralOffer::Refusal;
    const DeferralRules &rules = policy.deferral;
    const qint64 now = clock.nowMs();
    const qint64 period = periodOf(decision.studyDay, rules.per);
    const auto used = std::count_if(ledger.deferrals.cbegin(), ledger.deferrals.cend(), [&](const Deferral &deferral) {
        return deferral.kind == Deferral::Kind::Token && periodOf(deferral.studyDay, rules.per) == period;
    });
    DeferralOffer offer;
    offer.left = std::max(0, rules.quota - int(used));
    const LedgerRow *row = rowOf(ledger, decision);
    // Local midnight of the study day's date, then the last time of day.
    const qint64 latest = qint64(decision.studyDay) * dayMs + rules.latest.msecsSinceStartOfDay()
        - qint64(clock.utcOffsetSeconds) * 1000;
    if (decision.demand != Demand::Questions || !row || !row->obligation.isOpen()) {
        offer.refusal = Refusal::NothingOwed;
    } else if (rules.quota == 0) {
        offer.refusal = Refusal::NotOffered;
    } else if (offer.left == 0) {
        offer.refusal = Refusal::QuotaUsed;
    } else if (decision.clockWentBack || studyDay(now, clock.utcOffsetSeconds) != decision.studyDay) {
        offer.refusal = Refusal::ClockUncertain;
    } else if (latest - now < minuteMs) {
        offer.refusal = Refusal::TooLate;
    } else {
        offer.deferral = nextDeferral(person, ledger, decision, row->obligation.id, Deferral::Kind::Token, now,
            std::min(now + rules.minutes * minuteMs, latest));
    }
    return offer;
}

EmergencyOffer offerEmergencyExit(const ObligationPolicy &policy, const PolicySubject &person,
    const ClockReading &clock, const Ledger &ledger, const Decision &decision)
{
    const EmergencyRules &rules = policy.emergency;
    const qint64 period = periodOf(decision.studyDay, rules.per);
    const auto used = std::count_if(ledger.rows.cbegin(), ledger.rows.cend(), [&](const LedgerRow &row) {
        // An administrator's code is no exit of the person's own.
        return row.obligation.state == ObligationState::Exempted
            && row.obligation.reason != unlockCodeReason()
            && periodOf(row.obligation.studyDay, rules.per) == period;
    });
    EmergencyOffer offer;
    offer.reasons = rules.reasons;
    offer.left = std::max(0, rules.quota - int(used));
    offer.exempts = offer.left > 0;
    if (!offer.exempts) {
        const LedgerRow *row = rowOf(ledger, decision);
        const qint64 now = clock.nowMs();
        offer.postponement = nextDeferral(person, ledger, decision, row ? row->obligation.id : QString(),
            Deferral::Kind::Emergency, now, now + rules.againAfterMinutes * minuteMs);
    }
    return offer;
}

QDate dayOfStudyDay(int studyDay)
{
    return QDate(1970, 1, 1).addDays(studyDay);
}

int studyDayOf(QDate day)
{
    return int(QDate(1970, 1, 1).daysTo(day));
}

} // namespace qingfeng
