#include "app/server/event_store/sqlite/sqlite_event_store.h"
#include "app/server/service/service.h"
#include "question_bank/base/canonical_json.h"
#include "question_bank/package/package.h"
#include "quiz/people/pin.h"
#include "quiz/protocol/statement.h"
#include "quiz/protocol/paths.h"
#include "tests/support/sample_bank.h"
#include "tests/unit/app/server/store_sim.h"

#include <array>
#include <future>

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace qingfeng;
using namespace qingfeng::server;

namespace {

const QByteArray adminToken = "the administrator";
const QString homePage = QStringLiteral("https://qingfeng.example/units/QH");

enum Who { Nobody, ADevice, Revoked, Admin };

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray compact(const QJsonArray &array)
{
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

} // namespace

/** A service over a fresh database, with one device of QH01 enrolled and one revoked. */
class TestService : public QObject
{
    Q_OBJECT

    struct Enrolled
    {
        QString id;
        KeyPair key;
        QByteArray token;
        QString store;
    };

    std::unique_ptr<QTemporaryDir> m_dir;
    FakeClock m_clock;
    SeededRandom m_random {5};
    std::unique_ptr<SqliteEventStore> m_store;
    std::unique_ptr<Callers> m_callers;
    std::unique_ptr<Service> m_service;
    KeyPair m_receiptKey;
    KeyPair m_bankKey;
    Enrolled m_device;
    Enrolled m_revoked;

    Response send(Request request)
    {
        std::promise<Response> promise;
        auto future = promise.get_future();
        m_service->handle(std::move(request), [&promise](Response response) { promise.set_value(std::move(response)); });
        return future.get();
    }

    Response call(const QByteArray &method, const QByteArray &target, Who who, const QByteArray &body = {},
        const QByteArray &type = "application/json", const QByteArray &ifNoneMatch = {})
    {
        Request request;
        request.method = method;
        request.peer = QStringLiteral("192.0.2.1");
        if (!parseTarget(target, request)) {
            return {};
        }
        request.body = body;
        request.headers.insert("content-type", type);
        request.headers.insert("if-none-match", ifNoneMatch);
        request.headers.insert("x-experience-api-version", "2.0.0");
        const std::array<QByteArray, 4> tokens {QByteArray(), m_device.token, m_revoked.token, adminToken};
        if (who != Nobody) {
            request.headers.insert("authorization", "Bearer " + tokens[std::size_t(who)]);
        }
        return send(request);
    }

    static QString codeOf(const Response &response)
    {
        return QJsonDocument::fromJson(response.body).object().value(QStringLiteral("code")).toString();
    }

    static QJsonObject objectOf(const Response &response) { return QJsonDocument::fromJson(response.body).object(); }

    QString newCode(const QString &department = QStringLiteral("QH01"))
    {
        const Response made = call("POST", "/v1/enrolment-codes", Admin,
            compact(toJson(EnrolmentCodesRequest {department, 1, 1})));
        return objectOf(made).value(QStringLiteral("codes")).toArray().first().toString();
    }

    TokenRequest proof(const Enrolled &device)
    {
        TokenRequest request {device.id, m_clock.utcMs(), m_random.bytes(16), {}};
        request.signature = *sign(tokenProof(request), device.key.secret);
        return request;
    }

    Enrolled enrol(const QString &store)
    {
        Enrolled device;
        device.key = *makeKeyPair();
        device.store = store;
        const EnrolRequest request {newCode(), device.key.publicKey, QStringLiteral("PC"), store, {}};
        const auto answer = enrolResponseFromJson(objectOf(call("POST", "/v1/enrol", Nobody, compact(toJson(request)))));
        if (!answer) {
            return device;
        }
        device.id = answer->device;
        const auto token = tokenResponseFromJson(
            objectOf(call("POST", "/v1/token", Nobody, compact(toJson(proof(device))))));
        device.token = token ? token->token.toLatin1() : QByteArray();
        return device;
    }

    QByteArray package(qint64 revision, const KeyPair &key) const
    {
        QuestionBank bank = sampleBank();
        bank.revision = revision;
        return *buildPackage(bank, key.secret);
    }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_store = std::move(*SqliteEventStore::open(m_dir->filePath(QStringLiteral("server.db"))));
        m_receiptKey = *makeKeyPair();
        m_bankKey = *makeKeyPair();
        m_callers = std::make_unique<Callers>(*m_store, m_clock, QByteArray(32, 'h'), sha256(adminToken));
        m_service = std::make_unique<Service>(
            *m_store, m_clock, m_random, *m_callers, ServiceSettings {{}, 600, m_dir->path(), m_receiptKey});
        const Response people = call("POST", "/v1/people?confirm=1", Admin, smallRosterCsv(), "text/csv");
        QCOMPARE(people.status, 200);
        QVERIFY(objectOf(people).value(QStringLiteral("committed")).toBool());
        m_device = enrol(QStringLiteral("0190e6e2-7c3a-7def-8abc-0123456789a1"));
        m_revoked = enrol(QStringLiteral("0190e6e2-7c3a-7def-8abc-0123456789a2"));
        QVERIFY(!m_device.token.isEmpty() && !m_revoked.token.isEmpty());
        QCOMPARE(call("POST", "/v1/devices/" + m_revoked.id.toLatin1() + "/revoke", Admin).status, 200);
    }

    void cleanup()
    {
        m_service.reset();
        m_callers.reset();
        m_store.reset();
        m_dir.reset();
    }

    void whoMayDoWhat_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QList<int>>("statuses"); // nobody, device, revoked device, administrator
        const auto row = [](const char *request, QList<int> statuses) {
            QTest::newRow(request) << QByteArray(request) << statuses;
        };
        row("GET /healthz", {200, 200, 200, 200});
        row("GET /readyz", {200, 200, 200, 200});
        row("GET /v1/time", {200, 200, 200, 200});
        row("POST /v1/enrol", {400, 400, 400, 400});
        row("POST /v1/token", {400, 400, 400, 400});
        row("GET /xapi/about", {200, 200, 200, 200});
        row("POST /xapi/statements", {401, 400, 403, 403});
        row("PUT /xapi/statements", {401, 400, 403, 403});
        row("GET /xapi/statements", {401, 200, 403, 200});
        row("GET /v1/bank/manifest", {401, 404, 403, 404});
        row("GET /v1/bank/package", {401, 404, 403, 404});
        row("GET /v1/roster/me", {401, 200, 403, 403});
        row("POST /v1/events", {401, 400, 403, 403});
        row("GET /v1/events", {401, 403, 403, 200});
        row("GET /v1/receipts", {401, 404, 403, 404});
        row("POST /v1/people", {401, 403, 403, 415});
        row("GET /v1/people", {401, 403, 403, 200});
        row("POST /v1/enrolment-codes", {401, 403, 403, 400});
        row("POST /v1/publish", {401, 403, 403, 415});
        row("GET /v1/devices", {401, 403, 403, 200});
        row("POST /v1/devices/{id}/revoke", {401, 403, 403, 404});
        row("GET /v1/archives/{person}", {401, 403, 403, 200});
    }

    void whoMayDoWhat()
    {
        QFETCH(QByteArray, request);
        QFETCH(QList<int>, statuses);
        QByteArray path = request.mid(request.indexOf(' ') + 1);
        path.replace("{id}", "none").replace("{person}", "001");
        for (Who who : {Nobody, ADevice, Revoked, Admin}) {
            const Response response = call(request.left(request.indexOf(' ')), path, who, "{}");
            QVERIFY2(response.status == statuses.at(who),
                qPrintable(QStringLiteral("caller %1 got %2").arg(int(who)).arg(response.status)));
            if (response.status >= 400) {
                QCOMPARE(response.contentType, QByteArray("application/problem+json"));
                QVERIFY(problemFromJson(objectOf(response)));
            }
            QCOMPARE(response.header("X-Qingfeng-Protocol"), QByteArray("1"));
        }
    }

    void everyRouteHasItsRow()
    {
        QStringList named;
        for (const Route &route : routes()) {
            named.append(QLatin1String(route.method) + QLatin1Char(' ') + QLatin1String(route.path));
        }
        named.removeDuplicates();
        QCOMPARE(named.size(), 22); // as many as whoMayDoWhat has rows
    }

    void whatDoesNotExistIsSaidSo()
    {
        QCOMPARE(codeOf(call("GET", "/v2/time", Admin)), QStringLiteral("unknown-path"));
        const Response method = call("DELETE", "/v1/events", Nobody);
        QCOMPARE(method.status, 405);
        QCOMPARE(method.header("Allow"), QByteArray("POST, GET, HEAD"));
        QCOMPARE(codeOf(call("POST", "/v1/events", ADevice, "{}", "text/plain")), QStringLiteral("media-type"));
        const Response bad = call("POST", "/v1/events", ADevice, "{\"events\": [,]}");
        QCOMPARE(bad.status, 400);
        QVERIFY(objectOf(bad).value(QStringLiteral("where")).toString().startsWith(QStringLiteral("byte ")));
        QCOMPARE(call("HEAD", "/v1/time", Nobody).status, 200);
    }

    void versionsAreNegotiated()
    {
        Request request;
        request.method = "GET";
        request.path = QStringLiteral("/v1/time");
        request.headers.insert("x-qingfeng-protocol", "2");
        QCOMPARE(send(request).status, 200);
        request.headers.insert("x-qingfeng-protocol", "0");
        QCOMPARE(codeOf(send(request)), QStringLiteral("protocol-unsupported"));
        request.path = QStringLiteral("/xapi/statements");
        request.headers = {{"authorization", "Bearer " + adminToken}};
        QCOMPARE(codeOf(send(request)), QStringLiteral("xapi-version"));
        request.headers.insert("x-experience-api-version", "1.0.3");
        QCOMPARE(send(request).status, 200);
    }

    void aTokenNeedsTheKeyTheTimeAndAFreshNonce()
    {
        const auto post = [&](const TokenRequest &request) {
            return call("POST", "/v1/token", Nobody, compact(toJson(request)));
        };
        TokenRequest good = proof(m_device);
        QCOMPARE(post(good).status, 200);
        QCOMPARE(codeOf(post(good)), QStringLiteral("nonce-used"));
        TokenRequest forged = proof(m_device);
        forged.timeMs += 1;
        QCOMPARE(codeOf(post(forged)), QStringLiteral("proof-invalid"));
        TokenRequest late = proof(m_device);
        m_clock.advanceMs(11 * 60'000);
        const Response skewed = post(late);
        QCOMPARE(codeOf(skewed), QStringLiteral("clock-skew"));
        QCOMPARE(objectOf(skewed).value(QStringLiteral("server_time_ms")).toInteger(), m_clock.utcMs());
        QCOMPARE(codeOf(post(proof(m_revoked))), QStringLiteral("device-revoked"));
        Enrolled stranger = m_device;
        stranger.id = QStringLiteral("0190e6e2-7c3a-7def-8abc-000000000000");
        QCOMPARE(codeOf(post(proof(stranger))), QStringLiteral("device-unknown"));
    }

    void aTokenEndsAndCannotBeForged()
    {
        QCOMPARE(call("GET", "/v1/roster/me", ADevice).status, 200);
        const QByteArray good = m_device.token;
        m_device.token.replace('.', '9');
        QCOMPARE(call("GET", "/v1/roster/me", ADevice).status, 401);
        m_device.token = good;
        m_device.token.chop(1);
        QCOMPARE(call("GET", "/v1/roster/me", ADevice).status, 401);
        m_device.token = good;
        m_clock.advanceMs(Callers::tokenLifeMs + 1);
        QCOMPARE(call("GET", "/v1/roster/me", ADevice).status, 401);
    }

    void codesWorkOnceAndCannotBeTriedAtSpeed()
    {
        const QString code = newCode();
        EnrolRequest request {code.toLower().remove(QLatin1Char('-')), QByteArray(32, 'k'), QStringLiteral("PC"),
            QStringLiteral("0190e6e2-7c3a-7def-8abc-0123456789b1"), {}};
        const auto post = [&] { return call("POST", "/v1/enrol", Nobody, compact(toJson(request))); };
        QCOMPARE(post().status, 201);
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(codeOf(post()), QStringLiteral("code-invalid"));
        }
        request.code = newCode();
        const Response blocked = post();
        QCOMPARE(blocked.status, 429);
        QVERIFY(blocked.header("Retry-After").toInt() > 0);
        m_clock.advanceMs(11 * 60'000);
        QCOMPARE(post().status, 201);
    }

    void aDeviceBringsItsPinsButOverwritesNone()
    {
        const auto hashOf = [&](const char *number) {
            return (*m_store->roster()).person(QLatin1String(number))->pinHash;
        };
        const QString set = hashOf("001");
        QVERIFY(pinMatches(QStringLiteral("2468"), set));
        QVERIFY(!set.contains(QStringLiteral("2468")));
        const QString fresh = QStringLiteral("$argon2id$fresh");
        EnrolRequest request {newCode(QStringLiteral("QH02")), QByteArray(32, 'k'), QStringLiteral("PC"),
            QStringLiteral("0190e6e2-7c3a-7def-8abc-0123456789b2"),
            {{QStringLiteral("001"), fresh}, {QStringLiteral("002"), fresh}}};
        QCOMPARE(call("POST", "/v1/enrol", Nobody, compact(toJson(request))).status, 201);
        QCOMPARE(hashOf("001"), set);
        QCOMPARE(hashOf("002"), fresh);
    }

    void answersAreStoredAndReceipted()
    {
        StoreSim sim(QStringLiteral("001"), homePage, 1);
        const QJsonArray statements = sim.statements(3);
        const Response stored = call("POST", "/xapi/statements", ADevice, compact(statements));
        QVERIFY2(stored.status == 200, stored.body.constData());
        const auto ack = statementAckFromHttp(stored.body, stored.header("X-Qingfeng-Receipt"));
        QVERIFY(ack && ack->receipt);
        QCOMPARE(ack->ids.size(), 3);
        QCOMPARE(ack->receipt->headHash, sim.head());
        QVERIFY(verifyReceipt(*ack->receipt, m_receiptKey.publicKey));
        QCOMPARE(call("POST", "/xapi/statements", ADevice, compact(statements)).status, 200);
        QCOMPARE(call("POST", "/xapi/statements", ADevice, compact(sim.statement())).status, 200); // a single one

        const QByteArray id = statements[0][QStringLiteral("id")].toString().toLatin1();
        const Response one = call("GET", "/xapi/statements?statementId=" + id, ADevice);
        QCOMPARE(one.status, 200);
        QCOMPARE(statementDigest(objectOf(one)), statementDigest(statements[0].toObject()));
        QCOMPARE(objectOf(one).value(QStringLiteral("version")).toString(), QStringLiteral("2.0.0"));

        const auto receipts = objectOf(call("GET", "/v1/receipts?store=" + sim.store().toLatin1(), ADevice));
        const auto receipt = receiptFromJson(receipts.value(QStringLiteral("receipts"))[0].toObject());
        QVERIFY(receipt && verifyReceipt(*receipt, m_receiptKey.publicKey));
        QCOMPARE(receipt->seq, 4);
    }

    void answersCanBePut()
    {
        StoreSim sim(QStringLiteral("001"), homePage, 2);
        const QJsonObject statement = sim.statement();
        const QByteArray id = statement.value(QStringLiteral("id")).toString().toLatin1();
        QCOMPARE(call("PUT", "/xapi/statements?statementId=" + id, ADevice, compact(statement)).status, 204);
        QCOMPARE(call("PUT", "/xapi/statements?statementId=" + id, ADevice, compact(statement)).status, 204);
        QCOMPARE(call("PUT", "/xapi/statements", ADevice, compact(sim.statement())).status, 400);
    }

    void whatContradictsIsRefusedByName()
    {
        const auto post = [&](const QJsonArray &statements) {
            return call("POST", "/xapi/statements", ADevice, compact(statements));
        };
        StoreSim sim(QStringLiteral("001"), homePage, 3);
        const QJsonArray first = sim.statements(2);
        QCOMPARE(post(first).status, 200);

        QJsonObject changed = first[1].toObject();
        changed.insert(QStringLiteral("verb"),
            QJsonObject {{QStringLiteral("id"), QString(answeredVerb)}, {QStringLiteral("display"), QJsonObject {}}});
        const Response conflict = post({changed});
        QCOMPARE(codeOf(conflict), QStringLiteral("statement-conflict"));
        QCOMPARE(objectOf(conflict).value(QStringLiteral("ids"))[0], changed.value(QStringLiteral("id")));

        StoreSim forked = sim;
        forked.diverge(77);
        (void)sim.statement();
        const Response gap = post(sim.statements(1));
        QCOMPARE(codeOf(gap), QStringLiteral("chain-gap"));
        QCOMPARE(objectOf(gap).value(QStringLiteral("expected_seq")).toInt(), 3);

        QCOMPARE(post(forked.statements(1)).status, 200);
        StoreSim again = forked;
        again.diverge(78);
        QCOMPARE(post(forked.statements(1)).status, 200);
        const QJsonArray branch = again.statements(1);
        QCOMPARE(codeOf(post(branch)), QStringLiteral("chain-fork"));
        QCOMPARE(post(branch).status, 200); // kept: the device goes on

        Attempt altered = sim.answer();
        altered.marks = 50;
        const Response hash = post({statementFromAttempt(altered, homePage)});
        QCOMPARE(codeOf(hash), QStringLiteral("statement-invalid"));
        QCOMPARE(objectOf(hash).value(QStringLiteral("where")).toString(), QStringLiteral("context.extensions.hash"));

        StoreSim elsewhere(QStringLiteral("001"), QStringLiteral("https://other.example"), 4);
        QCOMPARE(codeOf(post(elsewhere.statements(1))), QStringLiteral("statement-invalid"));
        StoreSim one(QStringLiteral("001"), homePage, 5);
        StoreSim two(QStringLiteral("001"), homePage, 6);
        QCOMPARE(codeOf(post({one.statement(), two.statement()})), QStringLiteral("batch-mixed-stores"));
        StoreSim twice(QStringLiteral("001"), homePage, 7);
        const QJsonObject repeated = twice.statement();
        QCOMPARE(codeOf(post({repeated, repeated})), QStringLiteral("statement-invalid"));
        StoreSim many(QStringLiteral("001"), homePage, 8);
        QCOMPARE(post(many.statements(maxStatementsPerPost + 1)).status, 413);
        QCOMPARE(post({}).status, 200);
    }

    void aDeviceSpeaksOnlyForItsPeople()
    {
        StoreSim stranger(QStringLiteral("002"), homePage, 1);
        const Response refused = call("POST", "/xapi/statements", ADevice, compact(stranger.statements(1)));
        QCOMPARE(codeOf(refused), QStringLiteral("person-not-of-device"));
        QCOMPARE(objectOf(refused).value(QStringLiteral("people"))[0].toString(), QStringLiteral("002"));
        StoreSim unknown(QStringLiteral("os:li"), homePage, 2);
        QCOMPARE(call("POST", "/xapi/statements", ADevice, compact(unknown.statements(1))).status, 200);

        const auto roster = rosterAnswerFromJson(objectOf(call("GET", "/v1/roster/me", ADevice)));
        QVERIFY(roster);
        QCOMPARE(roster->roster.people.size(), 1);
        QCOMPARE(roster->roster.people.first().number, QStringLiteral("001"));
        QCOMPARE(roster->roster.departmentPath(QStringLiteral("QH01")), QStringLiteral("局领导 / 稽查局"));
    }

    void whatIsUnchangedIsNotSentAgain()
    {
        const Response first = call("GET", "/v1/roster/me", ADevice);
        const Response again = call("GET", "/v1/roster/me", ADevice, {}, {}, first.header("ETag"));
        QCOMPARE(again.status, 304);
        QVERIFY(again.body.isEmpty());
        QCOMPARE(call("GET", "/v1/roster/me", ADevice, {}, {}, "\"other\"").status, 200);
    }

    void aBankIsPublishedForwardsOnlyAndByItsKey()
    {
        const auto publish = [&](const QByteArray &bytes) {
            return call("POST", "/v1/publish", Admin, bytes, "application/octet-stream");
        };
        const QByteArray second = package(2, m_bankKey);
        QCOMPARE(codeOf(publish("no package")), QStringLiteral("package-invalid"));
        QCOMPARE(publish(second).status, 200);
        QCOMPARE(publish(second).status, 200);
        QCOMPARE(codeOf(publish(package(1, m_bankKey))), QStringLiteral("revision-conflict"));
        QCOMPARE(codeOf(publish(package(3, *makeKeyPair()))), QStringLiteral("signature-unknown"));
        const Response sent = call("GET", "/v1/bank/package", ADevice);
        QCOMPARE(sent.body, second);
        QCOMPARE(sent.header("ETag"), '"' + sha256(second).toHex() + '"');
        QCOMPARE(call("GET", "/v1/bank/package", ADevice, {}, {}, sent.header("ETag")).status, 304);
        const auto manifest = manifestInfoFromJson(objectOf(call("GET", "/v1/bank/manifest", ADevice)));
        QVERIFY(manifest);
        QCOMPARE(manifest->revision, 2);
        QCOMPARE(manifest->signingPublicKey, m_bankKey.publicKey);
        QCOMPARE(publish(package(3, m_bankKey)).status, 200);
        QCOMPARE(call("GET", "/v1/bank/package", ADevice).body, package(3, m_bankKey));
    }

    void anImportIsTriedFirstAndTakenWhole()
    {
        const auto import = [&](const QByteArray &csv, const char *confirm) {
            const Response response
                = call("POST", QByteArray("/v1/people?confirm=") + confirm, Admin, csv, "text/csv; charset=utf-8");
            return *peopleReceiptFromJson(objectOf(response));
        };
        const QByteArray more = QStringLiteral("部门编码,上级部门编码,部门名称,工号,姓名,岗位\n"
                                               "QH02,QH,办公室,002,样例二,P22\n"
                                               "QH02,QH,办公室,003,样例三,P23\n")
                                    .toUtf8();
        PeopleReceipt receipt = import(more, "0");
        QCOMPARE(receipt.accepted, 1);
        QCOMPARE(receipt.updated, 1);
        QVERIFY(!receipt.committed);
        QVERIFY(!(*m_store->roster()).person(QStringLiteral("003")));
        receipt = import(more + QStringLiteral("QH02,QH,办公室,004,样例四,X\n").toUtf8(), "1");
        QVERIFY(!receipt.committed);
        QCOMPARE(receipt.rejected.size(), 1);
        QVERIFY(!(*m_store->roster()).person(QStringLiteral("003")));
        QVERIFY(import(more, "1").committed);
        QVERIFY((*m_store->roster()).person(QStringLiteral("003")));
        QCOMPARE(import(more, "1").duplicate, 2);
        QVERIFY(!import(QByteArray(more).replace("QH02,QH,", "QH02,NO,"), "1").committed);
        QCOMPARE(objectOf(call("GET", "/v1/people", Admin)).value(QStringLiteral("people"))[1][QStringLiteral("pin_hash")],
            QJsonValue(QString()));
    }

    void pagesLeadThroughAnArchive()
    {
        StoreSim sim(QStringLiteral("001"), homePage, 9);
        QCOMPARE(call("POST", "/xapi/statements", ADevice, compact(sim.statements(25))).status, 200);
        const auto isProjected = [&] {
            return objectOf(call("GET", "/v1/archives/001", Admin)).value(QStringLiteral("attempts")).toArray().size() == 25;
        };
        QTRY_VERIFY(isProjected());
        QByteArray query = "?limit=10";
        qint64 seq = 0;
        for (int page = 0; page < 3; ++page) {
            const QJsonObject answer = objectOf(call("GET", "/v1/archives/001" + query, Admin));
            for (const QJsonValue value : answer.value(QStringLiteral("attempts")).toArray()) {
                const auto attempt = attemptFromJson(value.toObject());
                QVERIFY(attempt);
                QCOMPARE(attempt->seq, ++seq);
            }
            query = "?cursor=" + answer.value(QStringLiteral("more")).toString().toLatin1();
            QCOMPARE(answer.contains(QStringLiteral("more")), page < 2);
        }
        QCOMPARE(seq, 25);
        QCOMPARE(call("GET", "/v1/archives/001?cursor=nonsense", Admin).status, 400);

        const QByteArray agent
            = QUrl::toPercentEncoding(QStringLiteral("{\"account\":{\"homePage\":\"%1\",\"name\":\"001\"}}").arg(homePage));
        QJsonObject answer = objectOf(call("GET", "/xapi/statements?limit=20&ascending=true&agent=" + agent, ADevice));
        QCOMPARE(answer.value(QStringLiteral("statements")).toArray().size(), 20);
        answer = objectOf(call("GET", answer.value(QStringLiteral("more")).toString().toLatin1(), ADevice));
        QCOMPARE(answer.value(QStringLiteral("statements")).toArray().size(), 5);
        QCOMPARE(answer.value(QStringLiteral("more")).toString(), QString());
        QCOMPARE(call("GET", "/xapi/statements?nonsense=1", ADevice).status, 400);
        QCOMPARE(call("GET", "/xapi/statements?since=never", ADevice).status, 400);
    }

    void eventsComeOnceAndAreListed()
    {
        const GateEvent event {QStringLiteral("0190e6e2-7c3a-7def-8abc-0123456789aa"), m_device.store,
            QStringLiteral("001"), QStringLiteral("shown"), 5, 0, {}};
        const QByteArray body = compact(eventsToJson({event}));
        QCOMPARE(eventAckFromJson(objectOf(call("POST", "/v1/events", ADevice, body)))->ids, QStringList {event.id});
        QCOMPARE(call("POST", "/v1/events", ADevice, body).status, 200);
        const QJsonObject listed = objectOf(call("GET", "/v1/events", Admin));
        QCOMPARE(listed.value(QStringLiteral("events")).toArray().size(), 1);
        const QByteArray cursor = listed.value(QStringLiteral("cursor")).toString().toLatin1();
        QVERIFY(objectOf(call("GET", "/v1/events?cursor=" + cursor, Admin))
                    .value(QStringLiteral("events"))
                    .toArray()
                    .isEmpty());
    }

    void devicesAreListedWithWhatIsHeldOfThem()
    {
        StoreSim sim(QStringLiteral("001"), homePage, 1);
        QCOMPARE(call("POST", "/xapi/statements", ADevice, compact(sim.statements(2))).status, 200);
        const QJsonArray devices
            = objectOf(call("GET", "/v1/devices", Admin)).value(QStringLiteral("devices")).toArray();
        QCOMPARE(devices.size(), 2);
        int revoked = 0;
        for (const QJsonValue value : devices) {
            const auto device = deviceInfoFromJson(value.toObject());
            QVERIFY(device);
            QCOMPARE(device->department, QStringLiteral("QH01"));
            QVERIFY(device->lastSeenMs > 0);
            revoked += device->revoked ? 1 : 0;
        }
        QCOMPARE(revoked, 1);
    }
};

QTEST_GUILESS_MAIN(TestService)
#include "tst_service.moc"
