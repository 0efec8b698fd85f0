#include "quiz/obligation/calendar_file.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace qingfeng;

class TestWorkCalendar : public QObject
{
    Q_OBJECT

    /** A good file of one year, with @p from replaced by @p to. */
    static QByteArray file(const char *from = "", const char *to = "")
    {
        QByteArray text = R"({"format": "qingfeng-work-calendar", "version": 1, "edition": "2026-11-05", "years": [
            {"year": 2027, "published": true, "source": "notice", "certainty": "invented for this test",
             "holidays": [{"name": "元旦", "from": "2027-01-01", "to": "2027-01-03", "days": 3},
                          {"name": "春节", "from": "2027-02-05", "to": "2027-02-12", "days": 8}],
             "workdays": ["2027-01-30", "2027-02-14"]}]})";
        if (*from) {
            Q_ASSERT(text.contains(from));
            text.replace(from, to);
        }
        return text;
    }

    static void write(const QString &folder, const QByteArray &bytes)
    {
        QDir().mkpath(folder);
        QFile out(folder + QStringLiteral("/cn.json"));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(bytes);
    }

private Q_SLOTS:
    void theNoticesAddUp_data()
    {
        QTest::addColumn<int>("year");
        QTest::addColumn<int>("daysOff");
        QTest::addColumn<int>("worked");
        QTest::addColumn<int>("workdays");
        // Days off and worked as each notice counts them; working days of the year from a calendar on paper.
        QTest::newRow("2024") << 2024 << 28 << 8 << 251;
        QTest::newRow("2025") << 2025 << 28 << 5 << 248;
        QTest::newRow("2026") << 2026 << 33 << 6 << 248;
    }

    void theNoticesAddUp()
    {
        QFETCH(int, year);
        const WorkCalendar calendar = builtInWorkCalendar();
        const CalendarYear data = calendar.years().value(year);
        QVERIFY(data.published);
        QVERIFY(data.source.contains(QStringLiteral("国办发明电")));
        QTEST(int(data.holidays.size()), "daysOff");
        QTEST(int(data.workedWeekendDays.size()), "worked");
        int workdays = 0;
        for (QDate day(year, 1, 1); day.year() == year; day = day.addDays(1)) {
            workdays += calendar.isWorkday(day) ? 1 : 0;
        }
        QTEST(workdays, "workdays");
    }

    void daysAreWhatTheNoticeSays_data()
    {
        QTest::addColumn<QDate>("day");
        QTest::addColumn<DayKind>("kind");
        QTest::addColumn<QString>("holiday");
        const auto row = [](const char *name, QDate day, DayKind kind, const char *holiday = "") {
            QTest::newRow(name) << day << kind << QString::fromUtf8(holiday);
        };
        row("Spring Festival's eve of 2024 is worked", {2024, 2, 9}, DayKind::Workday);
        row("a Saturday within Spring Festival is its holiday", {2024, 2, 17}, DayKind::Holiday, "春节");
        row("the Sunday after it is worked", {2024, 2, 18}, DayKind::WorkedWeekend);
        row("the leap day of 2024 is a Thursday like any", {2024, 2, 29}, DayKind::Workday);
        row("New Year 2025 is a single day", {2025, 1, 1}, DayKind::Holiday, "元旦");
        row("and the next is worked", {2025, 1, 2}, DayKind::Workday);
        row("National Day and Mid-Autumn fall together in 2025", {2025, 10, 8}, DayKind::Holiday, "国庆节、中秋节");
        row("Spring Festival 2026 has nine days", {2026, 2, 23}, DayKind::Holiday, "春节");
        row("the Saturday before it is worked", {2026, 2, 14}, DayKind::WorkedWeekend);
        row("28 February 2026 is worked", {2026, 2, 28}, DayKind::WorkedWeekend);
        row("20 September 2026, a Sunday, is worked", {2026, 9, 20}, DayKind::WorkedWeekend);
        row("an ordinary Sunday", {2026, 9, 13}, DayKind::Weekend);
    }

    void daysAreWhatTheNoticeSays()
    {
        QFETCH(QDate, day);
        const WorkCalendar calendar = builtInWorkCalendar();
        QTEST(calendar.kindOf(day), "kind");
        QTEST(calendar.holidayName(day), "holiday");
        QVERIFY(calendar.covers(day));
    }

    void aYearWithoutNoticeIsMondayToFridayAndSaysSo()
    {
        const WorkCalendar calendar = builtInWorkCalendar();
        for (const QDate &day : {QDate(2027, 1, 1), QDate(2031, 10, 1)}) {
            QVERIFY(!calendar.covers(day));
            QCOMPARE(calendar.isWorkday(day), day.dayOfWeek() <= 5);
        }
        QVERIFY(calendar.years().contains(2027));
        QVERIFY(!calendar.years().value(2027).published);
    }

    void aNewerFileInAFolderAddsAYear()
    {
        QTemporaryDir root;
        const QString bureau = root.filePath(QStringLiteral("bureau"));
        write(bureau, file());
        const LoadedCalendar loaded = loadWorkCalendar({bureau, root.filePath(QStringLiteral("none"))});
        QVERIFY(loaded.faults.isEmpty());
        QCOMPARE(loaded.files.size(), 1);
        QCOMPARE(loaded.calendar.kindOf({2027, 2, 14}), DayKind::WorkedWeekend);
        QCOMPARE(loaded.calendar.kindOf({2027, 2, 12}), DayKind::Holiday);
        QVERIFY(loaded.calendar.covers({2027, 6, 1}));
        QVERIFY(loaded.calendar.covers({2026, 6, 1})); // what was built in stays
    }

    void theLaterEditionOfAYearCounts()
    {
        const auto first = readWorkCalendar(file(), QStringLiteral("first"));
        const auto older = readWorkCalendar(file("2026-11-05", "2026-11-01"), QStringLiteral("older"));
        auto changed = file("\"2027-01-30\", ", "");
        const auto corrected = readWorkCalendar(changed.replace("2026-11-05", "2027-01-10"), QStringLiteral("newer"));
        QVERIFY(first && older && corrected);
        WorkCalendar calendar = *older;
        calendar.overlay(*corrected);
        QCOMPARE(calendar.kindOf({2027, 1, 30}), DayKind::Weekend);
        calendar.overlay(*first); // older than what is there: no change
        QCOMPARE(calendar.kindOf({2027, 1, 30}), DayKind::Weekend);
        calendar.overlay(builtInWorkCalendar()); // calls 2027 unpublished: no change
        QVERIFY(calendar.covers({2027, 1, 30}));
    }

    void aFaultLeavesTheFileOutAndTheRestUsable()
    {
        QTemporaryDir root;
        write(root.path(), "{");
        const LoadedCalendar loaded = loadWorkCalendar({root.path()});
        QCOMPARE(loaded.faults.size(), 1);
        QVERIFY(loaded.faults.first().where().contains(QStringLiteral("cn.json: byte")));
        QVERIFY(loaded.files.isEmpty());
        QVERIFY(loaded.calendar.covers({2026, 1, 1}));
    }

    void aBadFileIsRefusedByPlace_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("where");
        const auto row = [](const char *name, const QByteArray &bytes, const char *where) {
            QTest::newRow(name) << bytes << QString::fromUtf8(where);
        };
        row("no JSON", "nothing", "c: byte");
        row("another format", file("qingfeng-work-calendar", "ics"), "c: format");
        row("no version", file("\"version\": 1, ", ""), "c: version");
        row("an unknown key", file("\"certainty\"", "\"surety\""), "c: years[0].surety");
        row("an edition that is no date", file("2026-11-05", "November"), "c: edition");
        row("a day that does not exist", file("2027-02-12", "2027-02-30"), "c: years[0].holidays[1].to");
        row("a holiday of another year", file("2027-02-05", "2026-02-05"), "c: years[0].holidays[1].from");
        row("an end before the beginning", file("2027-01-03", "2026-12-30"), "c: years[0].holidays[0].to");
        row("days that do not add up", file("\"days\": 8", "\"days\": 7"), "c: years[0].holidays[1].days");
        row("days as text", file("\"days\": 8", "\"days\": \"8\""), "c: years[0].holidays[1].days");
        row("holidays that overlap", file("2027-02-05\", \"to\": \"2027-02-12\", \"days\": 8",
                "2027-01-03\", \"to\": \"2027-01-04\", \"days\": 2"), "c: years[0].holidays[1]");
        row("a worked Monday", file("2027-02-14", "2027-02-15"), "c: years[0].workdays[1]");
        row("a worked holiday", file("2027-02-14", "2027-02-07"), "c: years[0].workdays[1]");
        row("a worked day twice", file("2027-02-14", "2027-01-30"), "c: years[0].workdays[1]");
        row("an unpublished year with days", file("true", "false"), "c: years[0].published");
        row("a year out of range", file("\"year\": 2027", "\"year\": 20270"), "c: years[0].year");
        row("a year that is no object", file("\"years\": [", "\"years\": [7, "), "c: years[0]");
    }

    void aBadFileIsRefusedByPlace()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, where);
        const auto read = readWorkCalendar(bytes, QStringLiteral("c"));
        QVERIFY(!read);
        QCOMPARE(read.error().code(), ErrorCode::InvalidArgument);
        QVERIFY2(read.error().where().startsWith(where), qPrintable(read.error().toString()));
        QVERIFY(!read.error().detail().isEmpty());
    }

    void boundsAndVersionsAreKept()
    {
        QCOMPARE(readWorkCalendar(QByteArray((1 << 20) + 1, ' '), QString()).error().code(), ErrorCode::TooLarge);
        QCOMPARE(readWorkCalendar(file("\"version\": 1", "\"version\": 2"), QString()).error().code(),
            ErrorCode::TooNew);
        QVERIFY(readWorkCalendar(file(), QString()));
    }
};

Q_DECLARE_METATYPE(qingfeng::DayKind)
QTEST_APPLESS_MAIN(TestWorkCalendar)
#include "tst_work_calendar.moc"
