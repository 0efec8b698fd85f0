#include "question_bank/base/canonical_json.h"
#include "question_bank/base/uuid.h"
#include "question_bank/package/signature.h"
#include "quiz/archive/chain.h"
#include "quiz/protocol/admin_messages.h"
#include "quiz/protocol/messages.h"
#include "quiz/protocol/paths.h"
#include "quiz/protocol/statement.h"
#include "tests/support/fake_clock.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace qingfeng;

namespace {

const QString homePage = QStringLiteral("https://qingfeng.example/units/QH");

/** Any attempt that the types allow within the protocol's bounds. */
class AttemptMaker
{
public:
    Attempt make()
    {
        Attempt a;
        a.id = makeUuidV7(m_clock, m_random);
        a.store = makeUuidV7(m_clock, m_random);
        a.person = number(2) != 0 ? QStringLiteral("os:") + text() : text();
        a.post = number(5) != 0 ? text() : QString();
        a.question = text();
        a.version = 1 + number(1000);
        a.bankRevision = number(100'000);
        a.choicesShown = texts();
        a.response = texts();
        if (number(2) == 0) {
            a.texts = texts();
            a.pairs = pairs();
            for (int i = number(3); i > 0; --i) {
                a.parts.insert(text(), {texts(), texts(), texts(), pairs()});
            }
            a.guessPpm = number(1'000'001);
        }
        a.fullMarks = number(1000);
        a.marks = number(a.fullMarks + 1);
        a.outcome = Outcome(number(5));
        a.context = AttemptContext(number(4));
        a.obligation = number(3) == 0 ? QString() : number(2) == 0 ? text() : makeUuidV7(m_clock, m_random);
        a.responseMs = number(100'000'000);
        a.answeredAtMs = qint64(m_random.next64() % 253'402'300'000'000ULL);
        a.utcOffsetSeconds = number(100'800) - 50'400;
        a.studyDay = number(100'000);
        if (number(10) != 0) {
            appendToChain(a, 1 + number(1'000'000), m_random.bytes(32));
        } else {
            appendToChain(a, 0, chainStart());
        }
        return a;
    }

    int number(int below) { return int(m_random.next64() % quint64(std::max(below, 1))); }

private:
    QString text()
    {
        static const QString letters = QStringLiteral("abcXYZ019 _-./%?#[,]{}\"\\'\n\t征管稽查é😀");
        QString result;
        for (int i = 1 + number(12); i > 0; --i) {
            result += letters.mid(number(int(letters.size()) - 1), 1);
        }
        while (!result.isEmpty() && result.back().isSurrogate()) {
            result.chop(1);
        }
        result.removeIf([](QChar c) { return c.isSurrogate(); });
        return result.isEmpty() ? QStringLiteral("x") : result;
    }

    QMap<QString, QString> pairs()
    {
        QMap<QString, QString> map;
        for (int i = number(4); i > 0; --i) {
            map.insert(text(), text());
        }
        return map;
    }

    QStringList texts()
    {
        QStringList list;
        for (int i = number(6); i > 0; --i) {
            list.append(number(8) == 0 ? QString() : number(2) == 0 ? text() : QStringLiteral("a"));
        }
        return list;
    }

    FakeClock m_clock;
    SeededRandom m_random {20261124};
};

QJsonObject throughWire(const QJsonObject &object)
{
    return QJsonDocument::fromJson(QJsonDocument(object).toJson(QJsonDocument::Compact)).object();
}

QuestionVersion sampleVersion()
{
    QuestionVersion version;
    version.id = QStringLiteral("P03-R05-01");
    version.version = 2;
    version.type = QuestionType::Multiple;
    for (const char *id : {"a", "b", "c", "d"}) {
        version.choices.append({QLatin1String(id), QStringLiteral("text"), false});
    }
    version.answer = {QStringLiteral("a"), QStringLiteral("c")};
    return version;
}

} // namespace

class TestProtocol : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAttemptComesBackExactlyFromItsStatement()
    {
        AttemptMaker maker;
        const QuestionVersion shown = sampleVersion();
        for (int i = 0; i < 2000; ++i) {
            const Attempt attempt = maker.make();
            const QJsonObject statement
                = throughWire(statementFromAttempt(attempt, homePage, maker.number(2) == 0 ? &shown : nullptr));
            const auto back = attemptFromStatement(statement);
            QVERIFY2(back, qPrintable(back.has_error() ? back.error().toString() : QString()));
            QVERIFY2(*back == attempt, QJsonDocument(statement).toJson().constData());
            QCOMPARE(chainHash(*back), attempt.hash);
        }
    }

    void aStatementIsReadableByAnyRecordStore()
    {
        AttemptMaker maker;
        Attempt attempt = maker.make();
        attempt.person = QStringLiteral("0010001");
        attempt.question = QStringLiteral("P03-R05-01");
        attempt.version = 2;
        attempt.response = {QStringLiteral("a"), QStringLiteral("c")};
        attempt.marks = 100;
        attempt.fullMarks = 200;
        attempt.outcome = Outcome::Partial;
        attempt.responseMs = 12'345;
        attempt.answeredAtMs = 1'795'482'000'123;
        attempt.utcOffsetSeconds = 28'800;
        attempt.obligation = attempt.id;
        const QuestionVersion shown = sampleVersion();
        const QJsonObject s = statementFromAttempt(attempt, homePage, &shown);
        QCOMPARE(homePageOf(s), homePage);
        QCOMPARE(s[QStringLiteral("verb")][QStringLiteral("id")].toString(), QString(answeredVerb));
        const QJsonValue object = s[QStringLiteral("object")];
        QCOMPARE(object[QStringLiteral("id")].toString(), homePage + QStringLiteral("/questions/P03-R05-01/versions/2"));
        const QJsonValue definition = object[QStringLiteral("definition")];
        QCOMPARE(definition[QStringLiteral("interactionType")].toString(), QStringLiteral("choice"));
        QCOMPARE(definition[QStringLiteral("correctResponsesPattern")][0].toString(), QStringLiteral("a[,]c"));
        QCOMPARE(definition[QStringLiteral("choices")].toArray().size(), 4);
        const QJsonValue result = s[QStringLiteral("result")];
        QCOMPARE(result[QStringLiteral("score")][QStringLiteral("scaled")].toDouble(), 0.5);
        QCOMPARE(result[QStringLiteral("success")].toBool(), false);
        QCOMPARE(result[QStringLiteral("response")].toString(), QStringLiteral("a[,]c"));
        QCOMPARE(result[QStringLiteral("duration")].toString(), QStringLiteral("PT12.345S"));
        QCOMPARE(s[QStringLiteral("timestamp")].toString(), QStringLiteral("2026-11-24T09:00:00.123+08:00"));
        QCOMPARE(s[QStringLiteral("context")][QStringLiteral("registration")].toString(), attempt.obligation);
    }

    void aStatementThatContradictsItselfIsRefused_data()
    {
        QTest::addColumn<QStringList>("path");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("where");
        const auto row = [](const char *name, const char *path, const QJsonValue &value, const char *where) {
            QTest::newRow(name) << QString::fromLatin1(path).split(QLatin1Char('|')) << value
                                << QString::fromLatin1(where);
        };
        row("id is no UUID", "id", QStringLiteral("1"), "id");
        row("nobody acts", "actor", QJsonObject(), "actor.account.homePage");
        row("another verb", "verb|id", QStringLiteral("http://adlnet.gov/expapi/verbs/passed"), "verb.id");
        row("an activity of another place", "object|id", QStringLiteral("https://else/questions/a/versions/1"),
            "object.id");
        row("success against outcome", "result|success", true, "result");
        row("score against marks", "result|score", QJsonObject {{QStringLiteral("raw"), 1}}, "result");
        row("duration in another form", "result|duration", QStringLiteral("PT1M"), "result.duration");
        row("time without meaning", "timestamp", QStringLiteral("yesterday"), "timestamp");
        row("no extensions", "context", QJsonObject(), "context.extensions.bank_revision");
        row("a fraction as seq", "context|extensions|https://qingfeng.example/xapi/ext/seq", 1.5,
            "context.extensions.seq");
        row("more marks than full", "context|extensions|https://qingfeng.example/xapi/ext/marks", 1'000'000,
            "context.extensions.marks");
        row("a hash cut short", "context|extensions|https://qingfeng.example/xapi/ext/hash",
            QStringLiteral("00ff"), "context.extensions.hash");
        row("an outcome that is none", "context|extensions|https://qingfeng.example/xapi/ext/outcome",
            QStringLiteral("brilliant"), "context.extensions.outcome");
    }

    void aStatementThatContradictsItselfIsRefused()
    {
        QFETCH(QStringList, path);
        QFETCH(QJsonValue, value);
        QFETCH(QString, where);
        AttemptMaker maker;
        Attempt attempt = maker.make();
        attempt.outcome = Outcome::Wrong;
        QJsonObject statement = statementFromAttempt(attempt, homePage);
        QVERIFY(attemptFromStatement(statement));
        const std::function<QJsonValue(QJsonObject, int)> replaced = [&](QJsonObject object, int depth) -> QJsonValue {
            const QString &name = path.at(depth);
            object.insert(
                name, depth + 1 == path.size() ? value : replaced(object.value(name).toObject(), depth + 1));
            return object;
        };
        const auto read = attemptFromStatement(replaced(statement, 0).toObject());
        QVERIFY(!read);
        QCOMPARE(read.error().code(), ErrorCode::InvalidArgument);
        QCOMPARE(read.error().where(), where);
    }

    void theDigestLeavesOutWhatAServerAdds()
    {
        AttemptMaker maker;
        QJsonObject statement = statementFromAttempt(maker.make(), homePage);
        const QByteArray digest = statementDigest(statement);
        statement.insert(QStringLiteral("stored"), QStringLiteral("2026-11-24T00:00:00.000Z"));
        statement.insert(QStringLiteral("version"), QStringLiteral("2.0.0"));
        QCOMPARE(statementDigest(statement), digest);
        statement.insert(QStringLiteral("timestamp"), QStringLiteral("2020-01-01T00:00:00.000+00:00"));
        QVERIFY(statementDigest(statement) != digest);
    }

    void messagesComeBackAsTheyWere()
    {
        const QByteArray key(32, 'k');
        const QString id = QStringLiteral("0190e6e2-7c3a-7def-8abc-0123456789ab");
        const EnrolRequest enrol {QStringLiteral("ABCD-EFGH"), key, QStringLiteral("窗口一"), id,
            {{QStringLiteral("0010001"), QStringLiteral("$argon2id$x")}}};
        QCOMPARE(*enrolRequestFromJson(throughWire(toJson(enrol))), enrol);
        const EnrolResponse enrolled {id, {QStringLiteral("QH"), QStringLiteral("清河"), homePage}, key, {key}, 600, 7};
        QCOMPARE(*enrolResponseFromJson(throughWire(toJson(enrolled))), enrolled);
        const TokenRequest token {id, 1'795'482'000'000, QByteArray(16, 'n'), QByteArray(64, 's')};
        QCOMPARE(*tokenRequestFromJson(throughWire(toJson(token))), token);
        const TokenResponse given {QStringLiteral("t"), 2, 1};
        QCOMPARE(*tokenResponseFromJson(throughWire(toJson(given))), given);
        const Problem problem {409, QStringLiteral("chain-gap"), QStringLiteral("t"), QStringLiteral("d"),
            {{QStringLiteral("expected_seq"), 12}}};
        QCOMPARE(*problemFromJson(throughWire(toJson(problem))), problem);
        const GateEvent event {id, id, QStringLiteral("os:li"), QStringLiteral("gate-shown"), 5, 28'800,
            {{QStringLiteral("screens"), 2}}};
        QCOMPARE(*gateEventFromJson(throughWire(toJson(event))), event);
        QCOMPARE(eventsFromJson(throughWire(eventsToJson({event})))->first(), event);
        const ManifestInfo manifest {QStringLiteral("QH"), 3, QStringLiteral("m"), QStringLiteral("p"), 9, 8, key, 1};
        QCOMPARE(*manifestInfoFromJson(throughWire(toJson(manifest))), manifest);
        const Health health {QStringLiteral("ok"), QStringLiteral("0.1"), 1, 5};
        QCOMPARE(*healthFromJson(throughWire(toJson(health))), health);
        const PeopleReceipt receipt {1, 2, 3, {{QStringLiteral("f"), 4, QStringLiteral("岗位"), QStringLiteral("r")}},
            {}, false};
        QCOMPARE(*peopleReceiptFromJson(throughWire(toJson(receipt))), receipt);
        const DeviceInfo device {id, QStringLiteral("n"), QStringLiteral("QH"), id, QStringLiteral("k"), 1, 2, 3, 4, true};
        QCOMPARE(*deviceInfoFromJson(throughWire(toJson(device))), device);
    }

    void aMessageOutOfBoundsNamesTheField()
    {
        QJsonObject object = toJson(TokenRequest {
            QStringLiteral("0190e6e2-7c3a-7def-8abc-0123456789ab"), 1, QByteArray(16, 'n'), QByteArray(64, 's')});
        object.insert(QStringLiteral("nonce"), QStringLiteral("AAAA"));
        QCOMPARE(tokenRequestFromJson(object).error().where(), QStringLiteral("nonce"));
        GateEvent event {QStringLiteral("0190e6e2-7c3a-7def-8abc-0123456789ab"),
            QStringLiteral("0190e6e2-7c3a-7def-8abc-0123456789ab"), QStringLiteral("1"), QStringLiteral("Shown!"), 5, 0,
            {}};
        QCOMPARE(eventsFromJson(eventsToJson({event})).error().where(), QStringLiteral("events[0].kind"));
        event.kind = QStringLiteral("shown");
        event.detail.insert(QStringLiteral("x"), QString(3000, QLatin1Char('x')));
        QCOMPARE(eventsFromJson(eventsToJson({event})).error().where(), QStringLiteral("events[0].detail"));
    }

    void anAcknowledgementCarriesItsReceipt()
    {
        const auto pair = makeKeyPair();
        QVERIFY(pair);
        Receipt receipt {QStringLiteral("store"), 4, QByteArray(32, 'h'), 5, {}, {}};
        QVERIFY(signReceipt(receipt, pair->secret));
        const auto ack = statementAckFromHttp("[\"a\",\"b\"]", receiptToHeader(receipt));
        QVERIFY(ack);
        QCOMPARE(ack->ids, QStringList({QStringLiteral("a"), QStringLiteral("b")}));
        QVERIFY(ack->receipt && verifyReceipt(*ack->receipt, pair->publicKey));
        QVERIFY(!statementAckFromHttp("{}", {}));
        QVERIFY(!statementAckFromHttp("[]", "%%%"));
    }

    void aNewerNeighbourComesDownToOurVersion_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("version");
        QTest::newRow("none means one") << QByteArray() << 1;
        QTest::newRow("ours") << QByteArray("1") << 1;
        QTest::newRow("the next one") << QByteArray("2") << newestProtocol;
        QTest::newRow("older than any") << QByteArray("0") << -1;
        QTest::newRow("no number") << QByteArray("one") << -1;
    }

    void aNewerNeighbourComesDownToOurVersion()
    {
        QFETCH(QByteArray, header);
        QFETCH(int, version);
        const auto agreed = negotiateProtocol(header);
        QCOMPARE(agreed ? *agreed : -1, version);
    }
};

QTEST_APPLESS_MAIN(TestProtocol)
#include "tst_protocol.moc"
