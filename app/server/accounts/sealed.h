#pragma once

#include "question_bank/base/random.h"
#include "question_bank/base/result.h"

#include <QByteArray>

namespace qingfeng::server {

inline constexpr int sealKeyBytes = 32;

/**
 * Encrypts and authenticates a small secret that must be read again (XSalsa20-Poly1305), so that the database alone
 * tells nobody. @param key  sealKeyBytes
 */
QByteArray seal(const QByteArray &plain, const QByteArray &key, Random &random);

/** Corrupt: it was changed, or sealed with another key. */
Result<QByteArray> unseal(const QByteArray &sealed, const QByteArray &key);

} // namespace qingfeng::server
