#include "app/server/service/caller.h"

#include "question_bank/base/canonical_json.h"

#include <openssl/crypto.h>

#include <QMessageAuthenticationCode>

namespace qingfeng::server {
namespace {

constexpr auto urlSafe = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

bool isSame(const QByteArray &a, const QByteArray &b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.constData(), b.constData(), std::size_t(a.size())) == 0;
}

} // namespace

Callers::Callers(const EventStore &store, const Clock &clock, QByteArray hmacKey, QByteArray adminTokenHash)
    : m_store(store)
    , m_clock(clock)
    , m_hmacKey(std::move(hmacKey))
    , m_adminTokenHash(std::move(adminTokenHash))
{
}

QByteArray Callers::seal(const QByteArray &payload) const
{
    return QMessageAuthenticationCode::hash(payload, m_hmacKey, QCryptographicHash::Sha256);
}

QString Callers::issueToken(const QString &device, qint64 expiresAtMs) const
{
    const QByteArray payload = device.toLatin1() + '.' + QByteArray::number(expiresAtMs);
    return QString::fromLatin1(payload + '.' + seal(payload).toBase64(urlSafe));
}

Result<Caller> Callers::identify(const QByteArray &authorization) const
{
    if (authorization.startsWith("Basic ") && authorization.size() <= 512) {
        const auto tool = toolOf(m_store, authorization.mid(6).trimmed(), m_clock.utcMs());
        if (!tool) {
            return tool.error();
        }
        return *tool ? Caller {Caller::Kind::Tool, {}, {}, **tool} : Caller {};
    }
    if (!authorization.startsWith("Bearer ") || authorization.size() > 512) {
        return Caller {};
    }
    const QByteArray token = authorization.mid(7).trimmed();
    if (isSame(sha256(token), m_adminTokenHash)) {
        return Caller {Caller::Kind::Admin};
    }
    if (isSessionToken(token)) {
        const auto who = signedIn(m_store, token, m_clock.utcMs());
        if (!who) {
            return who.error();
        }
        return *who ? Caller {Caller::Kind::Account, {}, **who, {}} : Caller {};
    }
    const qsizetype end = token.lastIndexOf('.');
    const QByteArray payload = token.left(end < 0 ? 0 : end);
    if (!isSame(seal(payload), QByteArray::fromBase64(token.mid(end + 1), urlSafe))) {
        return Caller {};
    }
    const QList<QByteArray> parts = payload.split('.');
    if (parts.size() != 2 || parts.last().toLongLong() <= m_clock.utcMs()) {
        return Caller {};
    }
    const auto device = m_store.device(QString::fromLatin1(parts.first()));
    if (!device) {
        return device.error();
    }
    if (!*device) {
        return Caller {};
    }
    return Caller {(*device)->revoked ? Caller::Kind::RevokedDevice : Caller::Kind::Device, **device};
}

} // namespace qingfeng::server
