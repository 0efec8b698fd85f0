#pragma once

#include "app/server/accounts/sessions.h"
#include "app/server/event_store/event_store.h"
#include "question_bank/base/clock.h"

#include <QByteArray>

namespace qingfeng::server {

/** Who asks. */
struct Caller
{
    enum class Kind {
        Nobody,
        Device,
        RevokedDevice,
        Admin, ///< the holder of the connection file
        Account, ///< an administrator who is signed in
        Tool, ///< another program that speaks xAPI
    };
    Kind kind = Kind::Nobody;
    Device device = {}; ///< of a device, revoked or not
    SignedIn account = {};
    ToolInfo tool = {};
};

/**
 * Tells callers by their bearer token. A device's token is its id and an expiry under HMAC-SHA256, so that no
 * state is kept; the local administrator's and a session's are 256 random bits of which only the hash is known here.
 * Other programs have Basic credentials.
 */
class Callers
{
public:
    /**
     * @param hmacKey         32 bytes, held in the store so that all servers share it
     * @param adminTokenHash  SHA-256 of the administrator's token
     */
    Callers(const EventStore &store, const Clock &clock, QByteArray hmacKey, QByteArray adminTokenHash);

    static constexpr qint64 tokenLifeMs = 3'600'000;

    QString issueToken(const QString &device, qint64 expiresAtMs) const;
    /** Nobody for a token that is missing, forged or expired; an error only when the store fails. */
    Result<Caller> identify(const QByteArray &authorization) const;

private:
    QByteArray seal(const QByteArray &payload) const;

    const EventStore &m_store;
    const Clock &m_clock;
    const QByteArray m_hmacKey;
    const QByteArray m_adminTokenHash;
};

} // namespace qingfeng::server
