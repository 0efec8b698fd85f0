#include "question_bank/base/canonical_json.h"
#include "question_bank/base/uuid.h"
#include "tests/support/fake_clock.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace qingfeng;

class TestBase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void canonicalFormSortsKeysAndKeepsText_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("canonical");
        QTest::newRow("keys sorted, space dropped") << QByteArray("{ \"b\": 1, \"a\": [ true, null ] }")
                                                    << QByteArray("{\"a\":[true,null],\"b\":1}");
        QTest::newRow("Chinese stays UTF-8") << QByteArray("{\"岗\":\"征管\"}") << QByteArray("{\"岗\":\"征管\"}");
        QTest::newRow("only required escapes")
            << QByteArray("{\"t\":\"a\\u0001\\/\\\"\\n\"}") << QByteArray("{\"t\":\"a\\u0001/\\\"\\n\"}");
        QTest::newRow("large integers without exponent")
            << QByteArray("{\"ms\":1795482000000}") << QByteArray("{\"ms\":1795482000000}");
        QTest::newRow("fractions are refused") << QByteArray("{\"x\":0.5}") << QByteArray("{\"x\":null}");
    }

    void canonicalFormSortsKeysAndKeepsText()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, canonical);
        const auto object = parseJsonObject(json);
        QVERIFY(object);
        QCOMPARE(canonicalJson(*object), canonical);
    }

    void malformedJsonNamesTheByte()
    {
        const auto object = parseJsonObject("{\"a\":}");
        QVERIFY(!object);
        QCOMPARE(object.error().code(), ErrorCode::InvalidArgument);
        QVERIFY(object.error().where().startsWith(QStringLiteral("byte ")));
    }

    void uuidsAreVersionSevenAndSortByTime()
    {
        FakeClock clock;
        SeededRandom random(1);
        const QString first = makeUuidV7(clock, random);
        clock.advanceMs(1);
        const QString second = makeUuidV7(clock, random);
        QVERIFY(isUuid(first));
        QCOMPARE(first.at(14), QLatin1Char('7'));
        QVERIFY(first < second);
        QVERIFY(!isUuid(QStringLiteral("not-a-uuid")));
    }

    void studyDayBeginsAtFour()
    {
        FakeClock clock; // 09:00 local
        const int today = studyDay(clock);
        clock.advanceMs(-qint64(5 * 3600 + 1) * 1000); // 03:59:59
        QCOMPARE(studyDay(clock), today - 1);
        clock.advanceMs(1000);
        QCOMPARE(studyDay(clock), today);
    }
};

QTEST_APPLESS_MAIN(TestBase)
#include "tst_base.moc"
