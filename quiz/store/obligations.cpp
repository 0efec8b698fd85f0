#include "quiz/store/database.h"
#include "quiz/store/learning_store.h"
#include "quiz/store/obligation_table.h"

#include "question_bank/base/uuid.h"

#include <algorithm>

namespace qingfeng {
namespace {

Ledger ledgerFor(SQLite::Database &database, const Asking &asking)
{
    return obligation_table::readLedger(
        database, asking.person.person, studyDay(asking.clock.nowMs(), asking.clock.utcOffsetSeconds));
}

/** The row with this id; without an id, what the day's questions were settled by last. */
std::optional<Obligation> obligationOf(const Ledger &ledger, const Decision &decision, const QString &id)
{
    const auto row
        = std::find_if(ledger.rows.crbegin(), ledger.rows.crend(), [&](const LedgerRow &candidate) {
              const Obligation &obligation = candidate.obligation;
              return id.isEmpty() ? obligation.studyDay == decision.studyDay && !obligation.isOpen()
                                  : obligation.id == id;
          });
    return row == ledger.rows.crend() ? std::nullopt : std::optional(row->obligation);
}

/** A decision with what can be done about it. */
Decided described(const Asking &asking, const Ledger &ledger, Decision decision, const QString &row)
{
    const ObligationPolicy policy = effectivePolicy(asking.policy, asking.person).policy;
    Decided decided;
    decided.obligation = obligationOf(ledger, decision, row);
    decided.deferral = offerDeferral(policy, asking.person, asking.clock, ledger, decision);
    decided.emergency = offerEmergencyExit(policy, asking.person, asking.clock, ledger, decision);
    decided.decision = std::move(decision);
    return decided;
}

Decision decisionOf(const Asking &asking, const Ledger &ledger)
{
    return decide(
        asking.policy, asking.person, asking.occurrence, asking.clock, asking.calendar, ledger, asking.facts);
}

/** Whether the deferral that was offered exists already: another program of this person has taken it. */
bool isThere(const Ledger &ledger, const Deferral &offered)
{
    return std::any_of(
        ledger.deferrals.cbegin(), ledger.deferrals.cend(), [&offered](const Deferral &deferral) {
            return deferral.obligation == offered.obligation && deferral.number == offered.number;
        });
}

QString idOf(const Decided &decided)
{
    return decided.obligation ? decided.obligation->id : QString();
}

Error noObligation()
{
    return Error(ErrorCode::NotFound, QStringLiteral("no such obligation"));
}

QString nameOf(DeferralOffer::Refusal refusal)
{
    using Refusal = DeferralOffer::Refusal;
    switch (refusal) {
    case Refusal::None:
        break;
    case Refusal::NothingOwed:
        return QStringLiteral("nothing owed");
    case Refusal::NotOffered:
        return QStringLiteral("not offered by policy");
    case Refusal::QuotaUsed:
        return QStringLiteral("quota used");
    case Refusal::TooLate:
        return QStringLiteral("too late in the day");
    case Refusal::ClockUncertain:
        return QStringLiteral("the clock was turned back");
    }
    return {};
}

} // namespace

Result<Ledger> LearningStore::ledger(const QString &person, int today) const
{
    return guarded([&]() -> Result<Ledger> {
        SQLite::Transaction transaction(*m_database);
        return obligation_table::readLedger(*m_database, person, today);
    });
}

Result<Decided> LearningStore::look(const Asking &asking) const
{
    const auto held
        = ledger(asking.person.person, studyDay(asking.clock.nowMs(), asking.clock.utcOffsetSeconds));
    if (!held) {
        return held.error();
    }
    const Decision decision = decisionOf(asking, *held);
    return described(asking, *held, decision, decision.obligation);
}

Result<Decided> LearningStore::decide(const Asking &asking)
{
    return guarded([&]() -> Result<Decided> {
        SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
        const Ledger before = ledgerFor(*m_database, asking);
        const Decision decision = decisionOf(asking, before);
        Ledger after = before;
        const QString row = qingfeng::record(
            decision, asking.person, asking.occurrence, asking.clock, makeUuidV7(m_clock, m_random), after);
        obligation_table::keepLedger(*m_database, asking.person.person, before, after);
        noteDecision(asking, decision, after.rows.size() > before.rows.size());
        transaction.commit();
        return described(asking, after, decision, row);
    });
}

void LearningStore::noteDecision(const Asking &asking, const Decision &decision, bool isNew)
{
    const QString &person = asking.person.person;
    const QString day = dayOfStudyDay(decision.studyDay).toString(Qt::ISODate);
    if (decision.clockWentBack) {
        insertEvent(person, QStringLiteral("clock-back"), day);
    }
    if (decision.quiet) {
        const QuietGrant &quiet = *decision.quiet;
        insertEvent(person, quiet.ended ? QStringLiteral("quiet-ended") : QStringLiteral("quiet-earned"),
            quiet.ended ? qingfeng::nameOf(decision.reason)
                        : dayOfStudyDay(quiet.untilDay).toString(Qt::ISODate));
    }
    const bool byCalendar = effectivePolicy(asking.policy, asking.person).policy.days == AskDays::WorkingDays;
    if (isNew && byCalendar && decision.calendarMissing) {
        insertEvent(person, QStringLiteral("calendar-missing"), day.left(4));
    }
}

Result<Pass> LearningStore::passFor(const Decided &decided, const QByteArray &gateSecret)
{
    if (decided.decision.demand == Demand::Questions) {
        return Error(
            ErrorCode::NotPermitted, QStringLiteral("questions are owed"), decided.decision.obligation);
    }
    if (!decided.obligation) {
        const QString none = QStringLiteral("none");
        const QString word = QStringLiteral("not-owed");
        return Pass{none, word, passToken(gateSecret, none, word)};
    }
    return guarded([&]() -> Result<Pass> {
        SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
        const auto obligation = obligation_table::find(*m_database, decided.obligation->id);
        const QString word = obligation && !obligation->isOpen()  ? QStringLiteral("settled")
            : decided.decision.reason == DecisionReason::Deferred ? QStringLiteral("deferred")
                                                                  : QStringLiteral("not-owed");
        const Pass pass = obligation_table::issuePass(*m_database, decided.obligation->id, word, gateSecret);
        transaction.commit();
        return pass;
    });
}

Result<Pass> LearningStore::defer(const Asking &asking, const Decided &decided, const QByteArray &gateSecret)
{
    return guarded([&]() -> Result<Pass> {
        SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
        const auto row = obligation_table::find(*m_database, idOf(decided));
        if (!row) {
            return noObligation();
        }
        QString word = QStringLiteral("settled"); // answered in another session meanwhile
        if (row->isOpen()) {
            const Ledger ledger = ledgerFor(*m_database, asking);
            if (!isThere(ledger, decided.deferral.deferral)) {
                const DeferralOffer offer
                    = offerDeferral(effectivePolicy(asking.policy, asking.person).policy, asking.person,
                        asking.clock, ledger, decided.decision);
                if (!offer.isAllowed()) {
                    return Error(ErrorCode::NotPermitted, nameOf(offer.refusal));
                }
                putOff(offer.deferral, ledger, QStringLiteral("gate-deferred"), {});
            }
            word = QStringLiteral("deferred");
        }
        const Pass pass = obligation_table::issuePass(*m_database, row->id, word, gateSecret);
        transaction.commit();
        return pass;
    });
}

Result<Pass> LearningStore::leave(
    const Asking &asking, const Decided &decided, const QString &reason, const QByteArray &gateSecret)
{
    return guarded([&]() -> Result<Pass> {
        SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
        auto row = obligation_table::find(*m_database, idOf(decided));
        if (!row) {
            return noObligation();
        }
        QString word = QStringLiteral("settled"); // answered in another session meanwhile
        if (row->isOpen()) {
            const Ledger ledger = ledgerFor(*m_database, asking);
            const EmergencyOffer offer
                = offerEmergencyExit(effectivePolicy(asking.policy, asking.person).policy, asking.person,
                    asking.clock, ledger, decided.decision);
            if (offer.exempts) {
                row->state = ObligationState::Exempted;
                row->reason = reason;
                row->settledAtMs = asking.clock.nowMs();
                obligation_table::update(*m_database, *row);
                insertEvent(row->person, QStringLiteral("gate-exempted"), reason);
            } else if (!isThere(ledger, decided.emergency.postponement)) {
                putOff(offer.postponement, ledger, QStringLiteral("gate-postponed"), reason);
            }
            word = offer.exempts ? QStringLiteral("exempted") : QStringLiteral("deferred");
        }
        const Pass pass = obligation_table::issuePass(*m_database, row->id, word, gateSecret);
        transaction.commit();
        return pass;
    });
}

void LearningStore::putOff(
    Deferral deferral, const Ledger &before, const QString &event, const QString &reason)
{
    deferral.id = makeUuidV7(m_clock, m_random);
    Ledger after = before;
    after.deferrals.append(deferral);
    obligation_table::keepLedger(*m_database, deferral.person, before, after);
    const QString minutes = QString::number((deferral.untilMs - deferral.madeAtMs + 59'999) / 60'000);
    insertEvent(deferral.person, event, reason.isEmpty() ? minutes : reason + QLatin1Char(' ') + minutes);
}

} // namespace qingfeng
