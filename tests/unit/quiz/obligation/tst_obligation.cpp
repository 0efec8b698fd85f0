#include "quiz/obligation/obligation.h"
#include "quiz/obligation/subject.h"
#include "quiz/obligation/work_calendar.h"

#include <QTest>

using namespace qingfeng;

class TestObligation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTokenIsThatOfTheGate()
    {
        // HMAC-SHA256 of "o|a" under 32 bytes "s", as any other implementation gives it.
        const QString token = passToken(QByteArray(32, 's'), QStringLiteral("o"), QStringLiteral("a"));
        QCOMPARE(token.size(), 64);
        QCOMPARE(token, QStringLiteral("6a478c59fa16259c2bef74428deeec4dd513d82ffde8605503202df439e1253c"));
        QVERIFY(token != passToken(QByteArray(32, 't'), QStringLiteral("o"), QStringLiteral("a")));
    }

    void streakDoesNotBreakOnDaysOff()
    {
        const QDate friday(2026, 11, 20);
        const QDate monday(2026, 11, 23);
        const WorkCalendar calendar;
        QCOMPARE(calendar.streak({friday, monday}, monday), 2);
        QCOMPARE(calendar.streak({friday}, monday), 1); // today is not over
        QCOMPARE(calendar.streak({friday}, monday.addDays(1)), 0); // a working day was missed
        QCOMPARE(calendar.streak({}, monday), 0);
        QCOMPARE(calendar.streak({monday.addDays(9)}, monday), 0); // the clock was ahead once
    }

    void aPersonIsSeenByPolicyAsHeIsOnThatDay()
    {
        Roster roster;
        roster.unit.code = QStringLiteral("QH");
        roster.departments = {{QStringLiteral("D1"), {}, {}}, {QStringLiteral("D11"), QStringLiteral("D1"), {}},
            {QStringLiteral("D2"), QStringLiteral("D2"), {}}}; // D2 closes a circle
        Person person;
        person.number = QStringLiteral("001");
        person.department = QStringLiteral("D2");
        person.assignments = {{QStringLiteral("P13"), {}, false, {}, {}},
            {QStringLiteral("P06"), QStringLiteral("D11"), true, QDate(2026, 6, 1), {}}};
        const PolicySubject before = subjectOn(person, roster, QDate(2026, 5, 31));
        QCOMPARE(before.unit, QStringLiteral("QH"));
        QCOMPARE(before.posts, QStringList {QStringLiteral("P13")});
        QCOMPARE(before.departments, QStringList {QStringLiteral("D2")});
        const PolicySubject after = subjectOn(person, roster, QDate(2026, 6, 1));
        QCOMPARE(after.posts, (QStringList {QStringLiteral("P06"), QStringLiteral("P13")}));
        QCOMPARE(after.departments, (QStringList {QStringLiteral("D11"), QStringLiteral("D1")}));
    }

    void holidaysAndWorkedWeekendsAreData()
    {
        const QDate thursday(2026, 10, 1);
        const QDate saturday(2026, 10, 10);
        const WorkCalendar calendar({thursday}, {saturday});
        QVERIFY(!calendar.isWorkday(thursday));
        QVERIFY(calendar.isWorkday(saturday));
        QVERIFY(!calendar.isWorkday(QDate(2026, 10, 11)));
    }
};

QTEST_APPLESS_MAIN(TestObligation)
#include "tst_obligation.moc"
