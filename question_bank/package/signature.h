#pragma once

#include "question_bank/base/result.h"

#include <QByteArray>
#include <QString>

/** Ed25519 (RFC 8032) over OpenSSL: bank packages, device keys and receipts are all signed with it. */
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

/** Short name of a public key, shown and logged: the first 16 hex digits of its SHA-256. */
QString keyId(const QByteArray &publicKey);

/**
 * Key files are one line of text, "ed25519-secret:<base64>" or "ed25519-public:<base64>". A secret is written
 * with mode 0600 to a new file, and an existing file is never overwritten.
 */
Result<KeyPair> readSecretKeyFile(const QString &path);
Result<QByteArray> readPublicKeyFile(const QString &path);
Result<void> writeKeyFiles(const KeyPair &pair, const QString &secretPath, const QString &publicPath);

} // namespace qingfeng
