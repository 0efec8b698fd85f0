#include "quiz/net/enrolment.h"

#include <utility>

#include <QLoggingCategory>

#include "question_bank/base/canonical_json.h"
#include "question_bank/package/bank_folder.h"
#include "quiz/net/http_transport.h"
#include "quiz/protocol/paths.h"
#include "quiz/sync/sync_stage.h"

namespace qingfeng {
namespace {

Q_LOGGING_CATEGORY(logEnrol, "qingfeng.enrol")

constexpr qint64 maxPemBytes = 256 * 1024;

Error placed(const Error &error, const char *where)
{
    return Error(error.code(), error.detail(), QLatin1String(where));
}

Error refusalOf(const HttpReply &reply)
{
    const auto problem = problemIn(reply);
    if (!problem) {
        return unexpected(reply);
    }
    const QString said = unexpected(reply).detail();
    if (problem->code == QLatin1String("code-invalid")) {
        return Error(ErrorCode::NotPermitted, said, QStringLiteral("code"));
    }
    if (problem->code == QLatin1String("protocol-unsupported")) {
        return Error(ErrorCode::TooNew, said, QStringLiteral("server"));
    }
    if (reply.status == 400) {
        return Error(ErrorCode::InvalidArgument, said, problem->members.value(QLatin1String("where")).toString());
    }
    return unexpected(reply);
}

} // namespace

Enrolment::Enrolment(QString dataFolder, EnrolmentInput input, QObject *parent)
    : QObject(parent)
    , m_dataFolder(std::move(dataFolder))
    , m_input(std::move(input))
{
}

Enrolment::~Enrolment()
{
    m_staged.reset();
    report(Error(ErrorCode::Unavailable, QStringLiteral("the enrolment was given up")));
}

void Enrolment::start(Done done)
{
    m_done = std::move(done);
    const auto prepared = prepare();
    if (!prepared) {
        QMetaObject::invokeMethod(
            this, [this, error = prepared.error()] { report(error); }, Qt::QueuedConnection);
        return;
    }
    EnrolRequest body;
    body.code = m_input.code.trimmed();
    body.publicKey = m_staged->key().publicKey;
    body.deviceName = m_input.deviceName;
    body.store = m_input.store;
    body.pins = m_input.pins;
    HttpRequest request
        = postRequest(QByteArray(paths::enrol.data(), paths::enrol.size()), canonicalJson(toJson(body)));
    request.headers.append({QByteArray(protocolHeader), QByteArray::number(newestProtocol)});
    m_transport->send(std::move(request), [this](const Result<HttpReply> &reply) { takeReply(reply); });
}

Result<void> Enrolment::prepare()
{
    const auto pem = readFile(m_input.caFile, maxPemBytes);
    if (!pem) {
        return placed(pem.error(), "ca_file");
    }
    if (const auto address = serverAddress(m_input.server); !address) {
        return placed(address.error(), "server");
    }
    auto transport = HttpTransport::create(m_input.server, *pem);
    if (!transport) {
        return placed(transport.error(), "ca_file");
    }
    // The key is on the disk before the code is spent: a full disk must not cost a code.
    auto staged = StagedDevice::create(m_dataFolder, *pem);
    if (!staged) {
        return staged.error();
    }
    m_transport = std::move(*transport);
    m_staged = std::move(*staged);
    return {};
}

void Enrolment::takeReply(const Result<HttpReply> &reply)
{
    if (!m_staged) {
        return; // being deleted: reported there
    }
    const Result<DeviceConfig> result
        = reply ? read(*reply) : Result<DeviceConfig>(placed(reply.error(), "server"));
    m_staged.reset();
    report(result);
}

Result<DeviceConfig> Enrolment::read(const HttpReply &reply)
{
    if (reply.status != 201 && reply.status != 200) {
        return refusalOf(reply);
    }
    const auto object = parseJsonObject(reply.body);
    const auto answer = object ? enrolResponseFromJson(*object) : object.error();
    if (!answer) {
        return Error(ErrorCode::Corrupt, answer.error().toString(), QStringLiteral("server"));
    }
    DeviceConfig config;
    config.serverUrl = QString::fromLatin1(*serverAddress(m_input.server));
    config.device = answer->device;
    config.unit = answer->unit;
    config.receiptKey = answer->receiptKey;
    config.bankKeys = answer->bankKeys;
    config.syncWindowSeconds = answer->syncWindowSeconds;
    return m_staged->commit(config);
}

void Enrolment::report(const Result<DeviceConfig> &result)
{
    const Done done = std::exchange(m_done, nullptr);
    if (!done) {
        return;
    }
    if (result) {
        qCInfo(logEnrol, "enrolled as device %s", qUtf8Printable(result->device));
    } else {
        qCWarning(logEnrol, "not enrolled: %s", qUtf8Printable(result.error().toString()));
    }
    done(result);
}

} // namespace qingfeng
