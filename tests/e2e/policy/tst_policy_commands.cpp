#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

/** `qingfengctl policy check` and `gate rehearse`, the program itself. */
class TestPolicyCommands : public QObject
{
    Q_OBJECT

    struct Ran
    {
        int status = -1;
        QString out;
        QString err;
        QJsonObject json() const { return QJsonDocument::fromJson(out.toUtf8()).object(); }
    };

    static Ran run(const QStringList &arguments)
    {
        QProcess ctl;
        ctl.start(qEnvironmentVariable("QF_BIN_DIR") + QStringLiteral("/qingfengctl"), arguments);
        if (!ctl.waitForFinished(30'000) || ctl.exitStatus() != QProcess::NormalExit) {
            return {};
        }
        return {ctl.exitCode(), QString::fromUtf8(ctl.readAllStandardOutput()),
            QString::fromUtf8(ctl.readAllStandardError())};
    }

    static QString data(const char *name) { return QStringLiteral(QF_POLICY_DATA "/") + QString::fromUtf8(name); }

    static QStringList rehearse(const QStringList &more, const char *from = "2026-09-28", const char *to = "2026-10-12")
    {
        return QStringList {QStringLiteral("gate"), QStringLiteral("rehearse"), QStringLiteral("--policy"),
                   data("10-province.toml"), data("20-bureau.toml"), QStringLiteral("--roster"),
                   QStringLiteral(QF_SAMPLE_ROSTER), QStringLiteral("--from"), QString::fromUtf8(from),
                   QStringLiteral("--to"), QString::fromUtf8(to)}
            + more;
    }

    static QJsonObject dayOf(const QJsonObject &document, const char *date)
    {
        for (const QJsonValue day : document.value(QStringLiteral("days")).toArray()) {
            if (day[QStringLiteral("date")].toString() == QLatin1String(date)) {
                return day.toObject();
            }
        }
        return {};
    }

    static QJsonObject personOf(const QJsonObject &day, const char *number)
    {
        for (const QJsonValue person : day.value(QStringLiteral("people")).toArray()) {
            if (person[QStringLiteral("person")].toString() == QLatin1String(number)) {
                return person.toObject();
            }
        }
        return {};
    }

private Q_SLOTS:
    void checkSaysWhatPolicyMeans()
    {
        const Ran ran = run({QStringLiteral("policy"), QStringLiteral("check"), data("10-province.toml"),
            data("20-bureau.toml")});
        QCOMPARE(ran.status, 0);
        for (const char *expected : {"只在工作日问", "每人可暂缓 2 次", "10-province.toml 第 7 行", "紧急进入免答 3 次",
                 "部门 QH05 另有规定", "每次 2 题", "岗位 P24", "个人 0010001", "0010034：外派，2026-09-01 至 2026-10-09",
                 "0 处错误"}) {
            QVERIFY2(ran.out.contains(QString::fromUtf8(expected)), qPrintable(QString::fromUtf8(expected) + ran.out));
        }
    }

    void checkNamesEachFault()
    {
        const Ran ran = run({QStringLiteral("policy"), QStringLiteral("check"), data("faulty.toml")});
        QCOMPARE(ran.status, 1);
        for (const char *expected : {"faulty.toml 第 2 行：gate.questions 不能是 50，允许 1…10", "内置值 1",
                 "faulty.toml 第 3 行：gate.when", "没有 gate.question 这一项", "exemption.until 缺少", "3 处错误，1 处提示"}) {
            QVERIFY2(ran.out.contains(QString::fromUtf8(expected)), qPrintable(QString::fromUtf8(expected) + ran.out));
        }
        const QJsonObject json
            = run({QStringLiteral("--json"), QStringLiteral("policy"), QStringLiteral("check"), data("faulty.toml")}).json();
        QCOMPARE(json.value(QStringLiteral("errors")).toInt(), 3);
        QCOMPARE(json.value(QStringLiteral("warnings")).toInt(), 1);
        QCOMPARE(json[QStringLiteral("everybody")][QStringLiteral("gate.questions")].toInt(), 1);
        QCOMPARE(json[QStringLiteral("faults")][0][QStringLiteral("line")].toInt(), 2);
        QCOMPARE(json[QStringLiteral("faults")][0][QStringLiteral("kind")].toString(), QStringLiteral("bad-value"));
    }

    void aFolderIsReadInTheOrderOfItsNames()
    {
        const QJsonObject json = run({QStringLiteral("--json"), QStringLiteral("policy"), QStringLiteral("check"),
                                         QStringLiteral(QF_POLICY_DATA)}).json();
        const QJsonArray files = json.value(QStringLiteral("files")).toArray();
        QCOMPARE(files.size(), 3);
        QVERIFY(files.first().toString().endsWith(QStringLiteral("10-province.toml")));
        QVERIFY(files.last().toString().endsWith(QStringLiteral("faulty.toml")));
        QCOMPARE(json[QStringLiteral("everybody")][QStringLiteral("gate.days")].toString(), QStringLiteral("working-days"));
        QCOMPARE(json.value(QStringLiteral("groups")).toArray().size(), 3);
    }

    void rehearsalFollowsCalendarGroupsAndExemptions()
    {
        const Ran ran = run(rehearse({QStringLiteral("--json")}));
        QCOMPARE(ran.status, 0);
        const QJsonObject json = ran.json();
        QCOMPARE(json.value(QStringLiteral("days")).toArray().size(), 15);
        const int people = json.value(QStringLiteral("people")).toInt();
        QVERIFY(people > 30);

        const QJsonObject monday = dayOf(json, "2026-09-28");
        QCOMPARE(monday.value(QStringLiteral("kind")).toString(), QStringLiteral("workday"));
        QCOMPARE(monday.value(QStringLiteral("asked")).toInt(), people - 1);
        QCOMPARE(personOf(monday, "0010034").value(QStringLiteral("reason")).toString(), QStringLiteral("exempt"));
        QCOMPARE(personOf(monday, "0010034").value(QStringLiteral("text")).toString(), QStringLiteral("外派"));
        QCOMPARE(personOf(monday, "0010034").value(QStringLiteral("until")).toString(), QStringLiteral("2026-10-09"));
        QCOMPARE(personOf(monday, "0010035").value(QStringLiteral("questions")).toInt(), 2); // 检查组, under 稽查局
        QCOMPARE(personOf(monday, "0010038").value(QStringLiteral("questions")).toInt(), 3); // P24: three times
        QCOMPARE(personOf(monday, "0010004").value(QStringLiteral("questions")).toInt(), 1);

        const QJsonObject national = dayOf(json, "2026-10-01");
        QCOMPARE(national.value(QStringLiteral("holiday")).toString(), QStringLiteral("国庆节"));
        QCOMPARE(national.value(QStringLiteral("asked")).toInt(), 1); // the one who is asked every day
        QCOMPARE(personOf(national, "0010004").value(QStringLiteral("reason")).toString(), QStringLiteral("day-off"));

        const QJsonObject worked = dayOf(json, "2026-10-10"); // a Saturday
        QCOMPARE(worked.value(QStringLiteral("kind")).toString(), QStringLiteral("worked-weekend"));
        QCOMPARE(worked.value(QStringLiteral("asked")).toInt(), people); // the exemption is over
        QCOMPARE(dayOf(json, "2026-10-11").value(QStringLiteral("asked")).toInt(), 1);

        const QJsonObject peak = json.value(QStringLiteral("peak")).toObject();
        QCOMPARE(peak.value(QStringLiteral("starts")).toInt(), people);
        const double top = 2.0 * people / 90;
        QVERIFY(peak.value(QStringLiteral("per_minute")).toDouble() <= top);
        QVERIFY(peak.value(QStringLiteral("per_minute")).toDouble() > 0.97 * top);
    }

    void postsOfThatDayCount()
    {
        // 0010028 moves to another office on 2026-09-01.
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("p.toml"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[[group]]\ndepartment = \"QH04\"\ngate.questions = 4\n");
        file.close();
        const QJsonObject json = run({QStringLiteral("gate"), QStringLiteral("rehearse"), QStringLiteral("--policy"), path,
                                         QStringLiteral("--roster"), QStringLiteral(QF_SAMPLE_ROSTER),
                                         QStringLiteral("--from"), QStringLiteral("2026-08-31"), QStringLiteral("--to"),
                                         QStringLiteral("2026-09-01"), QStringLiteral("--person"),
                                         QStringLiteral("0010028"), QStringLiteral("--json")}).json();
        QCOMPARE(personOf(dayOf(json, "2026-08-31"), "0010028").value(QStringLiteral("questions")).toInt(), 1);
        QCOMPARE(personOf(dayOf(json, "2026-09-01"), "0010028").value(QStringLiteral("questions")).toInt(), 4);
        QCOMPARE(dayOf(json, "2026-09-01").value(QStringLiteral("people")).toArray().size(), 1);
    }

    void rehearsalSpeaksToPeople()
    {
        const Ran ran = run(rehearse({QStringLiteral("--person"), QStringLiteral("0010034")}, "2026-09-30", "2027-01-04"));
        QCOMPARE(ran.status, 0);
        for (const char *expected : {"2026-10-01 周四 国庆节：问 1 人", "2026-10-10 周六 调休上班", "免答：外派，至 2026-10-09 10 天",
                 "次/分", "2N/T", "8:30 最多", "缺 2027 年的放假日历"}) {
            QVERIFY2(ran.out.contains(QString::fromUtf8(expected)), qPrintable(QString::fromUtf8(expected) + ran.out));
        }
    }

    void aNewerCalendarFileCounts()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("cn.json"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"format": "qingfeng-work-calendar", "version": 1, "edition": "2026-11-05", "years": [
            {"year": 2027, "published": true, "source": "invented for this test", "certainty": "none",
             "holidays": [{"name": "元旦", "from": "2027-01-01", "to": "2027-01-01", "days": 1}],
             "workdays": ["2027-01-03"]}]})");
        file.close();
        const QJsonObject json = run(rehearse({QStringLiteral("--calendar"), path, QStringLiteral("--json")}, "2027-01-01",
                                         "2027-01-03")).json();
        QCOMPARE(dayOf(json, "2027-01-01").value(QStringLiteral("asked")).toInt(), 1);
        QVERIFY(dayOf(json, "2027-01-03").value(QStringLiteral("asked")).toInt() > 1);
        QVERIFY(json.value(QStringLiteral("years_without_calendar")).toArray().isEmpty());
    }

    void whatCannotBeDoneSaysWhy_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("said");
        const auto words = [](const char *text) { return QString::fromUtf8(text).split(QLatin1Char(' ')); };
        QTest::newRow("no such policy") << words("policy check /nonexistent") << 1 << QStringLiteral("/nonexistent");
        QTest::newRow("no files named") << words("policy check") << 2 << QString();
        QTest::newRow("no dates") << words("gate rehearse --policy x --roster y") << 2 << QString();
        QTest::newRow("no date") << rehearse({}, "yesterday") << 2 << QStringLiteral("--from");
        QTest::newRow("backwards") << rehearse({}, "2026-10-13") << 2 << QStringLiteral("--to");
        QTest::newRow("too long") << rehearse({}, "2020-01-01") << 2 << QStringLiteral("--to");
        QTest::newRow("nobody of this number")
            << rehearse({QStringLiteral("--person"), QStringLiteral("9")}) << 1 << QStringLiteral("9");
        QTest::newRow("a roster that is none")
            << QStringList {QStringLiteral("gate"), QStringLiteral("rehearse"), QStringLiteral("--policy"),
                   data("10-province.toml"), QStringLiteral("--roster"), data("10-province.toml"),
                   QStringLiteral("--from"), QStringLiteral("2026-10-01"), QStringLiteral("--to"),
                   QStringLiteral("2026-10-01")}
            << 2 << QStringLiteral("10-province.toml");
        QTest::newRow("a calendar that is none")
            << rehearse({QStringLiteral("--calendar"), data("10-province.toml")}) << 2 << QStringLiteral("10-province.toml");
    }

    void whatCannotBeDoneSaysWhy()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, said);
        const Ran ran = run(arguments);
        QTEST(ran.status, "status");
        QVERIFY2(ran.err.contains(said), qPrintable(ran.err));
    }

    void gateProbeIsStillThere()
    {
        const Ran ran = run({QStringLiteral("gate"), QStringLiteral("--help")});
        QCOMPARE(ran.status, 0);
        QVERIFY(ran.out.contains(QStringLiteral("probe")) && ran.out.contains(QStringLiteral("rehearse")));
    }
};

QTEST_GUILESS_MAIN(TestPolicyCommands)
#include "tst_policy_commands.moc"
