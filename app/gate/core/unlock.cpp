#include "app/gate/core/unlock.h"

#include "app/gate/core/protocol.h"
#include "app/gate/core/unique_fd.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <ctime>

namespace qingfeng::gate {

namespace {

using Mac = std::array<std::uint8_t, crypto_auth_hmacsha256_BYTES>;

constexpr std::int64_t base = std::int64_t(unlockLetters.size());
constexpr std::int64_t dayCycle = base * base; // days told apart by two letters
constexpr std::int64_t msADay = 86'400'000;
constexpr std::size_t mostFileBytes = 256 * 1024;
// RFC 9106, as libsodium offers it: two passes over 32 MiB, about 40 ms on a PC.
constexpr unsigned long long verifierPasses = 2;
constexpr std::size_t verifierBytes = 32UL * 1024 * 1024;

Mac macOf(const std::uint8_t *key, std::string_view message)
{
    Mac mac{};
    crypto_auth_hmacsha256(
        mac.data(), reinterpret_cast<const unsigned char *>(message.data()), message.size(), key);
    return mac;
}

/** The first letters of a hash written in our letters; 64 bits are more than they hold. */
std::string lettersOf(const Mac &mac, std::size_t count)
{
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i) {
        number = number << 8 | mac[i];
    }
    std::string letters;
    for (std::size_t i = 0; i < count; ++i) {
        letters += unlockLetters[number % unlockLetters.size()];
        number /= unlockLetters.size();
    }
    return letters;
}

/** Luhn mod N: tells every wrong letter and nearly every exchange of two. */
char checkLetter(std::string_view letters)
{
    std::size_t factor = 2;
    std::size_t sum = 0;
    for (auto letter = letters.rbegin(); letter != letters.rend(); ++letter) {
        const std::size_t added = factor * unlockLetters.find(*letter);
        sum += added / unlockLetters.size() + added % unlockLetters.size();
        factor = factor == 2 ? 1 : 2;
    }
    return unlockLetters[(unlockLetters.size() - sum % unlockLetters.size()) % unlockLetters.size()];
}

bool isWellFormed(std::string_view letters, std::size_t length)
{
    const bool known = std::all_of(letters.begin(), letters.end(),
        [](char letter) { return unlockLetters.find(letter) != std::string_view::npos; });
    return known && letters.size() == length && checkLetter(letters.substr(0, length - 1)) == letters.back();
}

std::string meaning(const UnlockChallenge &challenge)
{
    return challenge.device + '|' + dayText(challenge.day) + '|' + std::to_string(challenge.number);
}

std::string firstLine(const char *path)
{
    const UniqueFd fd(::open(path, O_RDONLY | O_CLOEXEC));
    char text[128] = {};
    const ssize_t length = fd ? ::read(fd.get(), text, sizeof text - 1) : 0;
    const std::string_view read(text, length > 0 ? std::size_t(length) : 0);
    return std::string(read.substr(0, read.find('\n')));
}

std::string hexOf(const UnlockVerifier &verifier)
{
    char text[2 * sizeof(UnlockVerifier) + 1];
    sodium_bin2hex(text, sizeof text, verifier.data(), verifier.size());
    return text;
}

std::optional<UnlockVerifier> verifierFrom(std::string_view hex)
{
    UnlockVerifier verifier{};
    std::size_t length = 0;
    const int failed
        = sodium_hex2bin(verifier.data(), verifier.size(), hex.data(), hex.size(), nullptr, &length, nullptr);
    return failed == 0 && length == verifier.size() && hex.size() == 2 * length ? std::optional(verifier)
                                                                                : std::nullopt;
}

} // namespace

std::string unlockDevice(std::string_view machineId)
{
    std::array<std::uint8_t, crypto_auth_hmacsha256_KEYBYTES> key{};
    std::memcpy(key.data(), "qingfeng-unlock-device", 22);
    return lettersOf(macOf(key.data(), machineId), unlockDeviceLength);
}

std::string ownUnlockDevice()
{
    std::string id = firstLine("/etc/machine-id");
    if (id.empty()) {
        char name[256] = {};
        ::gethostname(name, sizeof name - 1);
        id = name;
    }
    return unlockDevice(id);
}

std::int64_t dayNumber(std::int64_t utcMs, int utcOffsetSeconds)
{
    const std::int64_t local = utcMs + std::int64_t(utcOffsetSeconds) * 1000;
    return local / msADay - (local % msADay < 0 ? 1 : 0);
}

std::string dayText(std::int64_t day)
{
    const auto seconds = std::time_t(day * (msADay / 1000));
    std::tm date = {};
    char text[32] = {};
    if (::gmtime_r(&seconds, &date) != nullptr) {
        std::strftime(text, sizeof text, "%Y-%m-%d", &date);
    }
    return text;
}

std::string plainLetters(std::string_view typed)
{
    std::string plain;
    for (const char c : typed) {
        if (c == ' ' || c == '-') {
            continue;
        }
        plain += c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
    }
    return plain;
}

std::string grouped(std::string_view letters)
{
    constexpr std::size_t group = 5;
    return letters.size() <= group
        ? std::string(letters)
        : std::string(letters.substr(0, group)) + '-' + grouped(letters.substr(group));
}

std::string challengeText(const UnlockChallenge &challenge)
{
    const std::int64_t day = (challenge.day % dayCycle + dayCycle) % dayCycle;
    std::string text = challenge.device;
    text += unlockLetters[std::size_t(day / base)];
    text += unlockLetters[std::size_t(day % base)];
    text += unlockLetters[std::size_t(challenge.number)];
    return text + checkLetter(text);
}

std::optional<UnlockChallenge> parseChallenge(std::string_view typed, std::int64_t today)
{
    const std::string plain = plainLetters(typed);
    if (!isWellFormed(plain, unlockChallengeLength)) {
        return std::nullopt;
    }
    const auto place = [&plain](std::size_t i) { return std::int64_t(unlockLetters.find(plain[i])); };
    const std::int64_t inCycle = place(unlockDeviceLength) * base + place(unlockDeviceLength + 1);
    const std::int64_t ahead = ((inCycle - today) % dayCycle + dayCycle) % dayCycle;
    const std::int64_t nearest = today + (ahead > dayCycle / 2 ? ahead - dayCycle : ahead);
    const auto number = int(place(unlockDeviceLength + 2));
    if (number < 1 || number > unlockCodesADay) {
        return std::nullopt;
    }
    return UnlockChallenge{plain.substr(0, unlockDeviceLength), nearest, number};
}

bool isUnlockCode(std::string_view plain)
{
    return isWellFormed(plain, unlockCodeLength);
}

std::string makeUnlockCode(const UnlockKey &key, const UnlockChallenge &challenge)
{
    const Mac ofDevice = macOf(key.data(), "qingfeng-unlock-1|" + challenge.device);
    const std::string letters = lettersOf(macOf(ofDevice.data(), meaning(challenge)), unlockCodeLength - 1);
    return letters + checkLetter(letters);
}

std::optional<UnlockVerifier> makeUnlockVerifier(std::string_view code, const UnlockChallenge &challenge)
{
    static_assert(crypto_pwhash_argon2id_SALTBYTES <= crypto_auth_hmacsha256_BYTES);
    const std::array<std::uint8_t, crypto_auth_hmacsha256_KEYBYTES> noKey{};
    const Mac salt = macOf(noKey.data(), meaning(challenge));
    UnlockVerifier verifier{};
    const int failed = crypto_pwhash_argon2id(verifier.data(), verifier.size(), code.data(), code.size(),
        salt.data(), verifierPasses, verifierBytes, crypto_pwhash_argon2id_ALG_ARGON2ID13);
    return failed == 0 ? std::optional(verifier) : std::nullopt;
}

const UnlockVerifier *UnlockFile::verifier(std::int64_t day, int number) const
{
    const std::int64_t place = (day - firstDay) * unlockCodesADay + number - 1;
    const bool inside = day >= firstDay && number >= 1 && number <= unlockCodesADay
        && place < std::int64_t(verifiers.size());
    return inside ? &verifiers[std::size_t(place)] : nullptr;
}

std::optional<UnlockFile> makeUnlockFile(const UnlockKey &key, const std::string &device,
    std::int64_t firstDay, int days, const std::function<void(int)> &progress)
{
    UnlockFile file{device, firstDay, {}};
    for (int day = 0; day < days; ++day) {
        for (int number = 1; number <= unlockCodesADay; ++number) {
            const UnlockChallenge challenge{device, firstDay + day, number};
            const auto verifier = makeUnlockVerifier(makeUnlockCode(key, challenge), challenge);
            if (!verifier) {
                return std::nullopt;
            }
            file.verifiers.push_back(*verifier);
        }
        if (progress) {
            progress(day + 1);
        }
    }
    return file;
}

std::string writeUnlockFile(const UnlockFile &file)
{
    std::string text = "qingfeng-unlock 1 " + file.device + ' ' + std::to_string(file.firstDay) + '\n';
    for (const UnlockVerifier &verifier : file.verifiers) {
        text += hexOf(verifier) + '\n';
    }
    return text;
}

std::optional<UnlockFile> parseUnlockFile(std::string_view text)
{
    constexpr std::uint64_t mostDay = 100'000; // the year 2243
    const auto takeLine = [&text] {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        return line;
    };
    const auto head = words(takeLine());
    const auto firstDay = head.size() == 4 ? parseNumber(head[3], mostDay) : std::nullopt;
    if (!firstDay || head[0] != "qingfeng-unlock" || head[1] != "1" || head[2].size() != unlockDeviceLength) {
        return std::nullopt;
    }
    UnlockFile file{std::string(head[2]), std::int64_t(*firstDay), {}};
    while (!text.empty()) {
        const auto verifier = verifierFrom(takeLine());
        if (!verifier || file.days() >= unlockMostDays) {
            return std::nullopt;
        }
        file.verifiers.push_back(*verifier);
    }
    const bool wholeDays = file.verifiers.size() % std::size_t(unlockCodesADay) == 0;
    return wholeDays && !file.verifiers.empty() ? std::optional(file) : std::nullopt;
}

std::optional<UnlockFile> readUnlockFile(const std::string &path)
{
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat info = {};
    if (!fd || ::fstat(fd.get(), &info) != 0 || !S_ISREG(info.st_mode) || info.st_uid != 0
        || (info.st_mode & (S_IWGRP | S_IWOTH)) != 0 || info.st_size > off_t(mostFileBytes)) {
        return std::nullopt;
    }
    std::string text(std::size_t(info.st_size), '\0');
    const ssize_t length = ::read(fd.get(), text.data(), text.size());
    return length == ssize_t(text.size()) ? parseUnlockFile(text) : std::nullopt;
}

} // namespace qingfeng::gate
