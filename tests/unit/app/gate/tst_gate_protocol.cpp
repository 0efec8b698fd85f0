#include "app/gate/core/protocol.h"
#include "app/gate/core/token.h"

#include <QByteArray>
#include <QRandomGenerator>
#include <QTest>

using namespace qingfeng::gate;

class TestGateProtocol : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wellFormedLinesAreUnderstood()
    {
        QCOMPARE(std::get<Pong>(*parseUiLine("pong 7")).number, 7U);
        QCOMPARE(std::get<WindowNamed>(*parseUiLine("window 2097153")).xid, 2097153U);
        QVERIFY(std::holds_alternative<Ready>(*parseUiLine("ready")));
        const auto pass = std::get<Pass>(*parseUiLine("pass o-1 settled abcd"));
        QCOMPARE(pass.obligation, std::string("o-1"));
        QCOMPARE(pass.attempt, std::string("settled"));
        QCOMPARE(pass.token, std::string("abcd"));
        const auto event = std::get<Happened>(*parseUiLine("event bank-missing 题库缺失 x"));
        QCOMPARE(event.kind, std::string("bank-missing"));
        QCOMPARE(event.text, std::string("题库缺失 x"));
        QCOMPARE(std::get<Unable>(*parseUiLine("unable no-question")).why, std::string("no-question"));
        QCOMPARE(std::get<CodeTyped>(*parseUiLine("code KDM4R-7F2H3")).code, std::string("KDM4R-7F2H3"));
    }

    void malformedLinesAreIgnored_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("unknown verb") << QByteArray("open");
        QTest::newRow("forged release") << QByteArray("released");
        QTest::newRow("pong without number") << QByteArray("pong");
        QTest::newRow("pong with a negative number") << QByteArray("pong -1");
        QTest::newRow("pong with trailing text") << QByteArray("pong 1x");
        QTest::newRow("pong beyond 64 bits") << QByteArray("pong 18446744073709551616");
        QTest::newRow("window zero") << QByteArray("window 0");
        QTest::newRow("window beyond 29 bits") << QByteArray("window 536870912");
        QTest::newRow("ready with more") << QByteArray("ready now");
        QTest::newRow("double space") << QByteArray("pong  1");
        QTest::newRow("pass with two words") << QByteArray("pass a b");
        QTest::newRow("pass with four words") << QByteArray("pass a b c d");
        QTest::newRow("pass with a long id") << "pass " + QByteArray(129, 'a') + " b c";
        QTest::newRow("event with a capital kind") << QByteArray("event Crash");
        QTest::newRow("event without kind") << QByteArray("event ");
        QTest::newRow("unable without a reason") << QByteArray("unable");
        QTest::newRow("unable with a sentence") << QByteArray("unable to ask");
        QTest::newRow("a code in two words") << QByteArray("code 23456 789AC");
        QTest::newRow("a code that is too long") << "code " + QByteArray(65, '2');
        QTest::newRow("too long") << "event a " + QByteArray(1024, 'x');
        QTest::newRow("not UTF-8") << QByteArray("event a \xff\xfe");
        QTest::newRow("overlong UTF-8") << QByteArray("event a \xe0\x80\x80");
        QTest::newRow("a surrogate in UTF-8") << QByteArray("event a \xed\xa0\x80");
        QTest::newRow("zero byte") << QByteArray("ready\0", 6);
    }

    void malformedLinesAreIgnored()
    {
        QFETCH(QByteArray, line);
        QVERIFY(!parseUiLine(line.toStdString()));
    }

    void geometryReadsBackAsWritten()
    {
        const Geometry geometry{{0, 0, 3840, 1080}, {{1920, 0, 1920, 1080}, {0, 0, 1920, 1080}}};
        const std::string line = geometryLine(geometry);
        QCOMPARE(line, std::string("geometry 0 0 3840 1080 1920 0 1920 1080 0 0 1920 1080"));
        QVERIFY(parseGeometry(line) == geometry);
        QVERIFY(!parseGeometry("geometry 1 2 3"));
        QVERIFY(!parseGeometry("geometry 0 0 -1 5"));
    }

    void geometryOfVeryManyMonitorsStaysWithinALine()
    {
        Geometry geometry{{0, 0, 65535, 65535}, std::vector<Rect>(500, Rect{32000, 32000, 1920, 1080})};
        QVERIFY(geometryLine(geometry).size() <= maxLineBytes);
    }

    void linesAreCutHoweverTheBytesArrive()
    {
        LineBuffer buffer;
        buffer.append("rea");
        QVERIFY(!buffer.take());
        buffer.append("dy\npong 1\npo");
        QCOMPARE(*buffer.take(), std::string("ready"));
        QCOMPARE(*buffer.take(), std::string("pong 1"));
        QVERIFY(!buffer.take());
        buffer.append("ng 2\n");
        QCOMPARE(*buffer.take(), std::string("pong 2"));
    }

    void anOverlongLineIsDroppedWholeAndTheNextOneCounts()
    {
        LineBuffer buffer;
        for (int i = 0; i < 100; ++i) {
            buffer.append(std::string(1000, 'x'));
        }
        buffer.append("ready\nready\n");
        QCOMPARE(*buffer.take(), std::string("ready"));
        QVERIFY(!buffer.take());
        QCOMPARE(buffer.dropped(), std::size_t(1));
    }

    void garbageNeverPassesForAMessage()
    {
        QRandomGenerator random(20261124);
        LineBuffer buffer;
        const std::string seeds[] = {"pong 1", "window 77", "ready", "pass a b c", "event kind text"};
        int understood = 0;
        for (int round = 0; round < 20000; ++round) {
            std::string line = seeds[random.bounded(5)];
            const int changes = random.bounded(1, 4);
            for (int i = 0; i < changes; ++i) {
                const auto at = std::size_t(random.bounded(int(line.size()) + 1));
                const char byte = char(random.bounded(256));
                random.bounded(2) == 0 || at == line.size() ? line.insert(at, 1, byte)
                                                            : line.replace(at, 1, 1, byte);
            }
            buffer.append(line);
            buffer.append("\n");
            while (const auto taken = buffer.take()) {
                const auto message = parseUiLine(*taken);
                understood += message.has_value() ? 1 : 0;
                if (message && std::holds_alternative<Pass>(*message)) {
                    QVERIFY(!isTokenValid(Secret{}, std::get<Pass>(*message).obligation,
                        std::get<Pass>(*message).attempt, std::get<Pass>(*message).token));
                }
            }
        }
        QVERIFY(understood > 0);
    }

    void tokensAreHmacSha256InLowerCaseHex()
    {
        // RFC 4231 gives no 32-byte key; computed with OpenSSL: HMAC of "o-1|settled" under bytes 0..31.
        Secret secret{};
        for (std::size_t i = 0; i < secret.size(); ++i) {
            secret[i] = std::uint8_t(i);
        }
        QCOMPARE(makeToken(secret, "o-1", "settled"),
            std::string("91f215309db2e8e514af2081635afef395d5d4758195b33980bf31928e37ff18"));
    }

    void onlyTheExactTokenIsValid()
    {
        const Secret secret = makeSecret();
        const std::string token = makeToken(secret, "o-1", "a-1");
        QVERIFY(isTokenValid(secret, "o-1", "a-1", token));
        QVERIFY(!isTokenValid(secret, "o-2", "a-1", token));
        QVERIFY(!isTokenValid(secret, "o-1", "settled", token));
        QVERIFY(!isTokenValid(makeSecret(), "o-1", "a-1", token));
        QVERIFY(!isTokenValid(secret, "o-1", "a-1", token.substr(0, 63)));
        QVERIFY(!isTokenValid(secret, "o-1", "a-1", token + "0"));
        QVERIFY(
            !isTokenValid(secret, "o-1", "a-1", QByteArray::fromStdString(token).toUpper().toStdString()));
        QVERIFY(!isTokenValid(secret, "", "", makeToken(secret, "", "")));
        QVERIFY(!isTokenValid(secret, "o|1", "a", makeToken(secret, "o|1", "a")));
    }
};

QTEST_APPLESS_MAIN(TestGateProtocol)
#include "tst_gate_protocol.moc"
