#pragma once

#include "question_bank/base/result.h"

#include <QByteArray>

/** SM2 with SM3 over OpenSSL's EVP; reached through signature.h. */
namespace qingfeng {

constexpr qsizetype sm2PublicKeySize = 65;

/** DER signature of @p message under the signer's id that the standards name as the default. */
Result<QByteArray> signSm2(const QByteArray &message, const QByteArray &secret);

bool verifySm2(const QByteArray &message, const QByteArray &signature, const QByteArray &publicKey);

} // namespace qingfeng
