#pragma once

#include "question_bank/base/random.h"
#include "question_bank/base/result.h"

#include <QString>

/** Passwords of administrators. Texts are compared in Unicode's form KC, so that they can be typed anywhere. */
namespace qingfeng::server {

inline constexpr int minPassword = 12;

/** InvalidArgument, in words for people: too short or long, of few different characters, or holding the name. */
Result<void> checkPassword(const QString &password, const QString &accountName);

/** Argon2id string (RFC 9106) with three passes over 64 MiB; takes some 100 ms. Internal: out of memory. */
Result<QString> hashPassword(const QString &password);

/**
 * True only for the password the hash was made from. An empty or malformed hash matches nothing, and takes as long
 * as one that is there: who asks does not learn whether an account exists.
 */
bool passwordMatches(const QString &password, const QString &hash);

/** Whether the hash was made with other costs than today's. */
bool isOutdatedHash(const QString &hash);

/** A password for the first sign-in: 80 random bits as four groups of four, without look-alikes. */
QString makePassword(Random &random);

} // namespace qingfeng::server
