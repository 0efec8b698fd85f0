#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace qingfeng::gate {

/** The secret of one run of the gate: 32 random bytes that only the gate and its UI know. */
using Secret = std::array<std::uint8_t, 32>;

/**
 * Words that stand in a pass where no answer does: nothing was owed any more, the emergency exit, a deferral (the
 * obligation stays owed), nothing to ask at this moment.
 */
inline constexpr std::array<std::string_view, 4> passWords{"settled", "exempted", "deferred", "not-owed"};

/** A new secret from the system's random source. */
Secret makeSecret();

/** Lower-case hexadecimal. */
std::string toHex(const Secret &secret);

/**
 * The token that passes the gate: HMAC-SHA256 (RFC 2104, FIPS 180-4) with the run's secret over the UTF-8
 * bytes of "obligation|attempt", in lower-case hexadecimal. The attempt is the id of the answer that settled
 * the obligation, or one of passWords.
 */
std::string makeToken(const Secret &secret, std::string_view obligation, std::string_view attempt);

/** Compares in constant time. False as well for empty ids and for ids that hold the separator "|". */
bool isTokenValid(
    const Secret &secret, std::string_view obligation, std::string_view attempt, std::string_view token);

} // namespace qingfeng::gate
