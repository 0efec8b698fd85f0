#pragma once

#include "question_bank/base/result.h"

#include <QByteArray>
#include <QString>

#include <optional>

/**
 * Ed25519 (RFC 8032) over OpenSSL: bank packages, device keys and receipts are all signed with it. A package may
 * carry a second signature by SM2 with SM3 (GB/T 32918.2, GB/T 32905), for offices that must ask for it.
 */
namespace qingfeng {

struct KeyPair
{
    QByteArray secret; ///< the 32-byte seed; never logged, never sent
    QByteArray publicKey; ///< 32 bytes
};

/** A fresh pair from the system's generator. */
Result<KeyPair> makeKeyPair();

/** Derives the pair that belongs to a 32-byte seed; InvalidArgument for another length. */
Result<KeyPair> keyPairFromSecret(const QByteArray &secret);

/** 64-byte signature of @p message. */
Result<QByteArray> sign(const QByteArray &message, const QByteArray &secret);

/** True only for a signature of @p message by the holder of @p publicKey. */
bool verifySignature(const QByteArray &message, const QByteArray &signature, const QByteArray &publicKey);

enum class SignatureAlgorithm { Ed25519, Sm2 };

/** "ed25519", "sm2-sm3": as written in packages. */
QString algorithmName(SignatureAlgorithm algorithm);
std::optional<SignatureAlgorithm> signatureAlgorithm(const QString &name);

/** A secret key and what it is for. */
struct SigningKey
{
    SignatureAlgorithm algorithm = SignatureAlgorithm::Ed25519;
    KeyPair pair; ///< Sm2: secret of 32 bytes, public key of 65 (uncompressed point, 0x04 first)
};

Result<KeyPair> makeSm2KeyPair();
/** Derives the pair that belongs to a 32-byte secret number; InvalidArgument for what is none. */
Result<KeyPair> sm2KeyPairFromSecret(const QByteArray &secret);

/** Signs with either algorithm: 64 bytes for Ed25519, DER for SM2 (signer's id "1234567812345678"). */
Result<QByteArray> sign(const SigningKey &key, const QByteArray &message);
bool verifySignature(SignatureAlgorithm algorithm, const QByteArray &message, const QByteArray &signature,
    const QByteArray &publicKey);

/** Short name of a public key, shown and logged: the first 16 hex digits of its SHA-256. */
QString keyId(const QByteArray &publicKey);

/**
 * Key files are one line of text, "ed25519-secret:<base64>" or "ed25519-public:<base64>", and with "sm2-" for the
 * other algorithm. A secret is written with mode 0600 to a new file, and an existing file is never overwritten.
 */
Result<KeyPair> readSecretKeyFile(const QString &path);
Result<QByteArray> readPublicKeyFile(const QString &path);
Result<void> writeKeyFiles(const KeyPair &pair, const QString &secretPath, const QString &publicPath);

/** The same for a key of either algorithm. */
Result<SigningKey> readSigningKeyFile(const QString &path);
struct VerifyingKey
{
    SignatureAlgorithm algorithm = SignatureAlgorithm::Ed25519;
    QByteArray publicKey;
};
Result<VerifyingKey> readVerifyingKeyFile(const QString &path);
Result<void> writeKeyFiles(const SigningKey &key, const QString &secretPath, const QString &publicPath);

} // namespace qingfeng
