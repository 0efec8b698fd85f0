#include "app/server/accounts/totp.h"

#include <sodium.h>

#include <QMessageAuthenticationCode>
#include <QUrl>

namespace qingfeng::server {
namespace {

QCryptographicHash::Algorithm algorithmOf(TotpHash hash)
{
    switch (hash) {
    case TotpHash::Sha256:
        return QCryptographicHash::Sha256;
    case TotpHash::Sha512:
        return QCryptographicHash::Sha512;
    case TotpHash::Sha1:
        break;
    }
    return QCryptographicHash::Sha1;
}

} // namespace

QString totpCode(const QByteArray &secret, qint64 step, int digits, TotpHash hash)
{
    QByteArray counter(8, '\0');
    for (int i = 0; i < 8; ++i) {
        counter[7 - i] = char(quint64(step) >> (8 * i) & 0xff);
    }
    const QByteArray mac = QMessageAuthenticationCode::hash(counter, secret, algorithmOf(hash));
    const qsizetype offset = uchar(mac.back()) & 0xf;
    quint32 number = 0;
    for (qsizetype i = 0; i < 4; ++i) {
        number = number << 8 | uchar(mac.at(offset + i));
    }
    number &= 0x7fff'ffff;
    quint32 modulus = 1;
    for (int i = 0; i < digits; ++i) {
        modulus *= 10;
    }
    return QString::number(number % modulus).rightJustified(digits, QLatin1Char('0'));
}

std::optional<qint64> matchTotp(const QByteArray &secret, const QString &code, qint64 nowMs, qint64 lastStep)
{
    const qint64 present = nowMs / totpStepMs;
    const QByteArray given = code.toLatin1();
    std::optional<qint64> found;
    for (qint64 step = present - 1; step <= present + 1; ++step) {
        const QByteArray expected = totpCode(secret, step).toLatin1();
        const bool same = given.size() == expected.size()
            && sodium_memcmp(given.constData(), expected.constData(), std::size_t(expected.size())) == 0;
        if (same && step > lastStep && !found) {
            found = step;
        }
    }
    return found;
}

QString base32(const QByteArray &bytes)
{
    constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    QString text;
    int bits = 0;
    quint32 buffer = 0;
    for (const char byte : bytes) {
        buffer = buffer << 8 | uchar(byte);
        for (bits += 8; bits >= 5; bits -= 5) {
            text += QLatin1Char(alphabet[buffer >> (bits - 5) & 31]);
        }
    }
    if (bits > 0) {
        text += QLatin1Char(alphabet[buffer << (5 - bits) & 31]);
    }
    return text;
}

QString totpUri(const QString &issuer, const QString &account, const QByteArray &secret)
{
    const auto encoded = [](const QString &text) { return QString::fromLatin1(QUrl::toPercentEncoding(text)); };
    return QStringLiteral("otpauth://totp/%1:%2?secret=%3&issuer=%1&algorithm=SHA1&digits=6&period=30")
        .arg(encoded(issuer), encoded(account), base32(secret));
}

} // namespace qingfeng::server
