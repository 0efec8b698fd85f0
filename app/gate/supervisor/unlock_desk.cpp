#include "app/gate/supervisor/unlock_desk.h"

#include "app/gate/core/events.h"
#include "app/gate/core/protocol.h"
#include "app/gate/core/unique_fd.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace qingfeng::gate {

namespace {

constexpr int freeTries = 3;
constexpr int firstWaitSeconds = 5;
constexpr int mostWaitSeconds = 900;
constexpr std::int64_t forgottenAfterMs = 86'400'000;
constexpr std::uint64_t mostNumber = std::uint64_t(1) << 52;

int waitAfter(int failures)
{
    if (failures < freeTries) {
        return 0;
    }
    const int doublings = std::min(failures - freeTries, 16);
    return std::min(firstWaitSeconds << doublings, mostWaitSeconds);
}

} // namespace

UnlockDesk::UnlockDesk(std::string codesFile, std::string stateFolder, UnlockState &state)
    : m_codesFile(std::move(codesFile))
    , m_stateFolder(std::move(stateFolder))
    , m_state(state)
{
}

/** The state on the disk counts where it says more than what is remembered. */
void UnlockDesk::load()
{
    if (m_loaded) {
        return;
    }
    m_loaded = true;
    m_codes = readUnlockFile(m_codesFile);
    if (m_codes && m_codes->device != ownUnlockDevice()) {
        m_codes.reset(); // another PC's
    }
    const UniqueFd fd(::open(path().c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW));
    char text[128] = {};
    const ssize_t length = fd ? ::read(fd.get(), text, sizeof text - 1) : 0;
    std::string_view line(text, length > 0 ? std::size_t(length) : 0);
    line = line.substr(0, line.find('\n'));
    const auto parts = words(line);
    if (parts.size() != 4) {
        return;
    }
    const auto day = parseNumber(parts[0], mostNumber);
    const auto used = parseNumber(parts[1], 100);
    const auto failures = parseNumber(parts[2], 100'000);
    const auto lastMs = parseNumber(parts[3], mostNumber);
    if (!day || !used || !failures || !lastMs) {
        return;
    }
    if (std::int64_t(*day) > m_state.day
        || (std::int64_t(*day) == m_state.day && int(*used) > m_state.used)) {
        m_state.day = std::int64_t(*day);
        m_state.used = int(*used);
    }
    if (int(*failures) > m_state.failures) {
        m_state.failures = int(*failures);
        m_state.lastFailureMs = std::int64_t(*lastMs);
    }
}

void UnlockDesk::save() const
{
    const std::string text = std::to_string(m_state.day) + ' ' + std::to_string(m_state.used) + ' '
        + std::to_string(m_state.failures) + ' ' + std::to_string(m_state.lastFailureMs) + '\n';
    makeFolders(m_stateFolder);
    const std::string written = path() + ".new";
    UniqueFd fd(::open(written.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd || ::write(fd.get(), text.data(), text.size()) != ssize_t(text.size()) || ::fsync(fd.get()) != 0
        || ::rename(written.c_str(), path().c_str()) != 0) {
        std::perror("qingfeng-gate: gate-unlock"); // what is shared with the warden holds for this run
    }
}

std::optional<UnlockChallenge> UnlockDesk::present(std::int64_t utcMs, int utcOffsetSeconds)
{
    load();
    if (!m_codes) {
        return std::nullopt;
    }
    // A clock that was set back brings no used code back.
    const std::int64_t day = std::max(dayNumber(utcMs, utcOffsetSeconds), m_state.used > 0 ? m_state.day : 0);
    const int number = day == m_state.day ? m_state.used + 1 : 1;
    return m_codes->verifier(day, number) != nullptr
        ? std::optional(UnlockChallenge{m_codes->device, day, number})
        : std::nullopt;
}

std::optional<std::string> UnlockDesk::challenge(std::int64_t utcMs, int utcOffsetSeconds)
{
    const auto now = present(utcMs, utcOffsetSeconds);
    return now ? std::optional(grouped(challengeText(*now))) : std::nullopt;
}

int UnlockDesk::waitSeconds(std::int64_t utcMs) const
{
    const std::int64_t sinceMs = std::max<std::int64_t>(0, utcMs - m_state.lastFailureMs);
    const std::int64_t leftMs = std::int64_t(waitAfter(m_state.failures)) * 1000 - sinceMs;
    return leftMs > 0 ? int((leftMs + 999) / 1000) : 0;
}

UnlockDesk::Answer UnlockDesk::tryCode(std::string_view typed, std::int64_t utcMs, int utcOffsetSeconds)
{
    const std::string code = plainLetters(typed);
    if (!isUnlockCode(code)) {
        return {Answer::Typo};
    }
    const auto asked = present(utcMs, utcOffsetSeconds);
    if (utcMs - m_state.lastFailureMs > forgottenAfterMs) {
        m_state.failures = 0;
    }
    if (utcMs < m_state.lastFailureMs) {
        m_state.lastFailureMs = utcMs; // the clock was set back: the wait begins anew, and ends
        save();
    }
    if (const int seconds = waitSeconds(utcMs); seconds > 0) {
        return {Answer::Wait, seconds};
    }
    const auto verifier = asked ? makeUnlockVerifier(code, *asked) : std::nullopt;
    const UnlockVerifier *expected = asked ? m_codes->verifier(asked->day, asked->number) : nullptr;
    if (verifier && sodium_memcmp(verifier->data(), expected->data(), expected->size()) == 0) {
        m_state = {asked->day, asked->number, 0, 0};
        save();
        return {Answer::Accepted, 0,
            asked->device + ' ' + dayText(asked->day) + ' ' + std::to_string(asked->number)};
    }
    ++m_state.failures;
    m_state.lastFailureMs = utcMs;
    save();
    return {Answer::Wrong, waitSeconds(utcMs)};
}

} // namespace qingfeng::gate
