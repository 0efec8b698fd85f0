#include "app/server/accounts/sealed.h"

#include <sodium.h>

namespace qingfeng::server {
namespace {

const unsigned char *unsignedBytes(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

} // namespace

QByteArray seal(const QByteArray &plain, const QByteArray &key, Random &random)
{
    static_assert(sealKeyBytes == crypto_secretbox_KEYBYTES);
    Q_ASSERT(key.size() == sealKeyBytes);
    const QByteArray nonce = random.bytes(crypto_secretbox_NONCEBYTES);
    QByteArray box(plain.size() + qsizetype(crypto_secretbox_MACBYTES), '\0');
    crypto_secretbox_easy(reinterpret_cast<unsigned char *>(box.data()), unsignedBytes(plain),
        static_cast<unsigned long long>(plain.size()), unsignedBytes(nonce), unsignedBytes(key));
    return nonce + box;
}

Result<QByteArray> unseal(const QByteArray &sealed, const QByteArray &key)
{
    constexpr qsizetype overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    const Error corrupt(ErrorCode::Corrupt, QStringLiteral("a sealed secret does not open with this key"));
    if (sealed.size() < overhead || key.size() != sealKeyBytes) {
        return corrupt;
    }
    const QByteArray nonce = sealed.left(crypto_secretbox_NONCEBYTES);
    const QByteArray box = sealed.mid(crypto_secretbox_NONCEBYTES);
    QByteArray plain(sealed.size() - overhead, '\0');
    if (crypto_secretbox_open_easy(reinterpret_cast<unsigned char *>(plain.data()), unsignedBytes(box),
            static_cast<unsigned long long>(box.size()), unsignedBytes(nonce), unsignedBytes(key))
        != 0) {
        return corrupt;
    }
    return plain;
}

} // namespace qingfeng::server
