#include "question_bank/model/bank_json.h"
#include "question_bank/model/theme.h"

#include <QTest>

using namespace qingfeng;

/** Days of themes: fixed, hanging on a festival, monthly, by hand. */
class TestTheme : public QObject
{
    Q_OBJECT

    QList<FestivalYear> m_festivals{{2026,
                                        {{QStringLiteral("spring_festival"), QDate(2026, 2, 17)},
                                            {QStringLiteral("lantern"), QDate(2026, 3, 3)}}},
        {2027,
            {{QStringLiteral("spring_festival"), QDate(2027, 2, 6)},
                {QStringLiteral("lantern"), QDate(2027, 2, 20)}}},
        {2028,
            {{QStringLiteral("spring_festival"), QDate(2028, 1, 26)},
                {QStringLiteral("lantern"), QDate(2028, 2, 9)}}}};

    static ThemeWindow between(const char *from, const char *to)
    {
        ThemeWindow window;
        window.from = *DayAnchor::fromText(QString::fromLatin1(from));
        window.to = *DayAnchor::fromText(QString::fromLatin1(to));
        window.kind = window.from.festival.isEmpty() && window.to.festival.isEmpty() ? WindowKind::Fixed
                                                                                     : WindowKind::Festival;
        return window;
    }

private Q_SLOTS:
    void windowsAreOnOnTheirDays_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QDate>("day");
        QTest::addColumn<bool>("on");
        const auto row = [](const char *name, const char *from, const char *to, QDate day, bool on) {
            QTest::newRow(name) << QString::fromLatin1(from) << QString::fromLatin1(to) << day << on;
        };
        row("the first fixed day", "03-05", "03-12", QDate(2027, 3, 5), true);
        row("the last fixed day", "03-05", "03-12", QDate(2027, 3, 12), true);
        row("the day after", "03-05", "03-12", QDate(2027, 3, 13), false);
        row("before New Year, over the year's end", "12-25", "01-03", QDate(2026, 12, 31), true);
        row("after New Year, over the year's end", "12-25", "01-03", QDate(2027, 1, 3), true);
        row("twenty days before the Spring Festival of 2027", "spring_festival-20", "lantern",
            QDate(2027, 1, 17), true);
        row("a day earlier", "spring_festival-20", "lantern", QDate(2027, 1, 16), false);
        row("the Lantern Festival", "spring_festival-20", "lantern", QDate(2027, 2, 20), true);
        row("a year that the table lacks", "spring_festival-20", "lantern", QDate(2030, 2, 1), false);
        row("a festival's window that begins in the year before", "spring_festival-30", "lantern",
            QDate(2027, 12, 28), true);
        row("from a festival to a fixed day", "lantern+1", "04-01", QDate(2026, 3, 20), true);
    }

    void windowsAreOnOnTheirDays()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QDate, day);
        QFETCH(bool, on);
        QCOMPARE(isOn(between(from.toLatin1().constData(), to.toLatin1().constData()), day, m_festivals), on);
    }

    void whatIsNotSetByHandIsOff()
    {
        ThemeWindow window;
        QVERIFY(!isOn(window, QDate(2027, 1, 20), m_festivals));
        window.byHand = {QDate(2027, 1, 20), QDate(2027, 2, 3)};
        QVERIFY(isOn(window, QDate(2027, 2, 3), m_festivals));
        QVERIFY(!isOn(window, QDate(2027, 2, 4), m_festivals));
    }

    void anchorsThatAreNoDaysAreRefused_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"13-01", "02-30", "春节-20", "spring_festival-", "12-25+3", ""}) {
            QTest::newRow(*text ? text : "empty") << QString::fromUtf8(text);
        }
    }

    void anchorsThatAreNoDaysAreRefused()
    {
        QFETCH(QString, text);
        const auto anchor = DayAnchor::fromText(text);
        QVERIFY(!anchor);
        QCOMPARE(anchor.error().code(), ErrorCode::InvalidArgument);
    }

    void festivalsGoBeforeTopicsBeforeColumns()
    {
        CultureTheme column;
        column.id = QStringLiteral("T26");
        column.rank = ThemeRank::Column;
        column.window.kind = WindowKind::Monthly;
        column.window.lastDay = 31;
        CultureTheme festival;
        festival.id = QStringLiteral("T02");
        festival.rank = ThemeRank::Festival;
        festival.window = between("spring_festival-20", "lantern");
        CultureTheme topic;
        topic.id = QStringLiteral("T01");
        topic.window = between("01-01", "12-31");
        topic.posts = {QStringLiteral("P16")};
        const QList<CultureTheme> themes{column, topic, festival};
        QCOMPARE(themeOn(QDate(2027, 2, 1), themes, m_festivals)->id, festival.id);
        QCOMPARE(themeOn(QDate(2027, 5, 1), themes, m_festivals)->id, topic.id);
        QCOMPARE(themeOn(QDate(2027, 5, 1), themes, m_festivals, {QStringLiteral("P01")})->id, column.id);
        QVERIFY(!themeOn(QDate(2027, 5, 1), {festival}, m_festivals));
    }

    void aThemeForPartyMembersIsShownToThemAlone()
    {
        CultureTheme all;
        all.id = QStringLiteral("T02");
        all.window = between("07-01", "07-31");
        CultureTheme party = all;
        party.id = QStringLiteral("T01");
        party.audience = Audience::Party;
        const QList<CultureTheme> themes{party, all};
        const QDate day(2027, 7, 1);
        const auto member = [](Audience audience) { return audience != Audience::Auxiliary; };
        const auto other = [](Audience audience) { return audience == Audience::All; };
        QCOMPARE(themeOn(day, themes, m_festivals, {}, member)->id, party.id);
        QCOMPARE(themeOn(day, themes, m_festivals, {}, other)->id, all.id);
        QCOMPARE(themeOn(day, themes, m_festivals)->id, party.id);
        QVERIFY(!themeOn(day, {party}, m_festivals, {}, other));
    }

    void themesComeBackFromTheirJsonForm()
    {
        CultureTheme theme;
        theme.id = QStringLiteral("T02");
        theme.title = QStringLiteral("春节廉洁过节");
        theme.rank = ThemeRank::Festival;
        theme.window = between("spring_festival-20", "lantern+1");
        theme.text = QStringLiteral("正文");
        theme.riskPoints = {QStringLiteral("P00-R01")};
        theme.pictures = {{QStringLiteral("a.png"), QStringLiteral("礼盒")}};
        theme.story = QStringLiteral("S02");
        QCOMPARE(*fromJson<CultureTheme>(toJson(theme)), theme);
        theme.window = {};
        theme.window.byHand = {QDate(2027, 1, 20), QDate(2027, 2, 3)};
        QCOMPARE(*fromJson<CultureTheme>(toJson(theme)), theme);
        theme.window = {};
        theme.window.kind = WindowKind::Monthly;
        theme.window.lastDay = 3;
        QCOMPARE(*fromJson<CultureTheme>(toJson(theme)), theme);
    }
};

QTEST_APPLESS_MAIN(TestTheme)
#include "tst_theme.moc"
