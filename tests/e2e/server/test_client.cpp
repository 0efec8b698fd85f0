#include "tests/e2e/server/test_client.h"

#include "quiz/protocol/admin_messages.h"
#include "quiz/protocol/paths.h"
#include "tests/unit/app/server/store_sim.h"

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSslConfiguration>

using namespace qingfeng;

namespace {

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Answer answerFrom(QNetworkReply *reply)
{
    return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->error(), reply->readAll(),
        reply->rawHeaderPairs()};
}

} // namespace

QByteArray Answer::header(const QByteArray &name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0) {
            return value;
        }
    }
    return {};
}

QJsonObject Answer::object() const
{
    return QJsonDocument::fromJson(body).object();
}

QString Answer::code() const
{
    return object().value(QStringLiteral("code")).toString();
}

TestClient::TestClient(QUrl url, const QString &authorityFile)
    : m_url(std::move(url))
    , m_tls(QSslConfiguration::defaultConfiguration())
{
    m_tls.setCaCertificates(QSslCertificate::fromPath(authorityFile, QSsl::Pem));
}

QNetworkReply *TestClient::send(const QByteArray &method, const QString &path, const QByteArray &body,
    const QByteArray &type, const QByteArray &ifNoneMatch)
{
    QNetworkRequest request(m_url.resolved(QUrl(path)));
    request.setSslConfiguration(m_tls);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setTransferTimeout(20'000);
    if (!m_token.isEmpty()) {
        request.setRawHeader("Authorization", "Bearer " + m_token);
    }
    if (!m_basic.isEmpty()) {
        request.setRawHeader("Authorization", "Basic " + m_basic);
    }
    if (!body.isEmpty()) {
        request.setRawHeader("Content-Type", type);
    }
    if (!ifNoneMatch.isEmpty()) {
        request.setRawHeader("If-None-Match", ifNoneMatch);
    }
    request.setRawHeader(xapiVersionHeader, xapiVersion);
    return m_network.sendCustomRequest(request, method, body);
}

Answer TestClient::call(const QByteArray &method, const QString &path, const QByteArray &body, const QByteArray &type,
    const QByteArray &ifNoneMatch)
{
    QNetworkReply *reply = send(method, path, body, type, ifNoneMatch);
    if (!reply->isFinished()) {
        QEventLoop loop;
        QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
        loop.exec();
    }
    const Answer answer = answerFrom(reply);
    reply->deleteLater();
    return answer;
}

void TestClient::callLater(const QByteArray &method, const QString &path, const QByteArray &body,
    std::function<void(Answer)> done, const QByteArray &type)
{
    QNetworkReply *reply = send(method, path, body, type, {});
    QObject::connect(reply, &QNetworkReply::finished, reply, [reply, done = std::move(done)] {
        reply->deleteLater();
        done(answerFrom(reply));
    });
}

bool importRoster(TestClient &admin)
{
    const Answer answer = admin.call("POST", QStringLiteral("/v1/people?confirm=1"), smallRosterCsv(), "text/csv");
    return answer.object().value(QStringLiteral("committed")).toBool();
}

TestDevice enrolDevice(TestClient &admin, TestClient &client, const QString &department, const QString &store)
{
    TestDevice device;
    device.store = store;
    device.key = *makeKeyPair();
    const auto codes = enrolmentCodesFromJson(
        admin.call("POST", paths::enrolmentCodes, compact(toJson(EnrolmentCodesRequest {department, 1, 1}))).object());
    if (!codes) {
        return device;
    }
    const EnrolRequest enrol {codes->codes.first(), device.key.publicKey, QStringLiteral("test"), store, {}};
    const auto enrolment = enrolResponseFromJson(client.call("POST", paths::enrol, compact(toJson(enrol))).object());
    if (!enrolment) {
        return device;
    }
    SystemRandom random;
    TokenRequest proof {enrolment->device, SystemClock().utcMs(), random.bytes(16), {}};
    proof.signature = *sign(tokenProof(proof), device.key.secret);
    const auto token = tokenResponseFromJson(client.call("POST", paths::token, compact(toJson(proof))).object());
    if (!token) {
        return device;
    }
    device.enrolment = *enrolment;
    device.token = token->token;
    device.id = enrolment->device;
    client.setToken(device.token);
    return device;
}
