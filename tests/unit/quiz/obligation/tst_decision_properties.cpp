#include "desk.h"

#include "question_bank/base/clock.h"
#include "question_bank/base/random.h"

#include <QSet>
#include <QTest>

using namespace qingfeng;

/** Random policies, events and clocks; every failure names the seed of its run. */
class TestDecisionProperties : public QObject
{
    Q_OBJECT

    static constexpr int runs = 120;
    static constexpr int steps = 100;

    static int pick(Random &random, int count) { return int(random.next64() % quint64(count)); }

    static QByteArray randomPolicy(Random &random)
    {
        static const char *const when[] = {"first-of-day", "times-a-day", "every-start"};
        static const char *const days[] = {"every-day", "working-days"};
        static const char *const per[] = {"week", "month"};
        const auto number = [](int value) { return QByteArray::number(value); };
        QByteArray policy = "[gate]\nwhen = \"" + QByteArray(when[pick(random, 3)]) + "\"\ndays = \""
            + days[pick(random, 2)] + "\"\ntimes_a_day = " + number(2 + pick(random, 3)) + "\nminutes_apart = "
            + number(10 + pick(random, 200)) + "\nquestions = " + number(1 + pick(random, 3)) + "\n[deferral]\nquota = "
            + number(pick(random, 4)) + "\nper = \"" + per[pick(random, 2)] + "\"\nminutes = "
            + number(5 + pick(random, 120)) + "\n[emergency_exit]\nquota = " + number(pick(random, 4)) + "\nper = \""
            + per[pick(random, 2)] + "\"\n[earned_quiet]\nenabled = " + (pick(random, 2) ? "true" : "false")
            + "\ndays = " + number(1 + pick(random, 6)) + "\n";
        if (pick(random, 3) == 0) {
            policy += "[[exemption]]\nperson = \"0010034\"\nreason = \"外派\"\nfrom = 2026-11-26\nuntil = 2026-12-02\n";
        }
        return policy;
    }

    static LearningFacts randomFacts(Random &random)
    {
        return {70 + pick(random, 31), 70 + pick(random, 31), pick(random, 8) == 0, pick(random, 8) == 0,
            pick(random, 8) == 0};
    }

    static Moment randomMoment(Random &random) { return Moment(pick(random, 4)); }

    static QString randomLogin(Random &random) { return QString::number(pick(random, 4)); }

    /** What holds of every ledger, whatever happened. */
    static QString faultOf(const Desk &desk)
    {
        QSet<QString> keys;
        QHash<int, int> openOfDay;
        for (const LedgerRow &row : desk.ledger.rows) {
            const Obligation &o = row.obligation;
            const QString key = QStringLiteral("%1 %2").arg(o.studyDay).arg(o.occasion);
            if (keys.contains(key)) {
                return QStringLiteral("owed twice for ") + key;
            }
            keys.insert(key);
            if (o.isOpen() && ++openOfDay[o.studyDay] > 1) {
                return QStringLiteral("two are open on day %1").arg(o.studyDay);
            }
            if (o.answered > o.owed) {
                return QStringLiteral("more was answered than owed");
            }
        }
        const ObligationPolicy policy = desk.held();
        const auto period = [](int day, QuotaPeriod per) {
            const QDate date = dayOfStudyDay(day);
            return per == QuotaPeriod::Month ? QStringLiteral("%1-%2").arg(date.year()).arg(date.month())
                                             : date.addDays(1 - date.dayOfWeek()).toString(Qt::ISODate);
        };
        QHash<QString, int> tokens;
        QSet<QString> numbers;
        for (const Deferral &deferral : desk.ledger.deferrals) {
            if (deferral.kind == Deferral::Kind::Token
                && ++tokens[period(deferral.studyDay, policy.deferral.per)] > policy.deferral.quota) {
                return QStringLiteral("too many deferrals");
            }
            const QString number = deferral.obligation + QString::number(deferral.number);
            if (numbers.contains(number)) {
                return QStringLiteral("one deferral twice");
            }
            numbers.insert(number);
        }
        QHash<QString, int> exits;
        for (const LedgerRow &row : desk.ledger.rows) {
            if (row.obligation.state == ObligationState::Exempted
                && ++exits[period(row.obligation.studyDay, policy.emergency.per)] > policy.emergency.quota) {
                return QStringLiteral("too many exempting exits");
            }
        }
        return {};
    }

    /** What holds of every decision. */
    static QString faultOf(const Desk &desk, const Decision &decision)
    {
        const QDate day = dayOfStudyDay(decision.studyDay);
        if (decision.demand == Demand::Questions) {
            if (decision.questions < 1) {
                return QStringLiteral("asked, but nothing");
            }
            if (desk.held().days == AskDays::WorkingDays && !desk.calendar.isWorkday(day)) {
                return QStringLiteral("owed on a day off");
            }
            if (exemptionOn(desk.policies.first(), desk.person.person, day)) {
                return QStringLiteral("owed while exempt");
            }
            if (decision.occasion.isEmpty()) {
                return QStringLiteral("owed for nothing");
            }
            for (const LedgerRow &row : desk.ledger.rows) {
                if (row.obligation.studyDay == decision.studyDay && row.obligation.occasion == decision.occasion
                    && !row.obligation.isOpen()) {
                    return QStringLiteral("owed again after it was settled");
                }
            }
        } else if (decision.questions != 0) {
            return QStringLiteral("questions without a demand");
        }
        return {};
    }

    static bool same(const Decision &a, const Decision &b)
    {
        return a.demand == b.demand && a.reason == b.reason && a.questions == b.questions && a.studyDay == b.studyDay
            && a.occasion == b.occasion && a.obligation == b.obligation && a.nextAskMs == b.nextAskMs;
    }

    /** One random event, the clock standing still. */
    static void act(Desk &desk, Random &random)
    {
        switch (pick(random, 12)) {
        case 0:
        case 1:
        case 2:
            desk.ask(randomMoment(random), randomLogin(random));
            break;
        case 3:
            desk.ask(randomMoment(random), randomLogin(random), false); // killed
            break;
        case 4:
        case 5:
        case 6:
            desk.answer();
            break;
        case 7:
            desk.leave();
            break;
        case 8:
        case 9:
            desk.defer();
            break;
        case 10:
            desk.facts = pick(random, 6) == 0 ? std::nullopt : std::optional(randomFacts(random));
            break;
        default:
            break;
        }
    }

private Q_SLOTS:
    void anyClockAnyOrder()
    {
        for (int seed = 1; seed <= runs; ++seed) {
            SeededRandom random {quint64(seed)};
            Desk desk({randomPolicy(random)});
            for (int step = 0; step < steps; ++step) {
                act(desk, random);
                switch (pick(random, 8)) {
                case 0:
                    desk.advance(pick(random, 6 * 1440)); // days
                    break;
                case 1:
                    desk.advance(-pick(random, 3 * 1440));
                    break;
                case 2:
                    desk.clock.utcOffsetSeconds = (pick(random, 27) - 12) * 3600;
                    break;
                case 3:
                    desk.advance((pick(random, 3) - 1) * 500'000); // a year, either way
                    break;
                default:
                    desk.advance(pick(random, 90));
                }
                const Decision decision = desk.ask(randomMoment(random), randomLogin(random), pick(random, 4) > 0);
                const QString context = QStringLiteral("seed %1, step %2: ").arg(seed).arg(step);
                for (const QString &fault : {faultOf(desk, desk.peek(Moment::Start, randomLogin(random))), faultOf(desk)}) {
                    QVERIFY2(fault.isEmpty(), qPrintable(context + fault));
                }
                QVERIFY2(decision.demand != Demand::Questions || decision.questions <= 3, qPrintable(context));
            }
        }
    }

    void aKillChangesNothing()
    {
        for (int seed = 1; seed <= runs; ++seed) {
            SeededRandom random {quint64(seed)};
            Desk desk({randomPolicy(random)});
            for (int step = 0; step < steps; ++step) {
                act(desk, random);
                desk.advance(pick(random, 600));
                const QString login = randomLogin(random);
                const QString context = QStringLiteral("seed %1, step %2").arg(seed).arg(step);
                const Decision before = desk.peek(Moment::Start, login);
                QVERIFY2(same(before, desk.peek(Moment::Start, login)), qPrintable(context));
                desk.ask(Moment::Start, login); // kept
                const Decision after = desk.peek(Moment::Start, login);
                if (before.demand == Demand::Questions) {
                    QVERIFY2(after.demand == Demand::Questions && after.questions == before.questions
                            && after.occasion == before.occasion && after.studyDay == before.studyDay,
                        qPrintable(context));
                } else {
                    QVERIFY2(after.demand == Demand::Nothing, qPrintable(context));
                }
                const qsizetype rows = desk.ledger.rows.size();
                desk.ask(Moment::Start, login);
                QVERIFY2(desk.ledger.rows.size() == rows, qPrintable(context));
            }
        }
    }

    void aClockTurnedBackNeitherForgivesNorReopens()
    {
        for (int seed = 1; seed <= runs; ++seed) {
            SeededRandom random {quint64(seed)};
            Desk desk({randomPolicy(random)});
            for (int step = 0; step < steps; ++step) {
                act(desk, random);
                desk.advance(pick(random, 1000));
                const QString login = randomLogin(random);
                const QString context = QStringLiteral("seed %1, step %2: ").arg(seed).arg(step);
                const Decision before = desk.ask(Moment::Start, login);
                const qint64 now = desk.clock.utcMs;
                const int offset = desk.clock.utcOffsetSeconds;
                // Back by anything from a minute to three years, several times over; also by time zone.
                for (int back = 0; back < 3; ++back) {
                    pick(random, 4) == 0 ? void(desk.clock.utcOffsetSeconds -= 3600 * pick(random, 6))
                                         : desk.advance(-1 - pick(random, pick(random, 3) == 0 ? 1'500'000 : 3000));
                    const Decision after = desk.ask(pick(random, 2) ? Moment::Start : Moment::Unlock, login);
                    if (before.demand == Demand::Questions) {
                        QVERIFY2(after.demand == Demand::Questions && after.questions == before.questions
                                && after.occasion == before.occasion && after.studyDay == before.studyDay,
                            qPrintable(context + QStringLiteral("forgiven: ") + nameOf(after.reason)));
                    } else if (before.demand == Demand::Glance || before.reason == DecisionReason::Settled
                        || before.reason == DecisionReason::AllSettled || before.reason == DecisionReason::EmergencyUsed
                        || before.reason == DecisionReason::DayOff || before.reason == DecisionReason::Exempt) {
                        // A glance is one of several a day: another may follow, but for it no day is opened again.
                        const bool another = before.demand == Demand::Glance && desk.held().when == AskWhen::TimesADay;
                        QVERIFY2(another || after.demand == Demand::Nothing,
                            qPrintable(context + QStringLiteral("opened again: ") + nameOf(after.reason)));
                    }
                }
                desk.clock.utcMs = now;
                desk.clock.utcOffsetSeconds = offset;
                desk.ask(Moment::Start, login);
            }
        }
    }

    void everyDayThatBeginsIsOwed()
    {
        for (int seed = 1; seed <= runs; ++seed) {
            SeededRandom random {quint64(seed)};
            Desk desk({randomPolicy(random)});
            int lastDay = 0;
            for (int step = 0; step < steps; ++step) {
                desk.advance(pick(random, 900));
                const Decision decision = desk.ask(Moment(pick(random, 3)), randomLogin(random));
                const int day = studyDay(desk.clock.utcMs, desk.clock.utcOffsetSeconds);
                QCOMPARE(decision.studyDay, day);
                const QDate date = dayOfStudyDay(day);
                const bool asked = !exemptionOn(desk.policies.first(), desk.person.person, date)
                    && (desk.held().days == AskDays::EveryDay || desk.calendar.isWorkday(date));
                if (day > lastDay) {
                    QVERIFY2((decision.demand != Demand::Nothing) == asked,
                        qPrintable(QStringLiteral("seed %1, step %2").arg(seed).arg(step)));
                }
                lastDay = day;
                for (int i = pick(random, 4); i > 0; --i) {
                    act(desk, random);
                }
            }
        }
    }

    void withTheServersTimeThePcsClockDoesNotMatter()
    {
        for (int seed = 1; seed <= runs / 4; ++seed) {
            SeededRandom random {quint64(seed)};
            const QByteArray policy = randomPolicy(random);
            Desk right({policy});
            Desk wrong({policy});
            for (int step = 0; step < steps; ++step) {
                right.advance(pick(random, 900));
                wrong.clock.serverUtcMs = right.clock.utcMs;
                wrong.clock.utcMs = qint64(pick(random, 2'000'000'000)) * 1000;
                const Moment moment = randomMoment(random);
                const QString login = randomLogin(random);
                QVERIFY2(same(right.ask(moment, login), wrong.ask(moment, login)),
                    qPrintable(QStringLiteral("seed %1, step %2").arg(seed).arg(step)));
                if (pick(random, 2)) {
                    right.answer();
                    wrong.answer();
                } else if (pick(random, 2)) {
                    QCOMPARE(right.defer().refusal, wrong.defer().refusal);
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestDecisionProperties)
#include "tst_decision_properties.moc"
