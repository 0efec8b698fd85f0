#include "question_bank/package/signature.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/package/sm2.h"

#include <memory>

#include <openssl/evp.h>

#include <QFile>

namespace qingfeng {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

constexpr qsizetype keySize = 32;
constexpr qsizetype signatureSize = 64;

const unsigned char *bytesOf(const QByteArray &array)
{
    return reinterpret_cast<const unsigned char *>(array.constData());
}

Key privateKey(const QByteArray &secret)
{
    if (secret.size() != keySize) {
        return Key(nullptr, &EVP_PKEY_free);
    }
    return Key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytesOf(secret), std::size_t(keySize)),
        &EVP_PKEY_free);
}

Error badKey()
{
    return Error(ErrorCode::InvalidArgument, QStringLiteral("not an Ed25519 secret key of 32 bytes"));
}

Result<QByteArray> readKeyLine(const QString &path, const QByteArray &prefix, qsizetype size = keySize)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error(ErrorCode::Io, file.errorString(), path);
    }
    const QByteArray line = file.read(256).trimmed();
    const QByteArray key = QByteArray::fromBase64(line.mid(prefix.size()));
    if (!line.startsWith(prefix) || key.size() != size) {
        return Error(ErrorCode::InvalidArgument,
            QStringLiteral("expected one line \"%1<base64 of %2 bytes>\"").arg(QString::fromLatin1(prefix)).arg(size),
            path);
    }
    return key;
}

Result<void> writeNew(const QString &path, const QByteArray &line, QFileDevice::Permissions permissions)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly)) {
        return Error(ErrorCode::Io, file.errorString(), path);
    }
    if (!file.setPermissions(permissions) || file.write(line) != line.size() || !file.flush()) {
        return Error(ErrorCode::Io, file.errorString(), path);
    }
    return {};
}

} // namespace

Result<KeyPair> makeKeyPair()
{
    const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), &EVP_PKEY_free);
    QByteArray secret(keySize, '\0');
    std::size_t size = std::size_t(keySize);
    if (!key || EVP_PKEY_get_raw_private_key(key.get(), reinterpret_cast<unsigned char *>(secret.data()), &size) != 1) {
        return Error(ErrorCode::Internal, QStringLiteral("Ed25519 key generation failed"));
    }
    return keyPairFromSecret(secret);
}

Result<KeyPair> keyPairFromSecret(const QByteArray &secret)
{
    const Key key = privateKey(secret);
    QByteArray publicKey(keySize, '\0');
    std::size_t size = std::size_t(keySize);
    if (!key
        || EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char *>(publicKey.data()), &size) != 1) {
        return badKey();
    }
    return KeyPair {secret, publicKey};
}

Result<QByteArray> sign(const QByteArray &message, const QByteArray &secret)
{
    const Key key = privateKey(secret);
    const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    if (!key || !context) {
        return badKey();
    }
    QByteArray signature(signatureSize, '\0');
    std::size_t size = std::size_t(signatureSize);
    if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1
        || EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size, bytesOf(message),
               std::size_t(message.size()))
            != 1) {
        return Error(ErrorCode::Internal, QStringLiteral("Ed25519 signing failed"));
    }
    return signature;
}

bool verifySignature(const QByteArray &message, const QByteArray &signature, const QByteArray &publicKey)
{
    if (publicKey.size() != keySize || signature.size() != signatureSize) {
        return false;
    }
    const Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytesOf(publicKey), std::size_t(keySize)),
        &EVP_PKEY_free);
    const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    return key && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1
        && EVP_DigestVerify(context.get(), bytesOf(signature), std::size_t(signature.size()), bytesOf(message),
               std::size_t(message.size()))
        == 1;
}

QString keyId(const QByteArray &publicKey)
{
    return sha256Hex(publicKey).left(16);
}

Result<KeyPair> readSecretKeyFile(const QString &path)
{
    const auto secret = readKeyLine(path, "ed25519-secret:");
    if (!secret) {
        return secret.error();
    }
    return keyPairFromSecret(*secret);
}

Result<QByteArray> readPublicKeyFile(const QString &path)
{
    return readKeyLine(path, "ed25519-public:");
}

QString algorithmName(SignatureAlgorithm algorithm)
{
    return algorithm == SignatureAlgorithm::Ed25519 ? QStringLiteral("ed25519") : QStringLiteral("sm2-sm3");
}

std::optional<SignatureAlgorithm> signatureAlgorithm(const QString &name)
{
    for (const SignatureAlgorithm algorithm : {SignatureAlgorithm::Ed25519, SignatureAlgorithm::Sm2}) {
        if (name == algorithmName(algorithm)) {
            return algorithm;
        }
    }
    return std::nullopt;
}

Result<QByteArray> sign(const SigningKey &key, const QByteArray &message)
{
    return key.algorithm == SignatureAlgorithm::Ed25519 ? sign(message, key.pair.secret)
                                                        : signSm2(message, key.pair.secret);
}

bool verifySignature(SignatureAlgorithm algorithm, const QByteArray &message, const QByteArray &signature,
    const QByteArray &publicKey)
{
    return algorithm == SignatureAlgorithm::Ed25519 ? verifySignature(message, signature, publicKey)
                                                    : verifySm2(message, signature, publicKey);
}

Result<SigningKey> readSigningKeyFile(const QString &path)
{
    if (const auto secret = readKeyLine(path, "sm2-secret:")) {
        const auto pair = sm2KeyPairFromSecret(*secret);
        return pair ? Result<SigningKey>(SigningKey {SignatureAlgorithm::Sm2, *pair}) : pair.error();
    }
    const auto pair = readSecretKeyFile(path);
    return pair ? Result<SigningKey>(SigningKey {SignatureAlgorithm::Ed25519, *pair}) : pair.error();
}

Result<VerifyingKey> readVerifyingKeyFile(const QString &path)
{
    if (const auto key = readKeyLine(path, "sm2-public:", sm2PublicKeySize)) {
        return VerifyingKey {SignatureAlgorithm::Sm2, *key};
    }
    const auto key = readPublicKeyFile(path);
    return key ? Result<VerifyingKey>(VerifyingKey {SignatureAlgorithm::Ed25519, *key}) : key.error();
}

Result<void> writeKeyFiles(const SigningKey &key, const QString &secretPath, const QString &publicPath)
{
    const QByteArray name = key.algorithm == SignatureAlgorithm::Ed25519 ? "ed25519" : "sm2";
    const auto owner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    const auto secret = writeNew(secretPath, name + "-secret:" + key.pair.secret.toBase64() + '\n', owner);
    if (!secret) {
        return secret;
    }
    return writeNew(publicPath, name + "-public:" + key.pair.publicKey.toBase64() + '\n',
        owner | QFileDevice::ReadGroup | QFileDevice::ReadOther);
}

Result<void> writeKeyFiles(const KeyPair &pair, const QString &secretPath, const QString &publicPath)
{
    return writeKeyFiles(SigningKey {SignatureAlgorithm::Ed25519, pair}, secretPath, publicPath);
}

} // namespace qingfeng
