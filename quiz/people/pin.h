#pragma once

#include "question_bank/base/result.h"

#include <QString>

namespace qingfeng {

/**
 * Argon2id string (RFC 9106, libsodium's interactive limits) of a sign-in PIN of 4–32 characters;
 * InvalidArgument for another length. Takes some 50–100 ms.
 */
Result<QString> hashPin(const QString &pin);

/** True only for the PIN the hash was made from. An empty or malformed hash matches nothing. */
bool pinMatches(const QString &pin, const QString &hash);

} // namespace qingfeng
