#include "desk.h"

#include <QTest>

namespace qingfeng {
namespace {

Moment momentOf(QChar letter)
{
    switch (letter.unicode()) {
    case 'S':
        return Moment::Start;
    case 'U':
        return Moment::Unlock;
    case 'R':
        return Moment::Resume;
    default:
        return Moment::Timer;
    }
}

} // namespace

Desk::Desk(const QByteArrayList &tomls)
{
    for (const QByteArray &toml : tomls) {
        LoadedPolicy loaded;
        addPolicy(toml, QStringLiteral("desk.toml"), loaded);
        if (!loaded.faults.isEmpty()) {
            qFatal("the policy of this test has a fault: %s", qPrintable(loaded.faults.first().key));
        }
        policies.append(loaded.policy);
    }
    person.person = QStringLiteral("0010034");
    clock.utcOffsetSeconds = 8 * 3600;
    setTime({2026, 11, 24}, {9, 0});
}

void Desk::setTime(QDate day, QTime time)
{
    clock.utcMs = qint64(studyDayOf(day)) * 86'400'000 + time.msecsSinceStartOfDay()
        - qint64(clock.utcOffsetSeconds) * 1000;
}

void Desk::advance(qint64 minutes)
{
    clock.utcMs += minutes * 60'000;
}

QString Desk::nextId()
{
    return QStringLiteral("id-%1").arg(++m_ids);
}

ObligationPolicy Desk::held() const
{
    return effectivePolicy(policies.first(), person).policy;
}

Decision Desk::peek(Moment moment, const QString &login) const
{
    return decide(policies.first(), person, {moment, login}, clock, calendar, ledger, facts);
}

Decision Desk::ask(Moment moment, const QString &login, bool kept)
{
    last = peek(moment, login);
    if (kept) {
        const QString row = record(last, person, {moment, login}, clock, nextId(), ledger);
        m_shown = last.demand == Demand::Questions ? row : QString();
        m_demanded = last;
    }
    return last;
}

const LedgerRow *Desk::openRow() const
{
    for (const LedgerRow &row : ledger.rows) {
        if (row.obligation.id == m_shown && row.obligation.isOpen()) {
            return &row;
        }
    }
    return nullptr;
}

void Desk::answer()
{
    for (LedgerRow &row : ledger.rows) {
        Obligation &o = row.obligation;
        if (o.id == m_shown && o.isOpen() && ++o.answered >= o.owed) {
            o.state = ObligationState::Settled;
            o.settledBy = nextId();
            o.settledAtMs = clock.nowMs();
        }
    }
}

EmergencyOffer Desk::leave()
{
    EmergencyOffer offer = offerEmergencyExit(held(), person, clock, ledger, m_demanded);
    if (!openRow()) {
        return offer;
    }
    if (!offer.exempts) {
        offer.postponement.id = nextId();
        ledger.deferrals.append(offer.postponement);
        return offer;
    }
    for (LedgerRow &row : ledger.rows) {
        if (row.obligation.id == m_shown) {
            row.obligation.state = ObligationState::Exempted;
            row.obligation.settledAtMs = clock.nowMs();
        }
    }
    return offer;
}

DeferralOffer Desk::defer()
{
    DeferralOffer offer = offerDeferral(held(), person, clock, ledger, m_demanded);
    if (offer.isAllowed()) {
        offer.deferral.id = nextId();
        ledger.deferrals.append(offer.deferral);
    }
    return offer;
}

QStringList Desk::run(const QString &script)
{
    QStringList said;
    for (const QString &word : script.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const QString rest = word.mid(1);
        switch (word.at(0).unicode()) {
        case 'A':
            answer();
            break;
        case 'E':
            said.append(leave().exempts ? QStringLiteral("exempt") : QStringLiteral("later"));
            break;
        case 'D': {
            const auto offer = defer();
            said.append(offer.isAllowed() ? QStringLiteral("deferred") : QStringLiteral("no%1").arg(int(offer.refusal)));
            break;
        }
        case '+':
        case '-':
            advance(word.toInt());
            break;
        case '>':
            setTime(dayOfStudyDay(int((clock.utcMs / 1000 + clock.utcOffsetSeconds) / 86400) + rest.toInt()), {9, 0});
            break;
        case 'Z':
            clock.utcOffsetSeconds += rest.toInt() * 60;
            break;
        case 'P':
            policies.removeFirst();
            break;
        case 'F': {
            const QStringList n = rest.split(QLatin1Char(','), Qt::SkipEmptyParts);
            facts = n.size() < 5 ? std::nullopt
                                 : std::optional(LearningFacts {n[0].toInt(), n[1].toInt(), n[2].toInt(), n[3].toInt(),
                                     n[4].toInt()});
            break;
        }
        default: {
            const bool kept = !word.endsWith(QLatin1Char('!'));
            const Decision decision = ask(momentOf(word.at(0)), rest.chopped(kept ? 0 : 1), kept);
            QString heard = decision.demand == Demand::Questions ? QStringLiteral("q%1").arg(decision.questions)
                : decision.demand == Demand::Glance              ? QStringLiteral("g")
                                                                 : QStringLiteral(".");
            said.append(reasons ? heard + QLatin1Char(':') + nameOf(decision.reason) : heard);
        }
        }
    }
    return said;
}

} // namespace qingfeng
