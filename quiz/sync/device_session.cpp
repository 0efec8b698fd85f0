#include "quiz/sync/device_session.h"

#include <algorithm>
#include <cmath>

#include "question_bank/base/canonical_json.h"
#include "quiz/protocol/messages.h"
#include "quiz/protocol/paths.h"
#include "quiz/store/server_clock.h"
#include "quiz/sync/backoff.h"
#include "quiz/sync/sync_stage.h"

namespace qingfeng {
namespace {

constexpr qint64 refreshBeforeMs = 60'000;
constexpr qint64 worthKeepingMs = 2'000; ///< below, a change of the offset is the network's
constexpr int maxRefusals = 2;

QString offsetValue()
{
    return QStringLiteral("sync_clock_offset_ms");
}

/** What may stand in a header: visible ASCII. */
bool isToken(const QString &text)
{
    return std::all_of(
        text.cbegin(), text.cend(), [](QChar c) { return c > QLatin1Char(' ') && c <= QLatin1Char('~'); });
}

} // namespace

DeviceSession::DeviceSession(LearningStore &store, const EnrolledDevice &device, const Clock &clock, Random &random)
    : m_store(store)
    , m_device(device)
    , m_clock(clock)
    , m_random(random)
    , m_offsetMs(store.value(offsetValue()).toLongLong())
{
}

qint64 DeviceSession::serverNowMs() const
{
    return m_clock.utcMs() + m_offsetMs;
}

bool DeviceSession::hasToken() const
{
    return !m_token.isEmpty() && serverNowMs() + refreshBeforeMs < m_expiresAtMs;
}

void DeviceSession::dropToken()
{
    m_token.clear();
}

QByteArray DeviceSession::authorization() const
{
    return "Bearer " + m_token;
}

Result<HttpRequest> DeviceSession::tokenRequest()
{
    TokenRequest request;
    request.device = m_device.config.device;
    m_askedAtMs = m_clock.utcMs();
    request.timeMs = std::max(qint64(0), serverNowMs());
    request.nonce = m_random.bytes(16);
    const auto signature = sign(tokenProof(request), m_device.key.secret);
    if (!signature) {
        return signature.error();
    }
    request.signature = *signature;
    return postRequest(QByteArray(paths::token.data(), paths::token.size()), canonicalJson(toJson(request)));
}

Result<DeviceSession::Answer> DeviceSession::takeToken(const HttpReply &reply)
{
    if (reply.status == 200) {
        const auto object = parseJsonObject(reply.body);
        const auto answer = object ? tokenResponseFromJson(*object) : object.error();
        if (!answer || !isToken(answer->token)) {
            return Error(ErrorCode::Corrupt, QStringLiteral("the server's token cannot be read"));
        }
        measure(answer->serverTimeMs);
        m_token = answer->token.toLatin1();
        m_expiresAtMs = answer->expiresAtMs;
        m_refusals = 0;
        return Answer::Ready;
    }
    const auto problem = problemIn(reply);
    const QString code = problem ? problem->code : QString();
    const bool skewed = code == QLatin1String("clock-skew");
    if ((skewed || code == QLatin1String("nonce-used")) && ++m_refusals < maxRefusals) {
        const qint64 named = skewed ? problem->members.value(QLatin1String("server_time_ms")).toInteger() : 0;
        const qint64 serverMs = named > 0 ? named : httpDateMs(reply.header(QByteArrayLiteral("Date"))).value_or(0);
        if (skewed && serverMs > 0) {
            measure(serverMs);
        }
        return Answer::Again;
    }
    m_refusals = 0;
    if (skewed || (problem && (reply.status == 401 || reply.status == 403))) {
        return Error(ErrorCode::NotPermitted, QStringLiteral("no token: HTTP %1 %2").arg(reply.status).arg(code));
    }
    return unexpected(reply);
}

/** Takes the server's time as that of the middle between question and answer. */
void DeviceSession::measure(qint64 serverMs)
{
    const qint64 now = m_clock.utcMs();
    const qint64 offset = serverMs - (m_askedAtMs + (now - m_askedAtMs) / 2);
    const bool changed = std::abs(offset - m_offsetMs) >= worthKeepingMs;
    m_offsetMs = offset;
    noteServerTime(m_store, now + offset);
    if (changed) {
        (void)m_store.setValue(offsetValue(), QString::number(offset));
    }
}

} // namespace qingfeng
