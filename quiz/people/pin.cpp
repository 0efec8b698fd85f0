#include "quiz/people/pin.h"

#include <array>

#include <sodium.h>

namespace qingfeng {

Result<QString> hashPin(const QString &pin)
{
    if (pin.size() < 4 || pin.size() > 32) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("a PIN has 4 to 32 characters"));
    }
    std::array<char, crypto_pwhash_STRBYTES> hash {};
    const QByteArray utf8 = pin.toUtf8();
    if (sodium_init() < 0
        || crypto_pwhash_str(hash.data(), utf8.constData(), std::size_t(utf8.size()),
               crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE)
            != 0) {
        return Error(ErrorCode::Internal, QStringLiteral("argon2id failed: not enough memory"));
    }
    return QString::fromLatin1(hash.data());
}

bool pinMatches(const QString &pin, const QString &hash)
{
    const QByteArray utf8 = pin.toUtf8();
    const QByteArray stored = hash.toLatin1();
    return !hash.isEmpty() && sodium_init() >= 0
        && crypto_pwhash_str_verify(stored.constData(), utf8.constData(), std::size_t(utf8.size())) == 0;
}

} // namespace qingfeng
