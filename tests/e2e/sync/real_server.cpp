#include "tests/e2e/sync/real_server.h"

#include <optional>

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QTest>
#include <QUrl>

#include "question_bank/base/canonical_json.h"
#include "question_bank/package/bank_folder.h"
#include "quiz/protocol/paths.h"

namespace qingfeng {
namespace {

constexpr int patienceMs = 20'000;

QString program()
{
    return qEnvironmentVariable("QF_BIN_DIR") + QStringLiteral("/qingfeng-server");
}

} // namespace

Result<HttpReply> exchange(Transport &transport, HttpRequest request)
{
    std::optional<Result<HttpReply>> answer;
    transport.send(std::move(request), [&answer](Result<HttpReply> reply) { answer = std::move(reply); });
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, patienceMs)) {
        return Error(ErrorCode::TimedOut, QStringLiteral("no answer at all"));
    }
    return *answer;
}

RealServer::RealServer()
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
}

RealServer::~RealServer()
{
    kill();
}

bool RealServer::isBuilt()
{
    return QFileInfo(program()).isExecutable();
}

bool RealServer::start()
{
    const QString portFile = m_dir.filePath(QStringLiteral("port"));
    QFile::remove(portFile);
    const QString config = m_dir.filePath(QStringLiteral("server.toml"));
    if (!writeFileAtomically(config, "sync_window_s = 3600\n")) {
        return false;
    }
    // The port of the first start is kept: enrolled devices know no other.
    m_process.start(program(),
        {QStringLiteral("--config"), config, QStringLiteral("--data"), m_dir.filePath(QStringLiteral("data")),
            QStringLiteral("--listen"), QStringLiteral("127.0.0.1:%1").arg(m_port), QStringLiteral("--port-file"),
            portFile});
    const bool up = QTest::qWaitFor(
        [&] { return QFile::exists(portFile) || m_process.state() == QProcess::NotRunning; }, patienceMs);
    const auto port = readFile(portFile, 16);
    const auto file = readFile(m_dir.filePath(QStringLiteral("data/admin.json")), 65'536);
    const auto object = file ? parseJsonObject(*file) : file.error();
    const auto admin = object ? adminConnectionFromJson(*object) : object.error();
    if (!up || !port || !admin) {
        return false;
    }
    m_port = port->trimmed().toUShort();
    m_admin = *admin;
    const auto authority = readFile(m_admin.caFile, 65'536);
    auto transport = authority ? HttpTransport::create(QUrl(m_admin.url), *authority) : authority.error();
    if (!transport) {
        return false;
    }
    m_transport = std::move(*transport);
    return true;
}

void RealServer::kill()
{
    m_transport.reset();
    m_process.kill();
    m_process.waitForFinished(patienceMs);
}

void RealServer::stop()
{
    m_transport.reset();
    m_process.terminate();
    m_process.waitForFinished(patienceMs);
}

HttpReply RealServer::ask(
    const QByteArray &method, const QByteArray &path, const QByteArray &body, const QByteArray &type)
{
    HttpRequest request;
    request.method = method;
    request.path = path;
    request.body = body;
    request.headers = {{QByteArrayLiteral("Authorization"), "Bearer " + m_admin.token.toLatin1()},
        {QByteArray(xapiVersionHeader), QByteArray(xapiVersion)}};
    if (!body.isEmpty()) {
        request.headers.append(std::pair<QByteArray, QByteArray>("Content-Type", type));
    }
    const auto reply = exchange(*m_transport, request);
    return reply ? *reply : HttpReply();
}

bool RealServer::addPeople()
{
    const QString csv = QStringLiteral("单位编码,单位名称,部门编码,上级部门编码,部门名称,工号,姓名,岗位\n"
                                       "U1,样例局,D1,,样例科,001,样例甲,P01\n");
    const HttpReply reply = ask("POST", "/v1/people?confirm=1", csv.toUtf8(), "text/csv");
    const auto object = parseJsonObject(reply.body);
    return object && object->value(QLatin1String("committed")).toBool();
}

QString RealServer::makeCode()
{
    const HttpReply reply = ask("POST", "/v1/enrolment-codes",
        canonicalJson(toJson(EnrolmentCodesRequest {QStringLiteral("D1"), 1, 1})));
    const auto object = parseJsonObject(reply.body);
    return object ? object->value(QLatin1String("codes")).toArray().first().toString() : QString();
}

QString RealServer::device(const QString &store)
{
    const auto object = parseJsonObject(ask("GET", "/v1/devices").body);
    for (const QJsonValue value : object ? object->value(QLatin1String("devices")).toArray() : QJsonArray()) {
        const auto device = deviceInfoFromJson(value.toObject());
        if (device && device->store == store) {
            return device->id;
        }
    }
    return {};
}

void RealServer::waitUntilConsistent()
{
    const QDateTime asked = QDateTime::currentDateTimeUtc();
    const auto isConsistent = [this, &asked] {
        const QByteArray through
            = ask("GET", "/xapi/statements?limit=1").header("X-Experience-API-Consistent-Through");
        return QDateTime::fromString(QString::fromLatin1(through), Qt::ISODateWithMs) >= asked;
    };
    // Projections follow the ledger within moments; what is late shows as missing in the test that asked.
    static_cast<void>(QTest::qWaitFor(isConsistent, patienceMs));
}

QStringList RealServer::statements()
{
    waitUntilConsistent();
    QStringList ids;
    QByteArray path("/xapi/statements?ascending=true&limit=100");
    while (!path.isEmpty()) {
        const auto object = parseJsonObject(ask("GET", path).body);
        if (!object) {
            return {};
        }
        for (const QJsonValue statement : object->value(QLatin1String("statements")).toArray()) {
            ids.append(statement.toObject().value(QLatin1String("id")).toString());
        }
        path = object->value(QLatin1String("more")).toString().toLatin1();
    }
    return ids;
}

} // namespace qingfeng
