#include "quiz/store/learning_store.h"
#include "tests/support/fake_clock.h"
#include "tests/unit/quiz/obligation/desk.h"

#include "question_bank/base/uuid.h"

#include <QTemporaryDir>
#include <QTest>

using namespace qingfeng;

/** The store's obligations are those of the specification in memory, whatever happens in whatever session. */
class TestObligations : public QObject
{
    Q_OBJECT

    static constexpr int runs = 24;
    static constexpr int steps = 60;
    static constexpr int farBack = -1'000'000;

    const QByteArray m_secret{32, 's'};

    static int pick(Random &random, int count) { return int(random.next64() % quint64(count)); }

    static QByteArray policyOf(Random &random)
    {
        static const char *const when[] = {"first-of-day", "times-a-day", "every-start"};
        const auto number = [](int value) { return QByteArray::number(value); };
        return "[gate]\nwhen = \"" + QByteArray(when[pick(random, 3)]) + "\"\ndays = \""
            + (pick(random, 2) ? "every-day" : "working-days") + "\"\nquestions = "
            + number(1 + pick(random, 3)) + "\nminutes_apart = " + number(10 + pick(random, 200))
            + "\n[deferral]\nquota = " + number(pick(random, 4)) + "\nminutes = "
            + number(5 + pick(random, 120)) + "\n[emergency_exit]\nquota = " + number(pick(random, 3))
            + "\n[earned_quiet]\nenabled = " + (pick(random, 2) ? "true" : "false")
            + "\ndays = " + number(1 + pick(random, 6)) + "\n";
    }

    /** A ledger in words, without the ids, which differ. */
    static QStringList described(const Ledger &ledger)
    {
        QStringList lines;
        QHash<QString, QString> keys;
        for (const LedgerRow &row : ledger.rows) {
            const Obligation &o = row.obligation;
            keys.insert(o.id, QStringLiteral("%1 %2").arg(o.studyDay).arg(o.occasion));
            lines.append(QStringLiteral("%1: %2 of %3 %4, made %5, settled %6, logins %7")
                             .arg(keys.value(o.id))
                             .arg(o.answered)
                             .arg(o.owed)
                             .arg(nameOf(o.state))
                             .arg(o.createdAtMs)
                             .arg(o.settledAtMs)
                             .arg(row.logins.join(QLatin1Char(','))));
        }
        for (const Deferral &d : ledger.deferrals) {
            lines.append(QStringLiteral("deferral %1 of %2, kind %3, day %4, %5 to %6%7")
                             .arg(d.number)
                             .arg(keys.value(d.obligation))
                             .arg(int(d.kind))
                             .arg(d.studyDay)
                             .arg(d.madeAtMs)
                             .arg(d.untilMs)
                             .arg(d.voided ? QStringLiteral(" void") : QString()));
        }
        if (ledger.memory) {
            lines.append(QStringLiteral("clock %1 %2 %3")
                             .arg(ledger.memory->lastSeenDay)
                             .arg(ledger.memory->obligedDay)
                             .arg(ledger.memory->lastSeenMs));
        }
        if (ledger.quiet) {
            lines.append(QStringLiteral("quiet %1 %2 %3")
                             .arg(ledger.quiet->fromDay)
                             .arg(ledger.quiet->untilDay)
                             .arg(ledger.quiet->ended));
        }
        return lines;
    }

    /** Two sessions of one person, each with a connection of its own, beside the specification. */
    struct Office
    {
        FakeClock clock;
        SeededRandom random;
        QTemporaryDir dir;
        std::unique_ptr<LearningStore> sessions[2];
        Desk desk;
        Decided shown; ///< what was demanded last

        Office(quint64 seed, const QByteArray &policy)
            : random(seed)
            , desk({policy})
        {
            desk.clock.utcMs = clock.utcMs();
            for (auto &session : sessions) {
                session = *LearningStore::open(dir.filePath(QStringLiteral("learning.db")), clock, random);
            }
        }

        LearningStore &any() { return *sessions[random.next64() % 2]; }

        Asking asking(Moment moment, const QString &login) const
        {
            return {
                desk.policies.first(), desk.person, {moment, login}, desk.clock, desk.calendar, desk.facts};
        }

        void advance(qint64 minutes)
        {
            desk.advance(minutes);
            clock.setUtcMs(desk.clock.utcMs);
        }

        /** Offers as the page has them: of this moment. */
        void refreshOffers()
        {
            const auto ledger = any().ledger(desk.person.person, farBack);
            shown.deferral = offerDeferral(desk.held(), desk.person, desk.clock, *ledger, shown.decision);
            shown.emergency
                = offerEmergencyExit(desk.held(), desk.person, desk.clock, *ledger, shown.decision);
        }
    };

    /** One random act on both sides; empty, or what differs. */
    QString act(Office &office)
    {
        Desk &desk = office.desk;
        Random &random = office.random;
        switch (pick(random, 10)) {
        case 0:
        case 1: {
            const bool open = desk.openRow() != nullptr;
            desk.answer();
            if (open) {
                Attempt attempt;
                attempt.id = makeUuidV7(office.clock, random);
                attempt.person = desk.person.person;
                attempt.question = QStringLiteral("q%1").arg(pick(random, 9));
                attempt.version = 1;
                attempt.outcome = Outcome::Right;
                attempt.obligation = office.shown.obligation->id;
                attempt.studyDay = studyDay(office.clock);
                if (!office.any().record(attempt)) {
                    return QStringLiteral("an answer was not recorded");
                }
            }
            return {};
        }
        case 2: {
            const bool open = desk.openRow() != nullptr;
            office.refreshOffers();
            desk.leave();
            if (open
                && !office.any().leave(
                    office.asking(Moment::Start, {}), office.shown, QStringLiteral("other"), m_secret)) {
                return QStringLiteral("the emergency exit did not open");
            }
            return {};
        }
        case 3: {
            office.refreshOffers();
            const bool allowed = desk.defer().isAllowed();
            if (allowed != office.shown.deferral.isAllowed()) {
                return QStringLiteral("offers differ");
            }
            if (allowed) {
                const auto pass
                    = office.any().defer(office.asking(Moment::Start, {}), office.shown, m_secret);
                if (!pass || pass->word != QLatin1String("deferred")) {
                    return QStringLiteral("a deferral was not taken");
                }
            }
            return {};
        }
        case 4:
            desk.facts = pick(random, 5) == 0
                ? std::nullopt
                : std::optional(LearningFacts{75 + pick(random, 26), 75 + pick(random, 26),
                    pick(random, 8) == 0, pick(random, 8) == 0, 0});
            return {};
        case 5:
            office.advance(-pick(random, 3 * 1440));
            return {};
        case 6:
            office.advance(pick(random, 5 * 1440));
            return {};
        case 7:
            office.advance((pick(random, 3) - 1) * 500'000); // a year, either way
            return {};
        default:
            office.advance(pick(random, 90));
            return {};
        }
    }

private Q_SLOTS:
    void theStoreDoesWhatTheSpecificationDoes()
    {
        for (int seed = 1; seed <= runs; ++seed) {
            SeededRandom forPolicy{quint64(seed)};
            Office office(quint64(seed), policyOf(forPolicy));
            Desk &desk = office.desk;
            for (int step = 0; step < steps; ++step) {
                const QString context = QStringLiteral("seed %1, step %2: ").arg(seed).arg(step);
                const QString fault = act(office);
                QVERIFY2(fault.isEmpty(), qPrintable(context + fault));
                const auto moment = Moment(pick(office.random, 4));
                const QString login = QString::number(pick(office.random, 3));
                const Asking asking = office.asking(moment, login);
                const auto seen = office.any().look(asking);
                const bool kept = pick(office.random, 4) > 0; // or killed before
                const Decision said = desk.ask(moment, login, kept);
                const auto decided = kept ? office.any().decide(asking) : seen;
                for (const Result<Decided> *one : {&seen, &decided}) {
                    QVERIFY2(*one, qPrintable(context));
                    QCOMPARE((*one)->decision.reason, said.reason);
                    QCOMPARE((*one)->decision.demand, said.demand);
                    QCOMPARE((*one)->decision.questions, said.questions);
                    QCOMPARE((*one)->decision.studyDay, said.studyDay);
                    QCOMPARE((*one)->decision.nextAskMs, said.nextAskMs);
                }
                if (kept) {
                    office.shown = *decided;
                }
                const QStringList held = described(*office.any().ledger(desk.person.person, farBack));
                QVERIFY2(held == described(desk.ledger),
                    qPrintable(context + QLatin1Char('\n') + held.join(QLatin1Char('\n'))
                        + QStringLiteral("\n--\n") + described(desk.ledger).join(QLatin1Char('\n'))));
            }
        }
    }

    void twoSessionsThatDeferAtOnceTakeOneToken()
    {
        Office office(1, "[deferral]\nquota = 2\n");
        const auto one = office.sessions[0]->decide(office.asking(Moment::Start, QStringLiteral("1")));
        const auto two = office.sessions[1]->decide(office.asking(Moment::Start, QStringLiteral("1")));
        QCOMPARE(one->obligation->id, two->obligation->id);
        QVERIFY(office.sessions[0]->defer(office.asking(Moment::Start, {}), *one, m_secret));
        QCOMPARE(office.sessions[1]->defer(office.asking(Moment::Start, {}), *two, m_secret)->word,
            QStringLiteral("deferred"));
        QCOMPARE(office.any().ledger(office.desk.person.person, farBack)->deferrals.size(), 1);
        QCOMPARE(office.any().outbox().pendingEvents(10)->size(), 1);
    }

    void aDeferralOpensAndComesBack()
    {
        Office office(2, "[deferral]\nquota = 1\nminutes = 30\n");
        LearningStore &store = office.any();
        const auto owed = store.decide(office.asking(Moment::Start, QStringLiteral("1")));
        QVERIFY(owed->deferral.isAllowed());
        const auto pass = store.defer(office.asking(Moment::Start, {}), *owed, m_secret);
        QCOMPARE(pass->token, passToken(m_secret, owed->obligation->id, QStringLiteral("deferred")));
        QCOMPARE(store.outbox().pendingEvents(10)->first().kind, QStringLiteral("gate-deferred"));

        const auto again = store.decide(office.asking(Moment::Start, QStringLiteral("1")));
        QCOMPARE(again->decision.reason, DecisionReason::Deferred);
        QCOMPARE(store.passFor(*again, m_secret)->word, QStringLiteral("deferred"));
        QCOMPARE(store.look(office.asking(Moment::Timer, {}))->decision.demand, Demand::Nothing);
        office.advance(31);
        const auto due = store.look(office.asking(Moment::Timer, {}));
        QCOMPARE(due->decision.reason, DecisionReason::DeferralOver);
        QCOMPARE(due->deferral.refusal, DeferralOffer::Refusal::QuotaUsed);
        QCOMPARE(store
                     .defer(office.asking(Moment::Timer, {}), *store.decide(office.asking(Moment::Timer, {})),
                         m_secret)
                     .error()
                     .code(),
            ErrorCode::NotPermitted);
    }

    void whatIsNotOwedPassesWithoutARow()
    {
        Office office(3, "[gate]\ndays = \"working-days\"\n");
        office.desk.setTime({2026, 11, 28}, {9, 0}); // a Saturday
        office.clock.setUtcMs(office.desk.clock.utcMs);
        LearningStore &store = office.any();
        const auto free = store.decide(office.asking(Moment::Start, QStringLiteral("1")));
        QCOMPARE(free->decision.reason, DecisionReason::DayOff);
        const auto pass = store.passFor(*free, m_secret);
        QCOMPARE(pass->word, QStringLiteral("not-owed"));
        QCOMPARE(pass->token, passToken(m_secret, pass->obligation, pass->word));
        QVERIFY(store.ledger(office.desk.person.person, farBack)->rows.isEmpty());
    }

    void beyondTheQuotaTheEmergencyExitOpensAndTheQuestionComesBack()
    {
        Office office(4, "[emergency_exit]\nquota = 0\nagain_after_minutes = 20\n");
        LearningStore &store = office.any();
        const auto owed = store.decide(office.asking(Moment::Start, QStringLiteral("1")));
        QVERIFY(!owed->emergency.exempts);
        const auto pass
            = store.leave(office.asking(Moment::Start, {}), *owed, QStringLiteral("meeting"), m_secret);
        QCOMPARE(pass->word, QStringLiteral("deferred"));
        const auto events = store.outbox().pendingEvents(10);
        QCOMPARE(events->first().kind, QStringLiteral("gate-postponed"));
        QCOMPARE(events->first().detail, QStringLiteral("meeting 20"));
        office.advance(21);
        QCOMPARE(store.look(office.asking(Moment::Timer, {}))->decision.demand, Demand::Questions);
    }
};

QTEST_GUILESS_MAIN(TestObligations)
#include "tst_obligations.moc"
