#include "question_bank/package/bank_folder.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace qingfeng;

/** The commands of `qingfengctl bank`, as scripts call them: real program, real files. */
class TestBankCommands : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    struct Outcome
    {
        int status = -1;
        QByteArray out;
        QByteArray err;
        QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
        QByteArray all() const { return out + err; }
    };

    QString path(const char *name) const { return m_dir.filePath(QString::fromLatin1(name)); }
    static QString sources() { return QStringLiteral(QF_SOURCE_DIR "/tests/data/question_bank/sources"); }

    static Outcome run(const QStringList &arguments)
    {
        QProcess process;
        process.start(qEnvironmentVariable("QF_BIN_DIR") + QStringLiteral("/qingfengctl"),
            QStringList{QStringLiteral("bank")} + arguments);
        Outcome outcome;
        if (process.waitForFinished(60'000)) {
            outcome = {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
        }
        return outcome;
    }

    static Outcome runWords(const QString &words)
    {
        return run(words.split(QLatin1Char(' '), Qt::SkipEmptyParts));
    }

    /** A copy of the sample sources in which @p from reads @p to, in one file. */
    void copySources(const char *name, const char *file, const QByteArray &from, const QByteArray &to) const
    {
        const QString target = path(name);
        for (const char *folder : {"catalogue", "questions", "themes", "stories", "media"}) {
            const QDir source(sources() + QLatin1Char('/') + QLatin1String(folder));
            QVERIFY(QDir().mkpath(target + QLatin1Char('/') + QLatin1String(folder)));
            for (const QString &entry : source.entryList(QDir::Files)) {
                QVERIFY(QFile::copy(source.filePath(entry),
                    target + QLatin1Char('/') + QLatin1String(folder) + QLatin1Char('/') + entry));
            }
        }
        QVERIFY(QFile::copy(sources() + QStringLiteral("/bank.toml"), target + QStringLiteral("/bank.toml")));
        change(target + QLatin1Char('/') + QLatin1String(file), from, to);
    }

    static void change(const QString &file, const QByteArray &from, const QByteArray &to)
    {
        QByteArray text = *readFile(file, 1 << 20);
        QVERIFY(text.contains(from));
        QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner);
        QVERIFY(writeFileAtomically(file, text.replace(from, to)));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QCOMPARE(run({QStringLiteral("new-key"), path("key")}).status, 0);
        QCOMPARE(run({QStringLiteral("new-key"), path("other")}).status, 0);
        QCOMPARE(run({QStringLiteral("new-key"), path("sm2"), QStringLiteral("--algorithm"),
                         QStringLiteral("sm2")})
                     .status,
            0);
        const Outcome built = run({QStringLiteral("build"), sources(), QStringLiteral("--out"),
            path("3.qfbank"), QStringLiteral("--key"), path("key")});
        QVERIFY2(built.status == 0, built.all().constData());
        copySources("next", "bank.toml", "revision = 3", "revision = 4");
        change(path("next/questions/P00.toml"), "年前纳税人", "年前一位纳税人");
        QCOMPARE(run({QStringLiteral("build"), path("next"), QStringLiteral("--out"), path("4.qfbank"),
                         QStringLiteral("--key"), path("key")})
                     .status,
            0);
    }

    void checkTellsFindingsAndWhatWasAccepted()
    {
        const Outcome clean = run({QStringLiteral("check"), sources(), QStringLiteral("--json")});
        QCOMPARE(clean.status, 0);
        QCOMPARE(clean.json().value(QStringLiteral("errors")).toInt(), 0);
        QCOMPARE(clean.json().value(QStringLiteral("accepted")).toArray().size(), 3);
        copySources("faulty", "questions/P00.toml", "answer = [\"a\"]", "answer = [\"e\"]");
        const Outcome faulty = run({QStringLiteral("check"), path("faulty"), QStringLiteral("--json")});
        QCOMPARE(faulty.status, 1);
        const QJsonObject finding
            = faulty.json().value(QStringLiteral("findings")).toArray().first().toObject();
        QCOMPARE(finding.value(QStringLiteral("severity")).toString(), QStringLiteral("error"));
        QCOMPARE(finding.value(QStringLiteral("rule")).toString(), QStringLiteral("answer-not-a-choice"));
        QCOMPARE(finding.value(QStringLiteral("question")).toString(), QStringLiteral("P00-R01-01"));
        QCOMPARE(finding.value(QStringLiteral("evidence")).toString(), QStringLiteral("e"));
        // And such a bank is not built.
        QCOMPARE(run({QStringLiteral("build"), path("faulty"), QStringLiteral("--out"), path("faulty.qfbank"),
                         QStringLiteral("--key"), path("key")})
                     .status,
            1);
        QVERIFY(!QFile::exists(path("faulty.qfbank")));
    }

    void statsCountQuestionsAndCoverage()
    {
        for (const QString &bank : {sources(), path("3.qfbank")}) {
            const QJsonObject stats = run({QStringLiteral("stats"), bank, QStringLiteral("--json")}).json();
            QCOMPARE(stats.value(QStringLiteral("revision")).toInt(), 3);
            QCOMPARE(stats.value(QStringLiteral("questions")).toInt(), 3);
            QCOMPARE(
                stats.value(QStringLiteral("by_type")).toObject().value(QStringLiteral("fill_in")).toInt(),
                1);
            QCOMPARE(
                stats.value(QStringLiteral("by_post")).toObject().value(QStringLiteral("P00")).toInt(), 3);
            QCOMPARE(stats.value(QStringLiteral("risk_points")).toInt(), 2);
            QCOMPARE(stats.value(QStringLiteral("risk_points_covered")).toInt(), 2);
            QCOMPARE(stats.value(QStringLiteral("high_with_4")).toInt(), 0);
            QCOMPARE(stats.value(QStringLiteral("themes")).toInt(), 2);
            QCOMPARE(stats.value(QStringLiteral("media")).toInt(), 1);
        }
    }

    void diffNamesTheChangedFields()
    {
        const Outcome same
            = run({QStringLiteral("diff"), sources(), path("3.qfbank"), QStringLiteral("--json")});
        QCOMPARE(same.status, 0);
        QVERIFY(same.json().value(QStringLiteral("changed")).toArray().isEmpty());
        const QJsonObject diff
            = run({QStringLiteral("diff"), path("3.qfbank"), path("4.qfbank"), QStringLiteral("--json")})
                  .json();
        QCOMPARE(diff.value(QStringLiteral("changed")).toArray().size(), 1);
        const QJsonObject change = diff.value(QStringLiteral("changed")).toArray().first().toObject();
        QCOMPARE(change.value(QStringLiteral("id")).toString(), QStringLiteral("P00-R01-01"));
        QCOMPARE(change.value(QStringLiteral("fields")).toArray(), QJsonArray{QStringLiteral("stem")});
    }

    void aDeltaIsAppliedAndNothingElse()
    {
        const Outcome made = run({QStringLiteral("delta"), path("3.qfbank"), path("4.qfbank"),
            QStringLiteral("--out"), path("3-4.qfdelta"), QStringLiteral("--json")});
        QCOMPARE(made.status, 0);
        QCOMPARE(made.json().value(QStringLiteral("put")).toInt(), 1);
        const QStringList to{
            QStringLiteral("--into"), path("folder"), QStringLiteral("--trust"), path("key.pub")};
        const auto apply = [&to](const QString &file) {
            return run(QStringList{QStringLiteral("apply"), file, QStringLiteral("--json")} + to);
        };
        QCOMPARE(apply(path("3-4.qfdelta")).status, 1); // nothing to change yet
        QCOMPARE(apply(path("3.qfbank")).status, 0);
        const QByteArray delta = *readFile(path("3-4.qfdelta"), 1 << 20);
        QVERIFY(writeFileAtomically(path("half.qfdelta"), delta.left(delta.size() / 2)));
        QCOMPARE(apply(path("half.qfdelta")).status, 1);
        QCOMPARE(apply(path("3-4.qfdelta")).json().value(QStringLiteral("revision")).toInt(), 4);
        const Outcome older = apply(path("3.qfbank"));
        QCOMPARE(older.status, 1);
        QCOMPARE(
            older.json().value(QStringLiteral("error")).toObject().value(QStringLiteral("code")).toString(),
            QStringLiteral("conflict"));
        QCOMPARE(BankFolder(path("folder"), {*readPublicKeyFile(path("key.pub"))}).load()->info.revision, 4);
        QCOMPARE(run({QStringLiteral("apply"), path("4.qfbank"), QStringLiteral("--into"), path("strange"),
                         QStringLiteral("--trust"), path("other.pub")})
                     .status,
            1);
        QVERIFY(!QFile::exists(path("strange/current.qfbank")));
    }

    void aSecondSignatureIsAddedAndAskedFor()
    {
        QCOMPARE(run({QStringLiteral("sign"), path("3.qfbank"), QStringLiteral("--key"), path("sm2"),
                         QStringLiteral("--out"), path("twice.qfbank")})
                     .status,
            0);
        const auto verify = [this](const char *package) {
            return run({QStringLiteral("verify"), path(package), QStringLiteral("--trust"), path("key.pub"),
                QStringLiteral("--trust"), path("sm2.pub"), QStringLiteral("--require-sm2"),
                QStringLiteral("--json")});
        };
        QCOMPARE(verify("twice.qfbank").status, 0);
        QCOMPARE(verify("twice.qfbank").json().value(QStringLiteral("signatures")).toArray().size(), 2);
        QCOMPARE(verify("3.qfbank").status, 1);
        QCOMPARE(
            run({QStringLiteral("sign"), path("twice.qfbank"), QStringLiteral("--key"), path("sm2")}).status,
            1);
    }

    void publishedVersionsAreNotChangedByTheNextPackage()
    {
        QCOMPARE(
            run({QStringLiteral("build"), sources(), QStringLiteral("--publish"), QStringLiteral("--out"),
                    path("published.qfbank"), QStringLiteral("--key"), path("key")})
                .status,
            0);
        const Outcome next = run({QStringLiteral("build"), path("next"), QStringLiteral("--after"),
            path("published.qfbank"), QStringLiteral("--out"), path("after.qfbank"), QStringLiteral("--key"),
            path("key"), QStringLiteral("--json")});
        QCOMPARE(next.status, 1);
        QVERIFY(next.json()
                    .value(QStringLiteral("error"))
                    .toObject()
                    .value(QStringLiteral("where"))
                    .toString()
                    .contains(QLatin1String("P00-R01-01")));
    }

    void aChangeOfLawNamesQuestionsPostsAndPeople()
    {
        copySources("law", "bank.toml", "revision = 3", "revision = 5");
        const QByteArray roster
            = "单位编码,单位名称,部门编码,上级部门编码,部门名称,工号,姓名,系统账号,岗位,任职类型,身份\n"
              "QH,样例局,QH01,,办公室,001,样例甲,a,P00,主岗,\n";
        QVERIFY(writeFileAtomically(path("roster.csv"), roster));
        const Outcome amended
            = run({QStringLiteral("law"), QStringLiteral("amend"), QStringLiteral("ZWCF-34"),
                QStringLiteral("--bank"), path("law"), QStringLiteral("--on"), QStringLiteral("2027-01-01"),
                QStringLiteral("--roster"), path("roster.csv"), QStringLiteral("--json")});
        QVERIFY2(amended.status == 0, amended.all().constData());
        QCOMPARE(amended.json().value(QStringLiteral("questions")).toArray().size(), 2);
        QCOMPARE(amended.json().value(QStringLiteral("posts")).toArray(), QJsonArray{QStringLiteral("P00")});
        QCOMPARE(amended.json()
                     .value(QStringLiteral("people"))
                     .toArray()
                     .first()
                     .toObject()
                     .value(QStringLiteral("name"))
                     .toString(),
            QStringLiteral("样例甲"));
        const QJsonObject stats
            = run({QStringLiteral("stats"), path("law"), QStringLiteral("--json")}).json();
        QCOMPARE(
            stats.value(QStringLiteral("by_state")).toObject().value(QStringLiteral("recheck")).toInt(), 2);
        const Outcome list = run({QStringLiteral("law"), QStringLiteral("list"), QStringLiteral("--bank"),
            path("law"), QStringLiteral("--json")});
        QCOMPARE(list.json().value(QStringLiteral("law_changes")).toArray().size(), 1);
        QCOMPARE(run({QStringLiteral("law"), QStringLiteral("amend"), QStringLiteral("NONE-1"),
                         QStringLiteral("--bank"), path("law")})
                     .status,
            1);

        // A package is signed anew, at the next revision, and keeps the record.
        const Outcome repealed = run({QStringLiteral("law"), QStringLiteral("repeal"),
            QStringLiteral("ZWCF-8"), QStringLiteral("--bank"), path("3.qfbank"), QStringLiteral("--key"),
            path("key"), QStringLiteral("--out"), path("repealed.qfbank"), QStringLiteral("--json")});
        QVERIFY2(repealed.json().value(QStringLiteral("written")).toBool(), repealed.all().constData());
        const auto package = readPackage(*readFile(path("repealed.qfbank"), 1 << 20));
        QCOMPARE(package->info.revision, 4);
        QCOMPARE(package->bank.question(QStringLiteral("P00-R01-02"), 1)->state, ReviewState::Recheck);
        QCOMPARE(package->bank.lawChanges().size(), 1);
        const Outcome dry = run({QStringLiteral("law"), QStringLiteral("repeal"), QStringLiteral("ZWCF-8"),
            QStringLiteral("--bank"), path("3.qfbank"), QStringLiteral("--json")});
        QCOMPARE(dry.status, 0);
        QVERIFY(!dry.json().value(QStringLiteral("written")).toBool(true));
    }

    void badUsageIsTold_data()
    {
        QTest::addColumn<QString>("words");
        QTest::newRow("no bank") << QStringLiteral("check");
        QTest::newRow("an unknown command") << QStringLiteral("mend x");
        QTest::newRow("a delta without a place") << QStringLiteral("delta a b");
        QTest::newRow("a key of an unknown kind") << QStringLiteral("new-key k --algorithm rsa");
        QTest::newRow("law without a word") << QStringLiteral("law");
    }

    void badUsageIsTold()
    {
        QFETCH(QString, words);
        QCOMPARE(runWords(words).status, 2);
    }
};

QTEST_GUILESS_MAIN(TestBankCommands)
#include "tst_bank_commands.moc"
