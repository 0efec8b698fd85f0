#include "tests/unit/app/server/service_fixture.h"

#include "question_bank/base/canonical_json.h"
#include "quiz/protocol/admin_messages.h"

#include <array>
#include <future>

#include <QJsonDocument>

namespace qingfeng {

using namespace server;

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray compact(const QJsonArray &array)
{
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

QString codeOf(const Response &response)
{
    return objectOf(response).value(QStringLiteral("code")).toString();
}

QJsonObject objectOf(const Response &response)
{
    return QJsonDocument::fromJson(response.body).object();
}

bool ServiceFixture::open()
{
    const auto key = makeKeyPair();
    auto opened = EventStore::openFile(dir.filePath(QStringLiteral("server.db")));
    if (!key || !opened) {
        return false;
    }
    receiptKey = *key;
    store = std::move(*opened);
    callers = std::make_unique<Callers>(*store, clock, QByteArray(32, 'h'), sha256(adminToken));
    service = std::make_unique<Service>(
        *store, clock, random, *callers, ServiceSettings {{}, 600, dir.path(), receiptKey, {}, {}, {}, QByteArray(32, 'a')});
    const Response people = call("POST", "/v1/people?confirm=1", Admin, smallRosterCsv(), "text/csv");
    device = enrol(QStringLiteral("0190e6e2-7c3a-7def-8abc-0123456789a1"));
    revoked = enrol(QStringLiteral("0190e6e2-7c3a-7def-8abc-0123456789a2"));
    const Response revocation = call("POST", "/v1/devices/" + revoked.id.toLatin1() + "/revoke", Admin);
    return objectOf(people).value(QStringLiteral("committed")).toBool() && !device.token.isEmpty()
        && !revoked.token.isEmpty() && revocation.status == 200;
}

Response ServiceFixture::send(Request request)
{
    std::promise<Response> promise;
    auto future = promise.get_future();
    service->handle(std::move(request), [&promise](Response response) { promise.set_value(std::move(response)); });
    return future.get();
}

Response ServiceFixture::call(const QByteArray &method, const QByteArray &target, Who who, const QByteArray &body,
    const QByteArray &type, const QByteArray &ifNoneMatch)
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
    const std::array<QByteArray, 4> tokens {QByteArray(), device.token, revoked.token, adminToken};
    if (who != Nobody) {
        request.headers.insert("authorization", "Bearer " + tokens[std::size_t(who)]);
    }
    return send(std::move(request));
}

QString ServiceFixture::newCode(const QString &department)
{
    const Response made = call(
        "POST", "/v1/enrolment-codes", Admin, compact(toJson(EnrolmentCodesRequest {department, 1, 1})));
    return objectOf(made).value(QStringLiteral("codes")).toArray().first().toString();
}

TokenRequest ServiceFixture::proof(const Enrolled &prover)
{
    TokenRequest request {prover.id, clock.utcMs(), random.bytes(16), {}};
    request.signature = *sign(tokenProof(request), prover.key.secret);
    return request;
}

ServiceFixture::Enrolled ServiceFixture::enrol(const QString &storeId)
{
    Enrolled enrolled;
    enrolled.key = *makeKeyPair();
    enrolled.store = storeId;
    const EnrolRequest request {newCode(), enrolled.key.publicKey, QStringLiteral("PC"), storeId, {}};
    const auto answer = enrolResponseFromJson(objectOf(call("POST", "/v1/enrol", Nobody, compact(toJson(request)))));
    if (answer) {
        enrolled.id = answer->device;
        const auto token = tokenResponseFromJson(
            objectOf(call("POST", "/v1/token", Nobody, compact(toJson(proof(enrolled))))));
        enrolled.token = token ? token->token.toLatin1() : QByteArray();
    }
    return enrolled;
}

} // namespace qingfeng
