#pragma once

#include <optional>

#include <QByteArray>
#include <QString>

/** Codes that change with time (RFC 6238, TOTP), as the usual telephone programs make them. */
namespace qingfeng::server {

enum class TotpHash { Sha1, Sha256, Sha512 };

inline constexpr qint64 totpStepMs = 30'000;
inline constexpr int totpSecretBytes = 20;

/** The code of one time step; RFC 4226's truncation. @param digits  6 … 8 */
QString totpCode(const QByteArray &secret, qint64 step, int digits = 6, TotpHash hash = TotpHash::Sha1);

/**
 * The step whose code this is: the present one, or one before or after it for clocks that differ. Only steps after
 * @p lastStep count, so that a code that was seen or overheard is worth nothing.
 */
std::optional<qint64> matchTotp(const QByteArray &secret, const QString &code, qint64 nowMs, qint64 lastStep);

/** RFC 4648, without padding. */
QString base32(const QByteArray &bytes);

/** What a telephone scans: otpauth://totp/… */
QString totpUri(const QString &issuer, const QString &account, const QByteArray &secret);

} // namespace qingfeng::server
