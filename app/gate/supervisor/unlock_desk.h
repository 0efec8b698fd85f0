#pragma once

#include "app/gate/core/unlock.h"
#include "app/gate/supervisor/shared_state.h"

#include <cstdint>
#include <optional>
#include <string>

namespace qingfeng::gate {

/**
 * Takes unlock codes: says which challenge is on, checks what is typed, lets each code open once, and makes
 * those wait who try. What was used and tried is kept in a file beside the events, so that neither a new UI
 * nor a new gate begins afresh, and in memory shared with the warden where no file can be written.
 */
class UnlockDesk
{
public:
    /** @param codesFile see readUnlockFile() */
    UnlockDesk(std::string codesFile, std::string stateFolder, UnlockState &state);

    /** What the administrator is to be told, in groups; nothing where no code could open now. */
    std::optional<std::string> challenge(std::int64_t utcMs, int utcOffsetSeconds);

    struct Answer
    {
        enum Kind { Accepted, Typo, Wrong, Wait } kind;
        int seconds = 0; ///< to wait before the next try counts
        std::string code = {}; ///< Accepted: which one: device, day and number
    };
    Answer tryCode(std::string_view typed, std::int64_t utcMs, int utcOffsetSeconds);

private:
    std::optional<UnlockChallenge> present(std::int64_t utcMs, int utcOffsetSeconds);
    void load();
    void save() const;
    int waitSeconds(std::int64_t utcMs) const;
    std::string path() const { return m_stateFolder + "/gate-unlock"; }

    std::string m_codesFile;
    std::string m_stateFolder;
    UnlockState &m_state;
    std::optional<UnlockFile> m_codes;
    bool m_loaded = false;
};

} // namespace qingfeng::gate
