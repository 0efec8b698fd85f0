#include "quiz/people/pin.h"
#include "quiz/protocol/admin_messages.h"
#include "tests/unit/app/server/service_fixture.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace qingfeng;
using namespace qingfeng::server;

/** Who may do what, and how one becomes somebody. */
class TestService : public QObject
{
    Q_OBJECT

    std::unique_ptr<ServiceFixture> m_fixture;

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<ServiceFixture>();
        QVERIFY(m_fixture->open());
    }

    void cleanup() { m_fixture.reset(); }

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
        row("POST /v1/messages", {401, 400, 403, 403});
        row("GET /v1/messages", {401, 200, 403, 403});
        row("GET /v1/inbox", {401, 403, 403, 200});
        row("GET /v1/inbox/{thread}", {401, 403, 403, 404});
        row("POST /v1/inbox/{thread}", {401, 403, 403, 400});
        row("POST /v1/annotations", {401, 403, 403, 400});
        row("GET /v1/annotations", {401, 200, 403, 400});
        row("POST /v1/people", {401, 403, 403, 415});
        row("GET /v1/people", {401, 403, 403, 200});
        row("POST /v1/enrolment-codes", {401, 403, 403, 400});
        row("POST /v1/publish", {401, 403, 403, 415});
        row("GET /v1/devices", {401, 403, 403, 200});
        row("POST /v1/devices/{id}/revoke", {401, 403, 403, 404});
        row("GET /v1/archives/{person}", {401, 403, 403, 200});
        row("POST /v1/sign-in", {400, 400, 400, 400});
        row("POST /v1/sign-out", {401, 403, 403, 403});
        row("GET /v1/account", {401, 403, 403, 403});
        row("POST /v1/account/password", {401, 403, 403, 403});
        row("POST /v1/account/totp", {401, 403, 403, 403});
        row("POST /v1/account/totp/confirm", {401, 403, 403, 403});
        row("POST /v1/account/totp/remove", {401, 403, 403, 403});
        row("GET /v1/accounts", {401, 403, 403, 200});
        row("POST /v1/accounts", {401, 403, 403, 400});
        row("POST /v1/accounts/{id}/disable", {401, 403, 403, 404});
        row("POST /v1/accounts/{id}/enable", {401, 403, 403, 404});
        row("PUT /v1/accounts/{id}/roles", {401, 403, 403, 400});
        row("POST /v1/accounts/{id}/password", {401, 403, 403, 400});
        row("POST /v1/accounts/{id}/drop-totp", {401, 403, 403, 404});
        row("GET /v1/tools", {401, 403, 403, 200});
        row("POST /v1/tools", {401, 403, 403, 400});
        row("POST /v1/tools/{id}/revoke", {401, 403, 403, 404});
        row("GET /v1/audit", {401, 403, 403, 200});
    }

    void whoMayDoWhat()
    {
        QFETCH(QByteArray, request);
        QFETCH(QList<int>, statuses);
        QByteArray path = request.mid(request.indexOf(' ') + 1);
        path.replace("{id}", "none").replace("{person}", "001");
        for (Who who : {Nobody, ADevice, Revoked, Admin}) {
            const Response response = m_fixture->call(request.left(request.indexOf(' ')), path, who, "{}");
            QVERIFY2(response.status == statuses.at(who),
                qPrintable(QStringLiteral("caller %1 got %2").arg(int(who)).arg(response.status)));
            if (response.status >= 400) {
                QCOMPARE(response.contentType, QByteArray("application/problem+json"));
                QVERIFY(problemFromJson(objectOf(response)));
            }
            QCOMPARE(response.header("X-Qingfeng-Protocol"), QByteArray("1"));
        }
    }

    void theDescriptionNamesExactlyWhatExists()
    {
        QStringList served;
        for (const Route &route : routes()) {
            served.append(QLatin1String(route.method) + QLatin1Char(' ') + QLatin1String(route.path));
        }
        QFile file(QStringLiteral(QF_OPENAPI));
        QVERIFY(file.open(QIODevice::ReadOnly));
        static const QRegularExpression line(
            QStringLiteral("^(?:  (/\\S+):|    (get|post|put|delete|patch):)$"), QRegularExpression::MultilineOption);
        QStringList described;
        QString path;
        auto matches = line.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext()) {
            const auto match = matches.next();
            if (!match.captured(1).isEmpty()) {
                path = match.captured(1);
            } else {
                described.append(match.captured(2).toUpper() + QLatin1Char(' ') + path);
            }
        }
        served.sort();
        described.sort();
        QCOMPARE(described, served);
    }

    void theDescriptionNamesTheRolesOfEachRoute()
    {
        QStringList held;
        for (const Route &route : routes()) {
            QStringList names;
            for (const Role role : allRoles) {
                if ((route.needs.roles & anyOf(role)) != 0) {
                    names.append(nameOf(role));
                }
            }
            const char *reach = route.needs.reach == Reach::Whole ? "whole"
                : route.needs.reach == Reach::Somewhere          ? "somewhere"
                                                                 : "department";
            if (!names.isEmpty()) {
                held.append(QStringLiteral("%1 %2 [%3] %4").arg(QLatin1String(route.method), QLatin1String(route.path),
                    names.join(QStringLiteral(", ")), QLatin1String(reach)));
            }
        }
        QFile file(QStringLiteral(QF_OPENAPI));
        QVERIFY(file.open(QIODevice::ReadOnly));
        static const QRegularExpression line(
            QStringLiteral("^(?:  (/\\S+):|    (get|post|put|delete|patch):|"
                           "      x-qingfeng-roles: (.*)\n      x-qingfeng-reach: (.*))$"),
            QRegularExpression::MultilineOption);
        QStringList described;
        QString path;
        QString method;
        auto matches = line.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext()) {
            const auto match = matches.next();
            if (!match.captured(1).isEmpty()) {
                path = match.captured(1);
            } else if (!match.captured(2).isEmpty()) {
                method = match.captured(2).toUpper();
            } else {
                described.append(QStringLiteral("%1 %2 %3 %4").arg(method, path, match.captured(3), match.captured(4)));
            }
        }
        held.sort();
        described.sort();
        QCOMPARE(described, held);
    }

    void whatDoesNotExistIsSaidSo()
    {
        QCOMPARE(codeOf(m_fixture->call("GET", "/v2/time", Admin)), QStringLiteral("unknown-path"));
        const Response method = m_fixture->call("DELETE", "/v1/events", Nobody);
        QCOMPARE(method.status, 405);
        QCOMPARE(method.header("Allow"), QByteArray("POST, GET, HEAD"));
        QCOMPARE(codeOf(m_fixture->call("POST", "/v1/events", ADevice, "{}", "text/plain")), QStringLiteral("media-type"));
        const Response bad = m_fixture->call("POST", "/v1/events", ADevice, "{\"events\": [,]}");
        QCOMPARE(bad.status, 400);
        QVERIFY(objectOf(bad).value(QStringLiteral("where")).toString().startsWith(QStringLiteral("byte ")));
        QCOMPARE(m_fixture->call("HEAD", "/v1/time", Nobody).status, 200);
    }

    void versionsAreNegotiated()
    {
        Request request;
        request.method = "GET";
        request.path = QStringLiteral("/v1/time");
        request.headers.insert("x-qingfeng-protocol", "2");
        QCOMPARE(m_fixture->send(request).status, 200);
        request.headers.insert("x-qingfeng-protocol", "0");
        QCOMPARE(codeOf(m_fixture->send(request)), QStringLiteral("protocol-unsupported"));
        request.path = QStringLiteral("/xapi/statements");
        request.headers = {{"authorization", "Bearer " + m_fixture->adminToken}};
        QCOMPARE(codeOf(m_fixture->send(request)), QStringLiteral("xapi-version"));
        request.headers.insert("x-experience-api-version", "1.0.3");
        QCOMPARE(m_fixture->send(request).status, 200);
    }

    void aTokenNeedsTheKeyTheTimeAndAFreshNonce()
    {
        const auto post = [&](const TokenRequest &request) {
            return m_fixture->call("POST", "/v1/token", Nobody, compact(toJson(request)));
        };
        TokenRequest good = m_fixture->proof(m_fixture->device);
        QCOMPARE(post(good).status, 200);
        QCOMPARE(codeOf(post(good)), QStringLiteral("nonce-used"));
        TokenRequest forged = m_fixture->proof(m_fixture->device);
        forged.timeMs += 1;
        QCOMPARE(codeOf(post(forged)), QStringLiteral("proof-invalid"));
        TokenRequest late = m_fixture->proof(m_fixture->device);
        m_fixture->clock.advanceMs(11 * 60'000);
        const Response skewed = post(late);
        QCOMPARE(codeOf(skewed), QStringLiteral("clock-skew"));
        QCOMPARE(objectOf(skewed).value(QStringLiteral("server_time_ms")).toInteger(), m_fixture->clock.utcMs());
        QCOMPARE(codeOf(post(m_fixture->proof(m_fixture->revoked))), QStringLiteral("device-revoked"));
        ServiceFixture::Enrolled stranger = m_fixture->device;
        stranger.id = QStringLiteral("0190e6e2-7c3a-7def-8abc-000000000000");
        QCOMPARE(codeOf(post(m_fixture->proof(stranger))), QStringLiteral("device-unknown"));
    }

    void aTokenEndsAndCannotBeForged()
    {
        QCOMPARE(m_fixture->call("GET", "/v1/roster/me", ADevice).status, 200);
        const QByteArray good = m_fixture->device.token;
        m_fixture->device.token.replace('.', '9');
        QCOMPARE(m_fixture->call("GET", "/v1/roster/me", ADevice).status, 401);
        m_fixture->device.token = good;
        m_fixture->device.token.chop(1);
        QCOMPARE(m_fixture->call("GET", "/v1/roster/me", ADevice).status, 401);
        m_fixture->device.token = good;
        m_fixture->clock.advanceMs(Callers::tokenLifeMs + 1);
        QCOMPARE(m_fixture->call("GET", "/v1/roster/me", ADevice).status, 401);
    }

    void codesWorkOnceAndCannotBeTriedAtSpeed()
    {
        const QString code = m_fixture->newCode();
        EnrolRequest request {code.toLower().remove(QLatin1Char('-')), QByteArray(32, 'k'), QStringLiteral("PC"),
            QStringLiteral("0190e6e2-7c3a-7def-8abc-0123456789b1"), {}};
        const auto post = [&] { return m_fixture->call("POST", "/v1/enrol", Nobody, compact(toJson(request))); };
        QCOMPARE(post().status, 201);
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(codeOf(post()), QStringLiteral("code-invalid"));
        }
        request.code = m_fixture->newCode();
        const Response blocked = post();
        QCOMPARE(blocked.status, 429);
        QVERIFY(blocked.header("Retry-After").toInt() > 0);
        m_fixture->clock.advanceMs(11 * 60'000);
        QCOMPARE(post().status, 201);
    }

    void aDeviceBringsItsPinsButOverwritesNone()
    {
        const auto hashOf = [&](const char *number) {
            return (*m_fixture->store->roster()).person(QLatin1String(number))->pinHash;
        };
        const QString set = hashOf("001");
        QVERIFY(pinMatches(QStringLiteral("2468"), set));
        QVERIFY(!set.contains(QStringLiteral("2468")));
        const QString fresh = QStringLiteral("$argon2id$fresh");
        EnrolRequest request {m_fixture->newCode(QStringLiteral("QH02")), QByteArray(32, 'k'), QStringLiteral("PC"),
            QStringLiteral("0190e6e2-7c3a-7def-8abc-0123456789b2"),
            {{QStringLiteral("001"), fresh}, {QStringLiteral("002"), fresh}}};
        QCOMPARE(m_fixture->call("POST", "/v1/enrol", Nobody, compact(toJson(request))).status, 201);
        QCOMPARE(hashOf("001"), set);
        QCOMPARE(hashOf("002"), fresh);
    }

    void devicesAreListedWithWhatIsHeldOfThem()
    {
        StoreSim sim(QStringLiteral("001"), m_fixture->homePage, 1);
        QCOMPARE(m_fixture->call("POST", "/xapi/statements", ADevice, compact(sim.statements(2))).status, 200);
        const QJsonArray devices
            = objectOf(m_fixture->call("GET", "/v1/devices", Admin)).value(QStringLiteral("devices")).toArray();
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
