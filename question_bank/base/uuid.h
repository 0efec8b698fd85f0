#pragma once

#include "question_bank/base/clock.h"
#include "question_bank/base/random.h"

#include <QString>

namespace qingfeng {

/**
 * A time-ordered UUID version 7 (RFC 9562 §5.7), lower case with hyphens: 48 bits of milliseconds, then
 * random bits. Ids made later sort later, which keeps ledgers append-only in their index too.
 */
QString makeUuidV7(const Clock &clock, Random &random);

/** True for a lower-case hyphenated UUID of any version. */
bool isUuid(const QString &text);

} // namespace qingfeng
