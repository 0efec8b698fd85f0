#include "app/server/accounts/password.h"

#include "quiz/protocol/account_messages.h"

#include <array>

#include <sodium.h>

#include <QSet>

namespace qingfeng::server {
namespace {

constexpr unsigned long long passes = 3;
constexpr std::size_t memoryBytes = 64 * 1024 * 1024;
constexpr int minDifferent = 6;
constexpr char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; ///< Crockford's base 32

QByteArray bytesOf(const QString &password)
{
    return password.normalized(QString::NormalizationForm_KC).toUtf8();
}

Error unfit(const QString &why)
{
    return Error(ErrorCode::InvalidArgument, why, QStringLiteral("password"));
}

/** What is compared with where there is no hash. */
const QString &nobodysHash()
{
    static const QString hash = [] {
        SystemRandom random;
        const auto made = hashPassword(QString::fromLatin1(random.bytes(16).toHex()));
        return made ? *made : QString();
    }();
    return hash;
}

bool verifies(const QByteArray &password, const QString &hash)
{
    const QByteArray stored = hash.toLatin1();
    return crypto_pwhash_str_verify(stored.constData(), password.constData(), std::size_t(password.size())) == 0;
}

} // namespace

Result<void> checkPassword(const QString &password, const QString &accountName)
{
    if (password.size() < minPassword || password.size() > maxPassword) {
        return unfit(QStringLiteral("口令须有 %1 到 %2 个字符").arg(minPassword).arg(maxPassword));
    }
    const QString lower = password.toLower();
    if (QSet<QChar>(lower.begin(), lower.end()).size() < minDifferent) {
        return unfit(QStringLiteral("口令中不同的字符太少，至少要有 %1 个").arg(minDifferent));
    }
    if (!accountName.isEmpty() && lower.contains(accountName.toLower())) {
        return unfit(QStringLiteral("口令中不能含有账号名"));
    }
    return {};
}

Result<QString> hashPassword(const QString &password)
{
    std::array<char, crypto_pwhash_STRBYTES> hash {};
    const QByteArray bytes = bytesOf(password);
    if (sodium_init() < 0
        || crypto_pwhash_str_alg(hash.data(), bytes.constData(), std::size_t(bytes.size()), passes, memoryBytes,
               crypto_pwhash_ALG_ARGON2ID13)
            != 0) {
        return Error(ErrorCode::Internal, QStringLiteral("argon2id failed: not enough memory"));
    }
    return QString::fromLatin1(hash.data());
}

bool passwordMatches(const QString &password, const QString &hash)
{
    const QByteArray bytes = bytesOf(password);
    if (sodium_init() < 0) {
        return false;
    }
    if (!hash.startsWith(QLatin1String("$argon2id$"))) {
        (void)verifies(bytes, nobodysHash());
        return false;
    }
    return verifies(bytes, hash);
}

bool isOutdatedHash(const QString &hash)
{
    return sodium_init() >= 0
        && crypto_pwhash_str_needs_rehash(hash.toLatin1().constData(), passes, memoryBytes) != 0;
}

QString makePassword(Random &random)
{
    QString password;
    for (int i = 0; i < 16; ++i) {
        if (i > 0 && i % 4 == 0) {
            password += QLatin1Char('-');
        }
        password += QLatin1Char(letters[random.below(32)]);
    }
    return password;
}

} // namespace qingfeng::server
