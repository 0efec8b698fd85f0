#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/**
 * The administrator's unlock code (解锁码): opens one gate once, without any network.
 *
 * The PC shows a challenge: its own short name, the day, and which code of that day is next. Whoever has the
 * bureau's unlock key makes the code from it: HMAC-SHA256 of device, day and number, in letters that are told
 * apart on the telephone. The gate runs as the person whom it holds, so nothing lies on the PC from which a
 * code can be made: it has only verifiers, Argon2id of each code of the days to come.
 */
namespace qingfeng::gate {

/** Letters of codes and challenges: without those that look or sound alike. */
inline constexpr std::string_view unlockLetters = "23456789ACDEFHJKMNPRTWXY";
inline constexpr std::size_t unlockDeviceLength = 5;
inline constexpr std::size_t unlockChallengeLength
    = 9; ///< device, two letters of the day, number, check letter
inline constexpr std::size_t unlockCodeLength = 10; ///< nine letters and the check letter
inline constexpr int unlockCodesADay = 2;
inline constexpr int unlockMostDays = 400;

using UnlockKey = std::array<std::uint8_t, 32>;
using UnlockVerifier = std::array<std::uint8_t, 16>;

/** Short name of a PC, from its machine id: never the id itself. */
std::string unlockDevice(std::string_view machineId);
/** That of this PC; from its host name where it has no machine id. */
std::string ownUnlockDevice();

/** Days since 1970-01-01 of a local date. */
std::int64_t dayNumber(std::int64_t utcMs, int utcOffsetSeconds);
/** "2026-11-26" */
std::string dayText(std::int64_t day);

/** Letters as they are meant: upper case, without blanks and hyphens. */
std::string plainLetters(std::string_view typed);
/** In groups of five, to be read out. */
std::string grouped(std::string_view letters);

struct UnlockChallenge
{
    std::string device;
    std::int64_t day = 0;
    int number = 1; ///< 1 … unlockCodesADay

    friend bool operator==(const UnlockChallenge &, const UnlockChallenge &) = default;
};
std::string challengeText(const UnlockChallenge &challenge);
/** The day is the one nearest to @p today that fits; nothing where a letter is wrong. */
std::optional<UnlockChallenge> parseChallenge(std::string_view typed, std::int64_t today);

/** True when length, letters and check letter fit: a slip of the ear or the finger is told without being a
 * try. */
bool isUnlockCode(std::string_view plain);
std::string makeUnlockCode(const UnlockKey &key, const UnlockChallenge &challenge);
/** Takes some hundredths of a second, on purpose. Nothing where memory for it is lacking. */
std::optional<UnlockVerifier> makeUnlockVerifier(std::string_view code, const UnlockChallenge &challenge);

/** What lies on a PC: who it is for, and the verifiers of its days. */
struct UnlockFile
{
    std::string device;
    std::int64_t firstDay = 0;
    std::vector<UnlockVerifier> verifiers; ///< unlockCodesADay for each day
    std::int64_t days() const { return std::int64_t(verifiers.size()) / unlockCodesADay; }
    const UnlockVerifier *verifier(std::int64_t day, int number) const;
};
/** @param progress  told of each day that is done */
std::optional<UnlockFile> makeUnlockFile(const UnlockKey &key, const std::string &device,
    std::int64_t firstDay, int days, const std::function<void(int)> &progress = {});
std::string writeUnlockFile(const UnlockFile &file);
std::optional<UnlockFile> parseUnlockFile(std::string_view text);
/** Nothing unless it is whole, root's, and not writable by others. */
std::optional<UnlockFile> readUnlockFile(const std::string &path);

inline constexpr const char *defaultUnlockFile = "/etc/qingfeng/unlock.codes";

} // namespace qingfeng::gate
