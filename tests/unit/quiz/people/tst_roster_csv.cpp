#include "question_bank/base/random.h"
#include "quiz/people/csv_table.h"
#include "quiz/people/roster_csv.h"

#include <QFile>
#include <QStringEncoder>
#include <QTest>

using namespace qingfeng;

namespace {

const QString header = QStringLiteral(
    "单位编码,单位名称,部门编码,上级部门编码,部门名称,工号,姓名,系统账号,岗位,任职类型,身份,任职起,任职止,初始口令\n");

QString row(const QString &number, const QString &post = QStringLiteral("P01"), const QString &rest = QString())
{
    return QStringLiteral("QH,清河样例,QH01,,办公室,%1,样例甲,acc%1,%2,%3\n")
        .arg(number, post, rest.isEmpty() ? QStringLiteral(",,,,") : rest);
}

RosterImport read(const QString &text)
{
    const auto import = readRosterCsv(text.toUtf8(), QStringLiteral("people.csv"));
    return import ? *import : RosterImport {};
}

} // namespace

class TestRosterCsv : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSampleIsAWholeBureau()
    {
        QFile file(QStringLiteral(QF_SAMPLE_ROSTER));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto import = readRosterCsv(file.readAll(), QStringLiteral("roster.csv"));
        QVERIFY(import);
        QVERIFY2(import->rejected.isEmpty(), qPrintable(import->rejected.value(0).reason));
        QVERIFY(import->warnings.isEmpty());
        QVERIFY(import->roster.people.size() >= 32);
        QVERIFY(import->roster.departments.size() >= 8);
        QSet<QString> posts;
        int me = 0;
        int sidePosts = 0;
        for (const Person &person : import->roster.people) {
            for (const Assignment &assignment : person.assignments) {
                posts.insert(assignment.post);
                sidePosts += assignment.main ? 0 : 1;
            }
            if (person.accounts.contains(QStringLiteral("@me"))) {
                ++me;
                QCOMPARE(person.postsOn(QDate(2026, 11, 24)), QStringList {QStringLiteral("P06")});
                QVERIFY(person.party);
            }
        }
        QCOMPARE(me, 1);
        QVERIFY(sidePosts > 3);
        QVERIFY(posts.size() >= 14);
        const Person *moved = import->roster.person(QStringLiteral("0010028"));
        QVERIFY(moved);
        QCOMPARE(moved->postsOn(QDate(2026, 8, 1)), QStringList {QStringLiteral("P03")});
        QCOMPARE(moved->postsOn(QDate(2026, 9, 1)), QStringList {QStringLiteral("P02")});
        QCOMPARE(moved->department, QStringLiteral("QH04"));
        QCOMPARE(import->initialPins.size(), 2);
    }

    void everyEncodingIsTheSameRoster_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QString text = header + row(QStringLiteral("001"));
        QTest::newRow("UTF-8") << text.toUtf8();
        QTest::newRow("UTF-8 with BOM") << QByteArray("\xef\xbb\xbf") + text.toUtf8();
        QStringEncoder little(QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom);
        QTest::newRow("UTF-16, little end first") << QByteArray(little(text));
        QStringEncoder big(QStringConverter::Utf16BE, QStringConverter::Flag::WriteBom);
        QTest::newRow("UTF-16, big end first") << QByteArray(big(text));
        QStringEncoder gb("GB18030");
        QVERIFY(gb.isValid());
        QTest::newRow("GB18030") << QByteArray(gb(text));
        QTest::newRow("CRLF") << QString(text).replace(QLatin1Char('\n'), QStringLiteral("\r\n")).toUtf8();
        QTest::newRow("CR") << QString(text).replace(QLatin1Char('\n'), QLatin1Char('\r')).toUtf8();
    }

    void everyEncodingIsTheSameRoster()
    {
        QFETCH(QByteArray, bytes);
        const auto import = readRosterCsv(bytes, QStringLiteral("people.csv"));
        QVERIFY2(import, qPrintable(import.has_error() ? import.error().toString() : QString()));
        QVERIFY2(import->rejected.isEmpty(), qPrintable(import->rejected.value(0).reason));
        QCOMPARE(import->accepted, 1);
        QCOMPARE(import->roster.people.first().name, QStringLiteral("样例甲"));
        QCOMPARE(import->roster.departments.first().name, QStringLiteral("办公室"));
    }

    void aBadRowIsNamedAndHidesNoOther_data()
    {
        QTest::addColumn<QString>("bad");
        QTest::addColumn<QString>("column");
        QTest::addColumn<QString>("reason");
        const auto add = [](const char *name, const QString &bad, const char16_t *column, const char *reason) {
            QTest::newRow(name) << bad << QString::fromUtf16(column) << QString::fromLatin1(reason);
        };
        add("no number", row(QString()), u"工号", "empty");
        add("number with a space", row(QStringLiteral("0 1")), u"工号", "bad-number");
        add("post that is none", row(QStringLiteral("002"), QStringLiteral("Q01")), u"岗位", "unknown-post");
        add("kind that is none", row(QStringLiteral("002"), QStringLiteral("P01"), QStringLiteral("代班,,,,")),
            u"任职类型", "unknown-kind");
        add("standing that is none", row(QStringLiteral("002"), QStringLiteral("P01"), QStringLiteral(",贵宾,,,")),
            u"身份", "unknown-standing");
        add("day that is none", row(QStringLiteral("002"), QStringLiteral("P01"), QStringLiteral(",,2026-02-30,,")),
            u"任职起", "bad-date");
        add("end before start",
            row(QStringLiteral("002"), QStringLiteral("P01"), QStringLiteral(",,2026-02-03,2026-01-01,")), u"任职止",
            "ends-before-it-starts");
        add("PIN too short", row(QStringLiteral("002"), QStringLiteral("P01"), QStringLiteral(",,,,12")),
            u"初始口令", "pin-length");
        add("another name for the same number",
            QStringLiteral("QH,清河样例,QH01,,办公室,001,样例乙,,P02,,,,,\n"), u"姓名", "contradicts-earlier-row");
        add("another name for the same department",
            QStringLiteral("QH,清河样例,QH01,,财务股,009,样例乙,,P02,,,,,\n"), u"部门名称", "contradicts-earlier-row");
        add("another unit", QStringLiteral("XX,清河样例,QH01,,办公室,009,样例乙,,P02,,,,,\n"), u"单位编码",
            "second-unit");
        add("the account of somebody else", QStringLiteral("QH,清河样例,QH01,,办公室,009,样例乙,acc001,P02,,,,,\n"),
            u"系统账号", "account-of-another");
        add("too long", row(QStringLiteral("002"), QString(300, QLatin1Char('P'))), u"岗位", "too-long");
    }

    void aBadRowIsNamedAndHidesNoOther()
    {
        QFETCH(QString, bad);
        QFETCH(QString, column);
        QFETCH(QString, reason);
        const RosterImport import = read(header + row(QStringLiteral("001")) + bad + row(QStringLiteral("003")));
        QCOMPARE(import.rejected.size(), 1);
        QCOMPARE(import.rejected.first().row, 3);
        QCOMPARE(import.rejected.first().column, column);
        QCOMPARE(import.rejected.first().reason, reason);
        QVERIFY(import.roster.person(QStringLiteral("001")));
        QVERIFY(import.roster.person(QStringLiteral("003")));
    }

    void columnsMayStandInAnyOrderAndOthersAreIgnored()
    {
        const RosterImport import = read(QStringLiteral("备注,岗位,姓名,工号,部门名称,部门编码\n好,P05,样例甲,001,办公室,QH01\n"));
        QVERIFY(import.rejected.isEmpty());
        QCOMPARE(import.warnings.size(), 1);
        QCOMPARE(import.warnings.first().reason, QStringLiteral("unknown-column"));
        QCOMPARE(import.roster.people.first().assignments.first().post, QStringLiteral("P05"));
    }

    void aMissingColumnIsNamed()
    {
        const RosterImport import = read(QStringLiteral("岗位,姓名,部门名称,部门编码\nP05,样例甲,办公室,QH01\n"));
        QCOMPARE(import.rejected.size(), 1);
        QCOMPARE(import.rejected.first().reason, QStringLiteral("missing-column"));
        QCOMPARE(import.rejected.first().column, QStringLiteral("工号"));
    }

    void severalRowsAreOnePerson()
    {
        const RosterImport import = read(header
            + QStringLiteral("QH,清河样例,QH01,,办公室,001,样例甲,a;b,P01,主岗,党员,2020/1/5,20260831,\n")
            + QStringLiteral("QH,清河样例,QH01,,办公室,001,样例甲,b；c,P02,兼岗,领导;编外,,,135790\n"));
        QVERIFY2(import.rejected.isEmpty(), qPrintable(import.rejected.value(0).reason));
        QCOMPARE(import.roster.people.size(), 1);
        const Person &person = import.roster.people.first();
        QCOMPARE(person.accounts, QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
        QVERIFY(person.party && person.leader && person.auxiliary);
        QCOMPARE(person.assignments.size(), 2);
        QCOMPARE(person.assignments.first().from, QDate(2020, 1, 5));
        QCOMPARE(person.assignments.first().to, QDate(2026, 8, 31));
        QVERIFY(person.pinHash.isEmpty());
        QCOMPARE(import.initialPins.value(QStringLiteral("001")), QStringLiteral("135790"));
    }

    void aCircleOfDepartmentsIsRefused()
    {
        const RosterImport import = read(header + QStringLiteral("QH,清河样例,A,B,甲,001,样例甲,,P01,,,,,\n")
            + QStringLiteral("QH,清河样例,B,A,乙,002,样例乙,,P01,,,,,\n"));
        QVERIFY(!import.rejected.isEmpty());
        QCOMPARE(import.rejected.first().reason, QStringLiteral("department-circle"));
    }

    void aQuoteThatIsNeverClosedIsNamed()
    {
        const RosterImport import = read(header + row(QStringLiteral("001")) + QStringLiteral("QH,\"清河样例,QH01\n"));
        QVERIFY(std::any_of(import.rejected.begin(), import.rejected.end(),
            [](const RosterFinding &finding) { return finding.reason == QStringLiteral("unclosed-quote"); }));
    }

    void whatIsNoTableIsRefusedAsAWhole_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("empty rows") << QByteArray("\n\n\n");
        QTest::newRow("NUL bytes") << QByteArray("a,b\n\0\0", 6);
        QTest::newRow("too large") << QByteArray(17 * 1024 * 1024, 'a');
    }

    void whatIsNoTableIsRefusedAsAWhole()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(!readRosterCsv(bytes, QStringLiteral("people.csv")));
    }

    void aThousandMutationsNeverCrash()
    {
        QFile file(QStringLiteral(QF_SAMPLE_ROSTER));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray good = file.readAll();
        SeededRandom random(1124);
        for (int i = 0; i < 1000; ++i) {
            QByteArray bytes = good;
            for (int change = 1 + int(random.next64() % 8); change > 0; --change) {
                const auto at = qsizetype(random.next64() % quint64(bytes.size()));
                switch (random.next64() % 5) {
                case 0:
                    bytes[at] = char(random.next64());
                    break;
                case 1:
                    bytes.remove(at, qsizetype(random.next64() % 50));
                    break;
                case 2:
                    bytes.insert(at, random.bytes(int(random.next64() % 20)));
                    break;
                case 3:
                    bytes.insert(at, QByteArrayLiteral("\",\r\n;\"\"").mid(qsizetype(random.next64() % 6), 2));
                    break;
                default:
                    bytes.truncate(at + 1);
                }
            }
            const auto import = readRosterCsv(bytes, QStringLiteral("people.csv"));
            if (import) {
                QVERIFY(import->rejected.size() <= 1001);
                for (const Person &person : import->roster.people) {
                    QVERIFY(!person.number.isEmpty() && !person.assignments.isEmpty());
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestRosterCsv)
#include "tst_roster_csv.moc"
