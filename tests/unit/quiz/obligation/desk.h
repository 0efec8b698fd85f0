#pragma once

#include "quiz/obligation/calendar_file.h"
#include "quiz/obligation/decision.h"
#include "quiz/obligation/policy_file.h"

#include <QStringList>

namespace qingfeng {

/**
 * One person at a PC, with a ledger that keeps what a store keeps. A script of words drives it:
 *
 *     S1 U1 R1 T1   start, unlock, resume, timer in login 1: what is decided is kept
 *     S1!           the same, but killed before it was kept
 *     A             one question of the open obligation is answered
 *     E  D          emergency exit, deferral, each of what was last demanded
 *     +90 -90       the clock goes on, or is turned back, by minutes
 *     >2            two days later at 09:00
 *     Z-780         the time zone is moved by minutes
 *     F85,90,0,0,0  facts: score, coverage, unseen high risk, changed law, mandatory; F alone: none
 *     P             the policy is another: the next one given to the desk
 *
 * Each decision gives one word: "q2" two questions, "g" a glance, "." nothing; with @ref reasons on,
 * "q2:first-of-day". E gives "exempt" or "later", D gives "deferred" or a refusal's number, "no4".
 */
class Desk
{
public:
    /** Starts on 2026-11-24 (a Tuesday) at 09:00, UTC+8. Several policies: see P. */
    explicit Desk(const QByteArrayList &policies = {""});

    QStringList run(const QString &script);

    Decision ask(Moment moment, const QString &login, bool kept = true);
    /** What ask() would say, without keeping it. */
    Decision peek(Moment moment, const QString &login) const;
    void answer();
    EmergencyOffer leave();
    DeferralOffer defer();
    void setTime(QDate day, QTime time);
    void advance(qint64 minutes);

    ObligationPolicy held() const;
    const LedgerRow *openRow() const;

    bool reasons = false;
    QList<PolicySet> policies;
    PolicySubject person;
    WorkCalendar calendar = builtInWorkCalendar();
    ClockReading clock;
    Ledger ledger;
    std::optional<LearningFacts> facts;
    Decision last;

private:
    QString nextId();

    int m_ids = 0;
    QString m_shown; ///< id of the obligation last demanded
    Decision m_demanded; ///< the decision last kept
};

} // namespace qingfeng
