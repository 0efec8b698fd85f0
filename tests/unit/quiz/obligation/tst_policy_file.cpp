#include "quiz/obligation/policy_file.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace qingfeng;
using Kind = PolicyFault::Kind;

class TestPolicyFile : public QObject
{
    Q_OBJECT

    static LoadedPolicy read(const QByteArray &toml)
    {
        LoadedPolicy loaded;
        addPolicy(toml, QStringLiteral("p.toml"), loaded);
        return loaded;
    }

    static QString write(const QDir &folder, const char *name, const QByteArray &bytes)
    {
        const QString path = folder.filePath(QString::fromUtf8(name));
        QFile out(path);
        if (!folder.mkpath(QStringLiteral(".")) || !out.open(QIODevice::WriteOnly)) {
            qFatal("%s cannot be written", qPrintable(path));
        }
        out.write(bytes);
        return path;
    }

private Q_SLOTS:
    void nothingSaidIsTheBuiltInPolicy()
    {
        const LoadedPolicy loaded = loadPolicy({QStringLiteral("/nonexistent/policy.d")}, PolicyTrust::RootOnly);
        QVERIFY(loaded.faults.isEmpty());
        const ObligationPolicy policy = effectivePolicy(loaded.policy, {}).policy;
        QCOMPARE(policy, ObligationPolicy());
        QCOMPARE(policy.when, AskWhen::FirstOfDay);
        QCOMPARE(policy.days, AskDays::EveryDay);
        QCOMPARE(policy.questions, 1);
        QCOMPARE(policy.deferral.quota, 0);
        QCOMPARE(policy.emergency.reasons, emergencyReasons());
        QVERIFY(!policy.quiet.enabled);
    }

    void everyKeyIsRead()
    {
        const LoadedPolicy loaded = read(R"(
            [gate]
            when = "times-a-day"
            times_a_day = 3
            minutes_apart = 90
            days = "working-days"
            questions = 2
            [deferral]
            quota = 4
            per = "month"
            minutes = 30
            latest = 17:00:00
            [emergency_exit]
            quota = 0
            per = "week"
            reasons = ["emergency", "other"]
            again_after_minutes = 15
            [earned_quiet]
            enabled = true
            min_score = 85
            min_coverage_percent = 90
            days = 10
        )");
        QVERIFY(loaded.faults.isEmpty());
        const EffectivePolicy effective = effectivePolicy(loaded.policy, {});
        const ObligationPolicy &policy = effective.policy;
        QCOMPARE(policy.when, AskWhen::TimesADay);
        QCOMPARE(policy.timesADay, 3);
        QCOMPARE(policy.minutesApart, 90);
        QCOMPARE(policy.days, AskDays::WorkingDays);
        QCOMPARE(policy.questions, 2);
        QCOMPARE(policy.deferral, (DeferralRules {4, QuotaPeriod::Month, 30, QTime(17, 0)}));
        QCOMPARE(policy.emergency.quota, 0);
        QCOMPARE(policy.emergency.per, QuotaPeriod::Week);
        QCOMPARE(policy.emergency.reasons, (QStringList {QStringLiteral("emergency"), QStringLiteral("other")}));
        QCOMPARE(policy.emergency.againAfterMinutes, 15);
        QCOMPARE(policy.quiet, (QuietRules {true, 85, 90, 10}));
        for (const PolicyKey &key : policyKeys()) {
            QVERIFY2(effective.isLocked(QLatin1String(key.name)), key.name);
            QVERIFY2(isAllowed(key, valueOf(policy, key)), key.name);
            QVERIFY2(isAllowed(key, valueOf(ObligationPolicy(), key)), key.name);
        }
        QCOMPARE(effective.origins.value(QStringLiteral("gate.questions")),
            (PolicyOrigin {QStringLiteral("p.toml"), 7}));
    }

    void aBadValueLeavesWhatHeldAndSaysWhatIsAllowed_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("allowed");
        const auto row = [](const char *name, const char *line, const char *key, const char *allowed) {
            QTest::newRow(name) << QByteArray(line) << QString::fromUtf8(key) << QString::fromUtf8(allowed);
        };
        row("no question at all", "gate.questions = 0", "gate.questions", "1…10");
        row("more questions than anybody bears", "gate.questions = 11", "gate.questions", "1…10");
        row("a number beyond all", "gate.questions = 9223372036854775807", "gate.questions", "1…10");
        row("a fraction", "gate.questions = 1.5", "gate.questions", "1…10");
        row("a number as text", "gate.questions = \"2\"", "gate.questions", "1…10");
        row("an unknown choice", "gate.when = \"never\"", "gate.when",
            "\"first-of-day\" | \"times-a-day\" | \"every-start\"");
        row("a choice as number", "gate.days = 5", "gate.days", "\"every-day\" | \"working-days\"");
        row("once a day is no times a day", "gate.times_a_day = 1", "gate.times_a_day", "2…8");
        row("a quota below nothing", "deferral.quota = -1", "deferral.quota", "0…31");
        row("a time at night", "deferral.latest = 03:00:00", "deferral.latest", "\"05:00\"…\"23:59\"");
        row("a time with seconds", "deferral.latest = 16:30:10", "deferral.latest", "\"05:00\"…\"23:59\"");
        row("no time", "deferral.latest = \"25:00\"", "deferral.latest", "\"05:00\"…\"23:59\"");
        row("no reasons", "emergency_exit.reasons = []", "emergency_exit.reasons",
            "[\"taxpayer-waiting\" | \"meeting\" | \"emergency\" | \"other\"], 1…4");
        row("a reason twice", "emergency_exit.reasons = [\"other\", \"other\"]", "emergency_exit.reasons",
            "[\"taxpayer-waiting\" | \"meeting\" | \"emergency\" | \"other\"], 1…4");
        row("a reason of another type", "emergency_exit.reasons = [1]", "emergency_exit.reasons",
            "[\"taxpayer-waiting\" | \"meeting\" | \"emergency\" | \"other\"], 1…4");
        row("a switch as text", "earned_quiet.enabled = \"yes\"", "earned_quiet.enabled", "true | false");
        row("mastery too easily shown", "earned_quiet.min_score = 49", "earned_quiet.min_score", "50…100");
        row("a section that is a value", "gate = 3", "gate", "[gate]");
        row("groups that are no list", "group = 3", "group", "[[group]]");
        row("a list of other things", "exemption = [3]", "exemption", "[[exemption]]");
    }

    void aBadValueLeavesWhatHeldAndSaysWhatIsAllowed()
    {
        QFETCH(QByteArray, line);
        const LoadedPolicy loaded = read("# a comment\n" + line);
        QCOMPARE(loaded.faults.size(), 1);
        const PolicyFault fault = loaded.faults.first();
        QCOMPARE(fault.kind, Kind::BadValue);
        QVERIFY(fault.isError());
        QCOMPARE(fault.origin, (PolicyOrigin {QStringLiteral("p.toml"), 2}));
        QTEST(fault.key, "key");
        QTEST(fault.allowed, "allowed");
        QVERIFY(!fault.found.isEmpty());
        QCOMPARE(effectivePolicy(loaded.policy, {}).policy, ObligationPolicy());
    }

    void anUnknownKeyIsAWarning_data()
    {
        QTest::addColumn<QByteArray>("toml");
        QTest::addColumn<QString>("key");
        QTest::newRow("a slip of the pen") << QByteArray("\n[gate]\nquestion = 3") << QStringLiteral("gate.question");
        QTest::newRow("an unknown section") << QByteArray("\n\n[gates]\nx = 1") << QStringLiteral("gates");
        QTest::newRow("at the top") << QByteArray("\n\nquestions = 3") << QStringLiteral("questions");
        QTest::newRow("in an exemption")
            << QByteArray("[[exemption]]\nperson=\"1\"\nwhy=\"\"\nreason=\"产假\"\nuntil=2026-01-01")
            << QStringLiteral("exemption.why");
        QTest::newRow("in a group") << QByteArray("[[group]]\npost=\"P01\"\ngate.often=1")
                                    << QStringLiteral("gate.often");
    }

    void anUnknownKeyIsAWarning()
    {
        QFETCH(QByteArray, toml);
        const LoadedPolicy loaded = read(toml);
        QCOMPARE(loaded.faults.size(), 1);
        QCOMPARE(loaded.faults.first().kind, Kind::UnknownKey);
        QVERIFY(!loaded.hasErrors());
        QTEST(loaded.faults.first().key, "key");
        QCOMPARE(loaded.faults.first().origin.line, 3);
    }

    void textThatIsNoTomlIsLeftOutByLine()
    {
        const LoadedPolicy loaded = read("[gate]\nquestions = 3\nwhen = = 1\n");
        QCOMPARE(loaded.faults.size(), 1);
        QCOMPARE(loaded.faults.first().kind, Kind::Syntax);
        QCOMPARE(loaded.faults.first().origin.line, 3);
        QVERIFY(!loaded.faults.first().found.isEmpty());
        QCOMPARE(loaded.policy, PolicySet());
        QCOMPARE(read("\xff\xfe\x00").faults.first().kind, Kind::Syntax);
        QVERIFY(read(QByteArray(100'000, '[')).hasErrors());
        QCOMPARE(read(QByteArray(300'000, '\n')).faults.first().kind, Kind::TooLarge);
    }

    void oneFaultDoesNotHideTheRest()
    {
        const LoadedPolicy loaded = read("[gate]\nquestions = 99\nwhen = \"every-start\"\n[deferral]\nquota = 2\nper = 1\n");
        QCOMPARE(loaded.faults.size(), 2);
        QCOMPARE(loaded.faults.first().origin.line, 2); // by line, not by key
        const ObligationPolicy policy = effectivePolicy(loaded.policy, {}).policy;
        QCOMPARE(policy.questions, 1);
        QCOMPARE(policy.when, AskWhen::EveryStart);
        QCOMPARE(policy.deferral.quota, 2);
        QByteArray many("[gate]\n");
        for (int i = 0; i < 3000; ++i) {
            many += "x" + QByteArray::number(i) + " = 1\n";
        }
        QCOMPARE(read(many).faults.size(), 1000);
    }

    void filesAreReadInTheOrderOfTheirNamesAndTheLaterWinsByKey()
    {
        QTemporaryDir root;
        const QDir folder(root.path());
        write(folder, "20-bureau.toml", "[gate]\nquestions = 3\n");
        write(folder, "10-province.toml", "[gate]\nquestions = 2\ndays = \"working-days\"\n");
        write(folder, "30-faulty.toml", "[gate]\nquestions = 0\n");
        write(folder, "40-ignored.toml.bak", "[gate]\nquestions = 9\n");
        const LoadedPolicy loaded = loadPolicy({folder.path()}, PolicyTrust::Anyone);
        QCOMPARE(loaded.files.size(), 3);
        QVERIFY(loaded.files.first().endsWith(QStringLiteral("10-province.toml")));
        QCOMPARE(loaded.faults.size(), 1);
        const EffectivePolicy effective = effectivePolicy(loaded.policy, {});
        QCOMPARE(effective.policy.questions, 3); // the fault in 30 leaves what held
        QCOMPARE(effective.policy.days, AskDays::WorkingDays);
        QVERIFY(effective.origins.value(QStringLiteral("gate.questions")).file.endsWith(QStringLiteral("20-bureau.toml")));
    }

    void onAWorkstationFilesOfOthersDoNotCount()
    {
        QTemporaryDir root;
        const QString path = write(QDir(root.path()), "10.toml", "[gate]\nquestions = 3\n");
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::WriteOther));
        LoadedPolicy loaded = loadPolicy({root.path()}, PolicyTrust::RootOnly);
        QCOMPARE(loaded.faults.size(), 1);
        QCOMPARE(loaded.faults.first().kind, Kind::NotTrusted);
        QCOMPARE(loaded.policy, PolicySet());
        if (::geteuid() == 0) {
            QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
            loaded = loadPolicy({root.path()}, PolicyTrust::RootOnly);
            QVERIFY(loaded.faults.isEmpty());
            QCOMPARE(effectivePolicy(loaded.policy, {}).policy.questions, 3);
        }
    }

    void aNamedFileThatIsNotThereIsAFault()
    {
        const LoadedPolicy loaded = loadPolicy({QStringLiteral("/nonexistent/p.toml")}, PolicyTrust::Anyone);
        QCOMPARE(loaded.faults.size(), 1);
        QCOMPARE(loaded.faults.first().kind, Kind::Unreadable);
    }

    void moreFilesThanAllowedAreReported()
    {
        QTemporaryDir root;
        for (int i = 0; i < 66; ++i) {
            write(QDir(root.path()), qPrintable(QStringLiteral("%1.toml").arg(i, 3, 10, QLatin1Char('0'))), "");
        }
        const LoadedPolicy loaded = loadPolicy({root.path()}, PolicyTrust::Anyone);
        QCOMPARE(loaded.files.size(), 64);
        QCOMPARE(loaded.faults.size(), 1);
        QCOMPARE(loaded.faults.first().kind, Kind::TooLarge);
    }

    void theMoreSpecificGroupWins_data()
    {
        QTest::addColumn<PolicySubject>("subject");
        QTest::addColumn<int>("questions");
        const QStringList chain {QStringLiteral("QH0501"), QStringLiteral("QH05"), QStringLiteral("QH")};
        const auto subject = [](const char *person, const char *unit, QStringList departments, QStringList posts) {
            return PolicySubject {QString::fromUtf8(person), QString::fromUtf8(unit), departments, posts, {}};
        };
        QTest::newRow("nobody in particular") << subject("1", "X", {}, {}) << 1;
        QTest::newRow("of the unit") << subject("1", "U", {}, {}) << 2;
        QTest::newRow("the department above") << subject("1", "U", {QStringLiteral("QH05")}, {}) << 3;
        QTest::newRow("the nearer department") << subject("1", "U", chain, {}) << 4;
        QTest::newRow("a post before a department") << subject("1", "U", chain, {QStringLiteral("P06")}) << 5;
        QTest::newRow("the main post before one beside it")
            << subject("1", "U", chain, {QStringLiteral("P07"), QStringLiteral("P06")}) << 6;
        QTest::newRow("the person before all") << subject("0010034", "U", chain, {QStringLiteral("P06")}) << 7;
    }

    void theMoreSpecificGroupWins()
    {
        QFETCH(PolicySubject, subject);
        // The order in the file does not matter between kinds.
        const LoadedPolicy loaded = read(R"(
            group = [
              { person = "0010034", gate.questions = 7 },
              { post = "P07", gate.questions = 6 },
              { post = "P06", gate.questions = 5 },
              { department = "QH0501", gate.questions = 4 },
              { department = "QH05", gate.questions = 3 },
              { unit = "U", gate.questions = 2 } ]
        )");
        QVERIFY(loaded.faults.isEmpty());
        QTEST(effectivePolicy(loaded.policy, subject).policy.questions, "questions");
    }

    void groupsWithoutOneNameAreLeftOut_data()
    {
        QTest::addColumn<QByteArray>("toml");
        QTest::newRow("none") << QByteArray("[[group]]\ngate.questions = 2");
        QTest::newRow("two") << QByteArray("[[group]]\nunit = \"A\"\npost = \"P01\"");
        QTest::newRow("empty") << QByteArray("[[group]]\nunit = \" \"");
        QTest::newRow("a number") << QByteArray("[[group]]\nperson = 10034");
    }

    void groupsWithoutOneNameAreLeftOut()
    {
        QFETCH(QByteArray, toml);
        const LoadedPolicy loaded = read(toml);
        QCOMPARE(loaded.faults.size(), 1);
        QCOMPARE(loaded.faults.first().kind, Kind::BadGroup);
        QVERIFY(loaded.policy.groups.isEmpty());
    }

    void exemptionsHoldFromDayToDay()
    {
        const LoadedPolicy loaded = read(R"(
            [[exemption]]
            person = "1"
            reason = "产假"
            from = 2026-03-01
            until = "2026-08-31"
            [[exemption]]
            person = "1"
            reason = "外派"
            until = 2026-03-10
        )");
        QVERIFY(loaded.faults.isEmpty());
        const auto on = [&](int month, int day) {
            return exemptionOn(loaded.policy, QStringLiteral("1"), QDate(2026, month, day));
        };
        QCOMPARE(on(2, 28)->reason, QStringLiteral("外派"));
        QCOMPARE(on(3, 5)->reason, QStringLiteral("产假")); // both: the one that lasts longer
        QCOMPARE(on(8, 31)->until, QDate(2026, 8, 31));
        QVERIFY(!on(9, 1));
        QVERIFY(!exemptionOn(loaded.policy, QStringLiteral("2"), QDate(2026, 3, 5)));
    }

    void mandatoryQuestionsHaveAnEnd()
    {
        const LoadedPolicy loaded = read(R"([[mandatory]]
question = "P01-R01-01"
from = 2026-03-02
until = "2026-03-31"
[[mandatory]]
question = "P01-R01-02"
[[mandatory]]
until = 2026-03-31
[[mandatory]]
question = "P01-R01-03"
from = 2026-04-01
until = 2026-03-31
)");
        QCOMPARE(loaded.policy.mandatory.size(), 1);
        const MandatoryQuestion &ordered = loaded.policy.mandatory.first();
        QCOMPARE(ordered.question, QStringLiteral("P01-R01-01"));
        QVERIFY(!ordered.isOn(QDate(2026, 3, 1)));
        QVERIFY(ordered.isOn(QDate(2026, 3, 2)));
        QVERIFY(ordered.isOn(QDate(2026, 3, 31)));
        QVERIFY(!ordered.isOn(QDate(2026, 4, 1)));
        QStringList keys;
        for (const PolicyFault &fault : loaded.faults) {
            QCOMPARE(nameOf(fault.kind), QStringLiteral("bad-mandatory"));
            keys.append(fault.key);
        }
        QCOMPARE(keys, (QStringList {QStringLiteral("mandatory.until"), QStringLiteral("mandatory.question"),
                           QStringLiteral("mandatory.until")}));
    }

    void exemptionsWithoutWhatTheyNeedAreLeftOut_data()
    {
        QTest::addColumn<QByteArray>("toml");
        QTest::addColumn<QString>("key");
        const auto row = [](const char *name, const char *toml, const char *key) {
            QTest::newRow(name) << "[[exemption]]\n" + QByteArray(toml) << QStringLiteral("exemption.") + QLatin1String(key);
        };
        row("nobody", "reason = \"r\"\nuntil = 2026-01-01", "person");
        row("no reason", "person = \"1\"\nuntil = 2026-01-01", "reason");
        row("no end", "person = \"1\"\nreason = \"r\"", "until");
        row("an end that is no date", "person = \"1\"\nreason = \"r\"\nuntil = \"spring\"", "until");
        row("a beginning that is no date", "person = \"1\"\nreason = \"r\"\nfrom = 3\nuntil = 2026-01-01", "from");
        row("an end before the beginning", "person = \"1\"\nreason = \"r\"\nfrom = 2026-02-01\nuntil = 2026-01-01", "until");
    }

    void exemptionsWithoutWhatTheyNeedAreLeftOut()
    {
        QFETCH(QByteArray, toml);
        const LoadedPolicy loaded = read(toml);
        QCOMPARE(loaded.faults.size(), 1);
        QCOMPARE(loaded.faults.first().kind, Kind::BadExemption);
        QTEST(loaded.faults.first().key, "key");
        QVERIFY(loaded.policy.exemptions.isEmpty());
    }

    void wishesAskForMoreAndNeverForLess()
    {
        PolicySubject subject;
        subject.wishes = {5, AskDays::EveryDay};
        QCOMPARE(effectivePolicy({}, subject).policy.questions, 5);
        subject.wishes = {-3, AskDays::WorkingDays};
        QCOMPARE(effectivePolicy({}, subject).policy, ObligationPolicy());
        subject.wishes = {99, {}};
        QCOMPARE(effectivePolicy({}, subject).policy.questions, 10);
        const LoadedPolicy mandatory = read("[gate]\nquestions = 2\ndays = \"working-days\"");
        subject.wishes = {5, AskDays::EveryDay};
        QCOMPARE(effectivePolicy(mandatory.policy, subject).policy.questions, 2);
        QCOMPARE(effectivePolicy(mandatory.policy, subject).policy.days, AskDays::WorkingDays);
    }
};

QTEST_APPLESS_MAIN(TestPolicyFile)
#include "tst_policy_file.moc"
