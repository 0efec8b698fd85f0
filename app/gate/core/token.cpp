#include "app/gate/core/token.h"

#include <sodium.h>

namespace qingfeng::gate {

namespace {

std::string hexOf(const std::uint8_t *bytes, std::size_t count)
{
    std::string text(count * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes, count);
    text.pop_back();
    return text;
}

} // namespace

Secret makeSecret()
{
    Secret secret{};
    randombytes_buf(secret.data(), secret.size());
    return secret;
}

std::string toHex(const Secret &secret)
{
    return hexOf(secret.data(), secret.size());
}

std::string makeToken(const Secret &secret, std::string_view obligation, std::string_view attempt)
{
    static_assert(std::tuple_size_v<Secret> == crypto_auth_hmacsha256_KEYBYTES);
    const std::string message = std::string(obligation) + '|' + std::string(attempt);
    std::array<std::uint8_t, crypto_auth_hmacsha256_BYTES> mac{};
    crypto_auth_hmacsha256(
        mac.data(), reinterpret_cast<const unsigned char *>(message.data()), message.size(), secret.data());
    return hexOf(mac.data(), mac.size());
}

bool isTokenValid(
    const Secret &secret, std::string_view obligation, std::string_view attempt, std::string_view token)
{
    constexpr auto separator = std::string_view::npos;
    if (obligation.empty() || attempt.empty() || obligation.find('|') != separator
        || attempt.find('|') != separator) {
        return false;
    }
    const std::string expected = makeToken(secret, obligation, attempt);
    return token.size() == expected.size()
        && sodium_memcmp(token.data(), expected.data(), expected.size()) == 0;
}

} // namespace qingfeng::gate
