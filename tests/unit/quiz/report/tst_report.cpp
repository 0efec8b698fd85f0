#include "quiz/report/group_report.h"
#include "quiz/report/person_report.h"
#include "quiz/report/report_csv.h"
#include "quiz/report/report_xlsx.h"
#include "tests/support/sample_bank.h"

#include <algorithm>

#include <QJsonDocument>
#include <QTest>

using namespace qingfeng;

/** The figures of reports, and what they keep to themselves. */
class TestReport : public QObject
{
    Q_OBJECT

    static constexpr int firstDay = 20'756; // Friday 2026-10-30
    static QDate day(int offset) { return QDate(1970, 1, 1).addDays(firstDay + offset); }

    static Attempt attempt(const char *person, const char *question, Outcome outcome, int offset)
    {
        Attempt a;
        a.store = QStringLiteral("store-") + QLatin1String(person);
        a.seq = offset + 1;
        a.person = QLatin1String(person);
        a.post = QStringLiteral("P01");
        a.question = QLatin1String(question);
        a.version = 1;
        a.outcome = outcome;
        a.responseMs = 6000;
        a.guessPpm = 250'000;
        a.studyDay = firstDay + offset;
        a.answeredAtMs = qint64(a.studyDay) * 86'400'000 + 3'600'000;
        a.utcOffsetSeconds = 28'800;
        return a;
    }

    static Person person(const char *number, const char *department, const char *post)
    {
        Person p;
        p.number = QLatin1String(number);
        p.name = QStringLiteral("样例") + p.number;
        p.department = QLatin1String(department);
        p.assignments = {{QLatin1String(post), p.department, true, {}, {}}};
        return p;
    }

    static std::shared_ptr<const QuestionBank> bank()
    {
        QuestionBank bank = sampleBank();
        CultureTheme theme;
        theme.id = QStringLiteral("T1");
        theme.title = QStringLiteral("开年第一课");
        theme.window.byHand = {day(0), day(30)};
        theme.questions = {QStringLiteral("P00-R01-01")};
        bank.add(theme);
        return std::make_shared<const QuestionBank>(bank);
    }

    static PersonReportInput personInput()
    {
        PersonReportInput in;
        in.unit = {QStringLiteral("U1"), QStringLiteral("样例局"),
            QStringLiteral("https://qingfeng.example/units/U1")};
        in.person = person("001", "D1", "P01");
        in.bank = bank();
        in.attempts = {attempt("001", "P01-R01-01", Outcome::Wrong, 0), // Friday
            attempt("001", "P01-R01-01", Outcome::Right, 3), // Monday
            attempt("001", "P00-R01-01", Outcome::Wrong, 4),
            attempt("001", "P01-R01-02", Outcome::Invalid, 4),
            attempt("001", "P01-R01-02", Outcome::Right, 40)}; // after the period
        in.from = day(0);
        in.to = day(6); // Thursday
        in.today = day(50);
        in.store = QStringLiteral("s");
        in.headHash = QByteArray(32, 'h');
        in.headSeq = 5;
        return in;
    }

    static GroupReportInput groupInput()
    {
        GroupReportInput in;
        in.roster.unit = {QStringLiteral("U1"), QStringLiteral("样例局"), {}};
        in.roster.departments = {{QStringLiteral("D1"), {}, QStringLiteral("样例科")},
            {QStringLiteral("D2"), QStringLiteral("D1"), QStringLiteral("样例股")}};
        in.roster.people = {person("001", "D1", "P01"), person("002", "D2", "P01"),
            person("003", "D2", "P01"), person("004", "D2", "P02")};
        in.bank = bank();
        in.attempts = {attempt("001", "P01-R01-01", Outcome::Right, 0),
            attempt("002", "P01-R01-01", Outcome::Wrong, 0), attempt("003", "P01-R01-01", Outcome::Wrong, 3),
            attempt("003", "P01-R01-02", Outcome::Wrong, 4), attempt("003", "P00-R01-01", Outcome::Right, 4),
            attempt("009", "P01-R01-01", Outcome::Wrong, 4)};
        in.from = day(0);
        in.to = day(6);
        in.today = day(50);
        return in;
    }

    static QString figure(const Report &report, const char16_t *name)
    {
        for (const ReportFigure &figure : report.figures) {
            if (figure.name == QStringView(name)) {
                return textOf(figure.value, figure.kind);
            }
        }
        return QStringLiteral("?");
    }

    static ReportTable table(const Report &report, const char16_t *title)
    {
        for (const ReportBlock &block : report.blocks) {
            if (tableOf(block).title == QStringView(title)) {
                return tableOf(block);
            }
        }
        return {};
    }

    static QByteArray jsonText(const Report &report) { return QJsonDocument(toJson(report)).toJson(); }

private Q_SLOTS:
    void onePersonsFigures()
    {
        const Report report = personReport(personInput());
        QCOMPARE(figure(report, u"答题数"), QStringLiteral("3"));
        QCOMPARE(figure(report, u"正确率"), QStringLiteral("33%"));
        QCOMPARE(figure(report, u"首答正确率"), QStringLiteral("0%"));
        QCOMPARE(figure(report, u"错题数"), QStringLiteral("2"));
        QCOMPARE(figure(report, u"已消错题数"), QStringLiteral("1"));
        QCOMPARE(figure(report, u"有效作答率"), QStringLiteral("75%"));
        QCOMPARE(figure(report, u"应答天数"), QStringLiteral("3"));
        QCOMPARE(figure(report, u"未答工作日"), QStringLiteral("2")); // Wednesday and Thursday
        QCOMPARE(figure(report, u"平均用时（秒）"), QStringLiteral("6"));
        QCOMPARE(figure(report, u"参与主题数"), QStringLiteral("1"));
        QCOMPARE(figure(report, u"风险点总数"), QStringLiteral("3"));
        QCOMPARE(table(report, u"作答明细").rows.size(), 4); // with the one that does not count
        QCOMPARE(table(report, u"薄弱风险点").rows.size(), 1);
        QVERIFY(!table(report, u"掌握分走势").rows.isEmpty());
    }

    void aPeriodWithoutAnswersSaysSo()
    {
        PersonReportInput in = personInput();
        in.from = day(10);
        in.to = day(12);
        const Report report = personReport(in);
        QCOMPARE(figure(report, u"答题数"), QStringLiteral("0"));
        QCOMPARE(figure(report, u"正确率"), QStringLiteral("—"));
        QVERIFY(report.summary.contains(QStringLiteral("没有计入的作答")));
    }

    void aUnitsFigures()
    {
        const auto report = groupReport(groupInput());
        QVERIFY(report);
        QCOMPARE(figure(*report, u"人数"), QStringLiteral("4"));
        QCOMPARE(figure(*report, u"参学人数"), QStringLiteral("3"));
        QCOMPARE(figure(*report, u"参学率"), QStringLiteral("75%"));
        QCOMPARE(figure(*report, u"完成率"), QStringLiteral("20%")); // 4 of 4 people × 5 working days
        QCOMPARE(figure(*report, u"合格率"), QStringLiteral("33%"));
        QCOMPARE(figure(*report, u"正确率"), QStringLiteral("40%"));
        const ReportTable absent = table(*report, u"未参加名单");
        QCOMPARE(absent.rows.size(), 1);
        QCOMPARE(absent.rows.first().first().toString(), QStringLiteral("004"));
        const ReportTable errors = table(*report, u"题目错误率");
        QCOMPARE(errors.rows.size(), 1); // the other questions were answered by one person each
        QCOMPARE(textOf(errors.rows.first().last(), ValueKind::Percent), QStringLiteral("67%"));
    }

    void aScopeIsWhatItSays_data()
    {
        QTest::addColumn<int>("scope");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("people");
        QTest::addColumn<QString>("answers");
        const auto row = [](const char *name, ReportScope scope, const char *code, const char *people,
                             const char *answers) {
            QTest::newRow(name) << int(scope) << QString::fromLatin1(code) << QString::fromLatin1(people)
                                << QString::fromLatin1(answers);
        };
        row("a department with those below", ReportScope::Department, "D1", "4", "5");
        row("a department below", ReportScope::Department, "D2", "3", "4");
        row("a post", ReportScope::Post, "P01", "3", "5");
        row("a post that nobody answered for", ReportScope::Post, "P02", "1", "0");
        row("a theme", ReportScope::Theme, "T1", "4", "1");
    }

    void aScopeIsWhatItSays()
    {
        QFETCH(int, scope);
        QFETCH(QString, code);
        GroupReportInput in = groupInput();
        in.kind = ReportScope(scope);
        in.code = code;
        const auto report = groupReport(in);
        QVERIFY(report);
        QTEST(figure(*report, u"人数"), "people");
        QTEST(figure(*report, u"作答题数"), "answers");
        in.code = QStringLiteral("nowhere");
        QCOMPARE(groupReport(in).error().code(), ErrorCode::NotFound);
    }

    /** Two rosters that differ only in who answered wrong give the same report, and few people give no rate.
     */
    void nobodysWrongAnswersAreTold()
    {
        GroupReportInput in = groupInput();
        const QByteArray before = jsonText(*groupReport(in));
        std::swap(in.attempts[0].outcome, in.attempts[1].outcome); // 001 wrong, 002 right
        QCOMPARE(jsonText(*groupReport(in)), before);

        in.kind = ReportScope::Department;
        in.code = QStringLiteral("D2"); // two took part
        const auto small = groupReport(in);
        QCOMPARE(figure(*small, u"正确率"), QStringLiteral("—"));
        QCOMPARE(figure(*small, u"合格率"), QStringLiteral("—"));
        for (const ReportBlock &block : small->blocks) {
            const ReportTable rates = tableOf(block);
            for (qsizetype i = 0; i < rates.columns.size(); ++i) {
                const QString name = rates.columns.at(i).name;
                for (const QVariantList &row : rates.rows) {
                    QVERIFY2(row.at(i).isNull()
                            || (name != QStringLiteral("正确率") && name != QStringLiteral("错误率")),
                        qPrintable(rates.title));
                }
            }
        }
    }

    void anAnswerCountsForTheAssignmentOfItsDay()
    {
        GroupReportInput in = groupInput();
        in.kind = ReportScope::Department;
        in.code = QStringLiteral("D2");
        in.roster.people[2].assignments.first().to = day(3); // 003 left after Monday
        QCOMPARE(figure(*groupReport(in), u"作答题数"), QStringLiteral("2"));
    }

    void csvDisarmsFormulas()
    {
        Report report;
        report.title = QStringLiteral("=1+1");
        report.cover = {{QStringLiteral("姓名"), QStringLiteral("@SUM(A1)")}};
        report.blocks = {
            ReportTable{QStringLiteral("表"), {}, {{QStringLiteral("列")}}, {{QStringLiteral("+a,\"b\"")}}}};
        const QByteArray csv = reportCsv(report);
        QVERIFY(csv.startsWith("\xEF\xBB\xBF'=1+1"));
        QVERIFY(csv.contains("姓名,'@SUM(A1)\r\n"));
        QVERIFY(csv.contains("\"'+a,\"\"b\"\"\"\r\n"));
    }

    void aWorkbookIsMadeOfAnyReport()
    {
        for (const Report &report : {personReport(personInput()), *groupReport(groupInput()), Report()}) {
            const auto bytes = reportXlsx(report, 1'795'482'000'000);
            QVERIFY2(bytes, qPrintable(bytes.error().toString()));
            QVERIFY(bytes->startsWith("PK"));
        }
    }
};

QTEST_APPLESS_MAIN(TestReport)
#include "tst_report.moc"
