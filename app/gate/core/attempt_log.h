#pragma once

#include "app/gate/core/built_in.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace qingfeng::gate {

/** One answer to a built-in question. */
struct BuiltInAttempt
{
    std::string id; ///< UUIDv7, made when the question is shown
    std::size_t question = 0; ///< in builtInQuestions
    std::vector<std::size_t> order; ///< places of the choices, as shown
    std::string choice; ///< id of a choice, or unsureWord
    Verdict verdict = Verdict::Wrong;
    std::int64_t responseMs = 0;
    std::int64_t answeredAtMs = 0; ///< UTC
    int utcOffsetSeconds = 0;
};

/**
 * Keeps answers to built-in questions until the workstation takes them into its store: gate-attempts.jsonl,
 * one JSON object a line, with the names of the attempt's own exchange form. Person and obligation are not in
 * it: whoever reads it knows them.
 */
class AttemptLog
{
public:
    /** @param folders  tried in this order: the first one that takes the line has it */
    explicit AttemptLog(std::vector<std::string> folders)
        : m_folders(std::move(folders))
    {
    }
    /** True when the answer is on the disk (or, in the last resort, in the session's own folder). */
    bool record(const BuiltInAttempt &attempt) const;

    static constexpr const char *fileName = "gate-attempts.jsonl";

private:
    std::vector<std::string> m_folders;
};

/** The event folder, and for a disk that takes nothing $XDG_RUNTIME_DIR/qingfeng-stand-in. */
std::vector<std::string> attemptFolders(const std::string &eventFolder);

/** Seconds that local time is ahead of UTC at this moment. */
int utcOffsetSeconds();

std::string attemptLine(const BuiltInAttempt &attempt);

} // namespace qingfeng::gate
