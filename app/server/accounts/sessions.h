#pragma once

#include "app/server/event_store/event_store.h"
#include "app/server/event_store/rows/account_rows.h"
#include "question_bank/base/random.h"

namespace qingfeng::server {

/** How long a session lasts, whatever it does and when it does nothing. */
inline constexpr qint64 longestSessionMs = 12 * 3'600'000;
inline constexpr qint64 idleSessionMs = 30 * 60'000;
inline constexpr qint64 seenPrecisionMs = 60'000; ///< how exactly the last use is noted

/** Who holds a session's token. */
struct SignedIn
{
    AccountInfo account;
    QByteArray tokenHash;
    bool touchDue = false; ///< its use is to be noted: rows::touchSession()
};

/** Whether a bearer token has the form of a session's; a device's never has. */
bool isSessionToken(const QByteArray &token);
/** A new one, 256 random bits. */
QByteArray makeSessionToken(Random &random);

/** Nothing for a session that is not there, over, idle for too long, or of a disabled account. */
Result<std::optional<SignedIn>> signedIn(const EventStore &store, const QByteArray &token, qint64 nowMs);

/** The tool whose Basic credentials these are; nothing when they are wrong, expired or revoked. */
Result<std::optional<ToolInfo>> toolOf(const EventStore &store, const QByteArray &basic, qint64 nowMs);

/** Scopes of xAPI (1.0.3, part 3, 4.0) that mean something here: those that read. Only devices write. */
bool isXapiScope(const QString &scope);

} // namespace qingfeng::server
