#include "desk.h"

#include <QTest>

using namespace qingfeng;

/** Each kind of policy against sequences of events; see Desk for the words. */
class TestDecision : public QObject
{
    Q_OBJECT

    static QString text(const char *utf8) { return QString::fromUtf8(utf8); }

private Q_SLOTS:
    void whatIsOwed_data()
    {
        QTest::addColumn<QByteArray>("policy");
        QTest::addColumn<QString>("script");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *name, const char *policy, const char *script, const char *said) {
            QTest::newRow(name) << QByteArray(policy) << text(script) << text(said);
        };
        const char *daily = "";
        const char *twoQuestions = "gate.questions = 2";
        const char *thrice = "gate = {when = \"times-a-day\", times_a_day = 3, minutes_apart = 60}";
        const char *starts = "gate.when = \"every-start\"";
        const char *working = "gate.days = \"working-days\"";
        const char *deferring = "deferral = {quota = 2, per = \"week\", minutes = 60, latest = \"16:30\"}";
        const char *quiet = "earned_quiet = {enabled = true, min_score = 80, min_coverage_percent = 70, days = 3}";
        const char *oneExit = "emergency_exit = {quota = 1, per = \"week\", again_after_minutes = 30}";

        row("first of the day: once", daily, "S1 A U1 R1 S2 T2", "q1 . . . .");
        row("first of the day: an unlock can be the first", daily, "U1 A S2", "q1 .");
        row("first of the day: next day again", daily, "S1 A >1 U1 A U1 >1 R1", "q1 q1 . q1");
        row("first of the day: unanswered stays through unlock and resume", daily, "S1 U1 R1 A U1", "q1 q1 q1 .");
        row("killed before it was kept", daily, "S1! S1! S1 A S1", "q1 q1 q1 .");
        row("killed after it was kept", daily, "S1 S1 S1 A S1", "q1 q1 q1 .");
        row("reboot and new login", daily, "S1 S2 S3 A S4", "q1 q1 q1 .");
        row("two questions: the second is still owed after a kill", twoQuestions, "S1 A S1 A S1", "q2 q1 .");
        row("a timer asks nothing new", daily, "T1 U1 T1", ". q1 .");
        row("yesterday's unanswered one lapses, today's is owed", daily, "S1 >1 S2 A S2", "q1 q1 .");

        row("midnight with the PC on: the study day goes to four", daily, "S1 A +899 U1 +241 U1", "q1 . q1");
        row("past midnight before four is still the day before", daily, "+1020 S1 A +119 U1 +1 U1", "q1 . q1");
        row("the boundary falls while the gate is open: the old one can be answered", daily,
            "+1130 S1 +20 A U1 A U1", "q1 q1 .");

        row("three a day, an hour apart", thrice, "S1 A U1 +59 U1 +1 U1 A +60 R1 A +600 U1", "q1 . . q1 q1 .");
        row("three a day: no timer at work", thrice, "S1 A +60 T1 U1", "q1 . q1");
        row("three a day: a reboot does not bring it forward", thrice, "S1 A S2 +30 S3", "q1 . .");
        row("three a day: a kill does not forgive", thrice, "S1 A +60 U1 S1 S2 A S2", "q1 q1 q1 q1 .");
        row("three a day: next day from the beginning", thrice, "S1 A >1 U1 A U1", "q1 q1 .");
        row("three a day: a clock turned back does not put it off", thrice, "S1 A -120 U1 A U1", "q1 q1 .");

        row("every start: each login, unlocks free", starts, "S1 A U1 R1 S1 S2 A U2 S3", "q1 . . . q1 . q1");
        row("every start: two sessions at once are one", starts, "S1 S2 A S1 S2 U2", "q1 q1 . . .");
        row("every start: an unanswered one is taken over", starts, "S1 S2 A U2 S3", "q1 q1 . q1");
        row("every start: the PC on overnight", starts, "S1 A >1 U1 A U1", "q1 q1 .");
        row("every start: without a login's name once a day", starts, "S A S U", "q1 . .");
        row("every start: clock back in the same login", starts, "S1 A -3000 U1 S1", "q1 . .");

        row("working days: a Saturday is free", working, ">4 S1 U1 >2 S1", ". . q1");
        row("every day: a Saturday is not", daily, ">4 S1", "q1");

        row("deferred, and asked again by timer", deferring, "S1 D U1 +59 T1 +1 T1 A T1", "q1 deferred . . q1 .");
        row("deferred: killed, restarted, rebooted meanwhile", deferring, "S1 D S1 S2 +60 S3 A U3",
            "q1 deferred . . q1 .");
        row("deferred: nobody asks until the next unlock", deferring, "S1 D +200 U1", "q1 deferred q1");
        row("deferred twice, a third is refused this week", deferring, "S1 D +60 T1 D +60 T1 D",
            "q1 deferred q1 deferred q1 no3");
        row("the quota counts by week", deferring, "S1 D +60 T1 D >6 S1 D", "q1 deferred q1 deferred q1 deferred");
        row("the quota counts over the days of a week", deferring, "S1 D >1 S1 D >1 S1 D",
            "q1 deferred q1 deferred q1 no3");
        row("not past the last time of day", deferring, "+420 S1 D +30 T1 D", "q1 deferred q1 no4");
        row("too late", deferring, "+450 S1 D", "q1 no4");
        row("deferral needs something owed", deferring, "S1 A U1 D", "q1 . no1");
        row("no deferral unless offered", daily, "S1 D", "q1 no2");
        row("clock back while deferred: asked at once, and stays so", deferring, "S1 D +30 U1 -20 U1 S1 +5 U1 A U1",
            "q1 deferred . q1 q1 q1 .");
        row("a small correction by time synchronisation changes nothing", deferring, "S1 D +10 U1 -3 U1",
            "q1 deferred . .");
        row("clock forward while deferred: asked earlier", deferring, "S1 D +500 U1", "q1 deferred q1");
        row("deferred into the next day lapses with its day", deferring, "S1 D >1 U1 A U1", "q1 deferred q1 .");
        row("no deferral with a clock turned back", deferring, "S1 A >1 S1 -2000 U1 D", "q1 q1 q1 no5");

        row("emergency: exempted, and not asked again", oneExit, "S1 E U1 S2 >1 S1", "q1 exempt . . q1");
        row("emergency beyond the quota: opens, and stays owed", oneExit, "S1 E >1 S1 E U1 +30 U1 A U1",
            "q1 exempt q1 later . q1 .");
        row("emergency: the quota of next week is new", oneExit, "S1 E >6 S1 E", "q1 exempt q1 exempt");
        row("emergency without quota", "emergency_exit.quota = 0", "S1 E S2 +60 S2 E +60 T2 A T2",
            "q1 later . q1 later q1 .");

        row("quiet: a glance a day, then a day with questions, then anew", quiet,
            "F80,70,0,0,0 S1 U1 >1 S1 >1 S1 >1 S1 A >1 S1", "g . g g q1 g");
        row("quiet: the day with questions cannot be waited out", quiet,
            "F80,70,0,0,0 S1 >1 S1 >1 S1 >1 S1 >1 S1 >1 S1", "g g g q1 q1 q1");
        row("quiet: not below the score", quiet, "F79,100,0,0,0 S1", "q1");
        row("quiet: not below the coverage", quiet, "F100,69,0,0,0 S1", "q1");
        row("quiet: not with an unseen high risk point", quiet, "F100,100,1,0,0 S1", "q1");
        row("quiet: not before a changed law", quiet, "F100,100,0,1,0 S1", "q1");
        row("quiet: not before a mandatory question", quiet, "F100,100,0,0,1 S1", "q1");
        row("quiet: not when the facts cannot be read", quiet, "F S1", "q1");
        row("quiet: not when it is not offered", daily, "F100,100,0,0,0 S1", "q1");
        row("quiet: stays through a lower score", quiet, "F80,70,0,0,0 S1 F60,60,0,0,0 >1 S1", "g g");
        row("quiet: a changed law ends it at once and for good", quiet,
            "F80,70,0,0,0 S1 F80,70,0,1,0 >1 S1 F80,70,0,0,0 S2 >1 S1", "g q1 q1 q1");
        row("quiet: after the new law is answered it can be earned again", quiet,
            "F80,70,0,0,0 S1 F80,70,0,1,0 >1 S1 A F80,70,0,0,0 >1 S1", "g q1 g");
        row("quiet: unreadable facts interrupt it only", quiet, "F80,70,0,0,0 S1 F >1 S1 A F80,70,0,0,0 >1 S1", "g q1 g");
        row("quiet: an open question stays a question", quiet, "S1 F80,70,0,0,0 S1 A S1", "q1 q1 .");

        row("clock back: a settled day is not opened again", daily, "S1 A -1440 U1 S2 -9999 S3 R3", "q1 . . . .");
        row("clock back: an open day is not forgiven", daily, "S1 -1440 U1 S2 -99999 S3 A S3", "q1 q1 q1 q1 .");
        row("clock back onto a settled day: today's open one stays", daily, "S1 A >1 S1 -1440 S1 U1 A U1",
            "q1 q1 q1 q1 .");
        row("clock back, then the days go on: each new one is owed", daily, "S1 A -4320 S1 >1 S1 A >1 S1",
            "q1 . q1 q1");
        row("clock back far, then days go on: the open one first, then that day's", daily,
            "S1 -7200 S1 +1440 S1 +1440 S1 A S1 A S1", "q1 q1 q1 q1 q1 .");
        row("clock back: what lapsed is not opened again", daily, "S1 >1 S1 A -4320 S1 U1", "q1 q1 . .");
        row("clock ahead, answered, and right again: the same day is done", daily, "+14400 S1 A -14400 U1 S2",
            "q1 . .");
        row("and the next days are owed all the same", daily, "+14400 S1 A -14400 U1 >1 S1 A >1 S1", "q1 . q1 q1");
        row("clock ahead by years, and right again", daily, "+5256000 S1 A -5256000 S1 >1 S1", "q1 . q1");
        row("a gate left open with the clock ahead", daily, "+14400 S1 -14400 S1 A S1 >1 S1", "q1 q1 . q1");

        row("time zone west over the day's boundary", daily, "S1 A Z-780 U1 S2 +780 U1 S3", "q1 . . . .");
        row("time zone west: an open one stays", daily, "S1 Z-780 U1 A U1", "q1 q1 .");
        row("time zone east: the new day is owed", daily, "+900 S1 A Z+240 U1 A U1", "q1 q1 .");
    }

    void whatIsOwed()
    {
        QFETCH(QByteArray, policy);
        QFETCH(QString, script);
        Desk desk({policy});
        QTEST(desk.run(script).join(QLatin1Char(' ')), "said");
    }

    void whyItIsOwed_data()
    {
        QTest::addColumn<QByteArray>("policy");
        QTest::addColumn<QString>("script");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *name, const char *policy, const char *script, const char *said) {
            QTest::newRow(name) << QByteArray(policy) << text(script) << text(said);
        };
        row("first, open, settled", "", "S1 S1 A S1", "q1:first-of-day q1:left-open .:settled");
        row("several", "gate = {when = \"times-a-day\", times_a_day = 2}", "S1 A S1 +120 S1 A S1",
            "q1:first-of-day .:not-yet q1:another-of-day .:all-settled");
        row("login", "gate.when = \"every-start\"", "S1 A S1 T2", "q1:new-login .:settled .:not-at-work");
        row("deferral", "deferral.quota = 5", "S1 D S1 +60 S1 D +1 U1 -30 S1",
            "q1:first-of-day deferred .:deferred q1:deferral-over deferred .:deferred q1:deferral-void");
        row("emergency", "", "S1 E S1", "q1:first-of-day exempt .:emergency-used");
        row("quiet", "earned_quiet.enabled = true", "F99,99,0,0,0 S1 >1 F99,99,0,1,1 S1",
            "g:earned-quiet q1:quiet-ended-by-law");
        row("quiet and a mandatory question", "earned_quiet.enabled = true",
            "F99,99,0,0,0 S1 >1 F99,99,0,0,1 S1", "g:earned-quiet q1:quiet-ended-by-mandatory");
        row("quiet and a new post", "earned_quiet.enabled = true", "F99,99,0,0,0 S1 >1 F99,99,1,0,0 S1",
            "g:earned-quiet q1:quiet-ended-by-new-risk");
        row("day off", "gate.days = \"working-days\"", ">5 S1", ".:day-off");
        row("exempt", "[[exemption]]\nperson=\"0010034\"\nreason=\"产假\"\nuntil=2026-11-24", "S1 >1 S1",
            ".:exempt q1:first-of-day");
    }

    void whyItIsOwed()
    {
        QFETCH(QByteArray, policy);
        QFETCH(QString, script);
        Desk desk({policy});
        desk.reasons = true;
        QTEST(desk.run(script).join(QLatin1Char(' ')), "said");
    }

    void policyMayChangeWithinTheDay_data()
    {
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("then");
        QTest::addColumn<QString>("script");
        QTest::addColumn<QString>("said");
        const QByteArray once;
        const QByteArray thrice("gate = {when = \"times-a-day\", times_a_day = 3, minutes_apart = 60}");
        const QByteArray starts("gate.when = \"every-start\"");
        const QByteArray working("gate.days = \"working-days\"");
        const QByteArray exempt("[[exemption]]\nperson=\"0010034\"\nreason=\"外派\"\nuntil=2026-12-31");
        QTest::newRow("once, then several: the first counts") << once << thrice << text("S1 A P U1 +60 U1") << text("q1 . q1");
        QTest::newRow("several, then once: done") << thrice << once << text("S1 A P +60 U1") << text("q1 .");
        QTest::newRow("logins, then once: done") << starts << once << text("S1 A S2 A P S3") << text("q1 q1 .");
        QTest::newRow("once, then logins: this login is done") << once << starts << text("S1 A P U1 S2") << text("q1 . q1");
        QTest::newRow("open, then exempt: not asked") << once << exempt << text("S1 P U1 S2") << text("q1 . .");
        QTest::newRow("open on a Saturday, then working days only") << once << working << text(">4 S1 P U1") << text("q1 .");
    }

    void policyMayChangeWithinTheDay()
    {
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, then);
        QFETCH(QString, script);
        Desk desk({first, then});
        QTEST(desk.run(script).join(QLatin1Char(' ')), "said");
    }

    void daysOffAreToldByName_data()
    {
        QTest::addColumn<QDate>("day");
        QTest::addColumn<bool>("owed");
        QTest::addColumn<DayKind>("kind");
        QTest::addColumn<QString>("holiday");
        QTest::addColumn<bool>("missing");
        QTest::addColumn<QDate>("next");
        const auto row = [](const char *name, QDate day, bool owed, DayKind kind, const char *holiday, bool missing,
                             QDate next) {
            QTest::newRow(name) << day << owed << kind << text(holiday) << missing << next;
        };
        row("a working day", {2026, 11, 24}, true, DayKind::Workday, "", false, {});
        row("National Day", {2026, 10, 1}, false, DayKind::Holiday, "国庆节", false, {2026, 10, 8});
        row("a worked Saturday", {2026, 10, 10}, true, DayKind::WorkedWeekend, "", false, {});
        row("a Sunday", {2026, 10, 11}, false, DayKind::Weekend, "", false, {2026, 10, 12});
        row("the leap day", {2024, 2, 29}, true, DayKind::Workday, "", false, {});
        row("a leap day on a Sunday, no calendar", {2032, 2, 29}, false, DayKind::Weekend, "", true, {2032, 3, 1});
        row("New Year 2027: no notice, so a Friday is worked", {2027, 1, 1}, true, DayKind::Workday, "", true, {});
    }

    void daysOffAreToldByName()
    {
        QFETCH(QDate, day);
        QFETCH(bool, owed);
        QFETCH(QDate, next);
        Desk desk({"gate.days = \"working-days\""});
        desk.setTime(day, {8, 30});
        const Decision decision = desk.ask(Moment::Start, QStringLiteral("1"));
        QCOMPARE(decision.demand == Demand::Questions, owed);
        QTEST(decision.dayKind, "kind");
        QTEST(decision.text, "holiday");
        QTEST(decision.calendarMissing, "missing");
        if (next.isValid()) {
            QCOMPARE(decision.reason, DecisionReason::DayOff);
            desk.setTime(next, {4, 0});
            QCOMPARE(decision.nextAskMs, desk.clock.utcMs);
        }
    }

    void anExemptionSaysUntilWhenAndWhatComesThen()
    {
        Desk desk({"gate.days = \"working-days\"\n[[exemption]]\nperson = \"0010034\"\nreason = \"产假\"\n"
                   "from = 2026-06-01\nuntil = 2026-11-27\n"});
        const Decision decision = desk.ask(Moment::Start, QStringLiteral("1"));
        QCOMPARE(decision.reason, DecisionReason::Exempt);
        QCOMPARE(decision.text, QStringLiteral("产假"));
        QCOMPARE(dayOfStudyDay(decision.lastDay), QDate(2026, 11, 27)); // a Friday
        desk.setTime({2026, 11, 30}, {4, 0});
        QCOMPARE(decision.nextAskMs, desk.clock.utcMs);
        desk.person.person = QStringLiteral("0010035");
        desk.setTime({2026, 11, 24}, {9, 0});
        QCOMPARE(desk.peek(Moment::Start, {}).demand, Demand::Questions);
    }

    void deferralsSayWhenAndHowManyAreLeft()
    {
        Desk desk({"deferral = {quota = 3, per = \"month\", minutes = 90, latest = \"16:30\"}"});
        desk.run(text("S1"));
        DeferralOffer offer = offerDeferral(desk.held(), desk.person, desk.clock, desk.ledger, desk.last);
        QVERIFY(offer.isAllowed());
        QCOMPARE(offer.left, 3);
        QCOMPARE(offer.deferral.untilMs - desk.clock.utcMs, 90 * 60'000);
        QCOMPARE(offer.deferral.number, 1);
        QCOMPARE(offer.deferral.obligation, desk.last.obligation.isEmpty() ? desk.openRow()->obligation.id
                                                                          : desk.last.obligation);
        // Asking again before it is kept gives the same number: two programs make one row.
        QCOMPARE(offerDeferral(desk.held(), desk.person, desk.clock, desk.ledger, desk.last).deferral, offer.deferral);
        desk.run(text("D +400 T1")); // 15:40
        offer = offerDeferral(desk.held(), desk.person, desk.clock, desk.ledger, desk.last);
        QCOMPARE(offer.left, 2);
        QCOMPARE(offer.deferral.number, 2);
        QCOMPARE(offer.deferral.untilMs - desk.clock.utcMs, 50 * 60'000); // 16:30
    }

    void theEmergencyExitAlwaysOffersSomething()
    {
        Desk desk({"emergency_exit = {quota = 1, per = \"month\", reasons = [\"meeting\"], again_after_minutes = 20}"});
        desk.run(text("S1"));
        EmergencyOffer offer = offerEmergencyExit(desk.held(), desk.person, desk.clock, desk.ledger, desk.last);
        QVERIFY(offer.exempts);
        QCOMPARE(offer.left, 1);
        QCOMPARE(offer.reasons, QStringList(text("meeting")));
        desk.run(text("E >1 S1"));
        offer = offerEmergencyExit(desk.held(), desk.person, desk.clock, desk.ledger, desk.last);
        QVERIFY(!offer.exempts);
        QCOMPARE(offer.left, 0);
        QCOMPARE(offer.postponement.kind, Deferral::Kind::Emergency);
        QCOMPARE(offer.postponement.untilMs - desk.clock.utcMs, 20 * 60'000);
        QCOMPARE(offer.postponement.obligation, desk.openRow()->obligation.id);
    }

    void theKeyMakesOneRowOfTwoSessionsAtOnce()
    {
        Desk desk;
        // Both decide before either has kept anything.
        const Occurrence first {Moment::Start, text("1")};
        const Occurrence second {Moment::Start, text("2")};
        const Decision one = desk.peek(Moment::Start, text("1"));
        const Decision two = desk.peek(Moment::Start, text("2"));
        QCOMPARE(one.occasion, two.occasion);
        QCOMPARE(record(one, desk.person, first, desk.clock, text("a"), desk.ledger), text("a"));
        QCOMPARE(record(two, desk.person, second, desk.clock, text("b"), desk.ledger), text("a"));
        QCOMPARE(record(two, desk.person, second, desk.clock, text("c"), desk.ledger), text("a"));
        QCOMPARE(desk.ledger.rows.size(), 1);
        QCOMPARE(desk.ledger.rows.first().logins, (QStringList {text("1"), text("2")}));
        QCOMPARE(desk.ledger.rows.first().obligation.owed, 1);
    }

    void aClockTurnedBackIsReported()
    {
        Desk desk;
        desk.run(text("S1 A"));
        QVERIFY(!desk.last.clockWentBack);
        desk.run(text("-4 U1"));
        QVERIFY(!desk.last.clockWentBack); // time synchronisation
        desk.run(text("-6 U1"));
        QVERIFY(desk.last.clockWentBack);
        desk.run(text("U1"));
        QVERIFY(!desk.last.clockWentBack); // once
    }

    void withoutAMemoryTheRowsAreOne()
    {
        Desk desk;
        desk.run(text("S1 A"));
        desk.ledger.memory.reset(); // a database from before there was one
        QCOMPARE(desk.run(text("-2000 U1 S2")).join(QLatin1Char(' ')), text(". ."));
    }

    void theServersTimeIsBelieved()
    {
        Desk desk;
        const qint64 right = desk.clock.utcMs;
        desk.clock.serverUtcMs = right;
        desk.clock.utcMs = 0; // a dead battery
        QCOMPARE(desk.ask(Moment::Start, text("1")).studyDay, studyDayOf({2026, 11, 24}));
        desk.answer();
        desk.clock.serverUtcMs = right + 86'400'000;
        QCOMPARE(desk.ask(Moment::Start, text("1")).demand, Demand::Questions);
        QCOMPARE(desk.last.studyDay, studyDayOf({2026, 11, 25}));
        // An obligation left open while the clock was ahead is not asked on the right day.
        Desk ahead;
        ahead.run(text("+14400 S1 -14400"));
        ahead.clock.serverUtcMs = ahead.clock.utcMs;
        QCOMPARE(ahead.ask(Moment::Start, text("1")).studyDay, studyDayOf({2026, 11, 24}));
        QCOMPARE(ahead.last.reason, DecisionReason::FirstOfDay);
    }

    void namesAreTheirOwn()
    {
        QSet<QString> names;
        for (int i = 0; i <= int(DecisionReason::QuietEndedByNewRisk); ++i) {
            names.insert(nameOf(DecisionReason(i)));
        }
        QCOMPARE(names.size(), int(DecisionReason::QuietEndedByNewRisk) + 1);
        QCOMPARE(nameOf(DecisionReason::QuietEndedByNewRisk), text("quiet-ended-by-new-risk"));
    }
};

Q_DECLARE_METATYPE(qingfeng::DayKind)
QTEST_APPLESS_MAIN(TestDecision)
#include "tst_decision.moc"
