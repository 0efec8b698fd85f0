#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace qingfeng::gate {

/**
 * Every deadline of the gate, in milliseconds.
 *
 * They come from a root-owned file (key=value, one a line, # for comments); a value outside its bounds is
 * moved to the nearest bound, an unknown key is ignored, and a missing file means these defaults, so no file
 * can make the gate open at once or stay closed for ever.
 */
struct Deadlines
{
    std::int64_t coverMs = 3000; ///< a holder has covered the screen, 500–10,000
    std::int64_t uiStartMs = 5000; ///< the UI has painted its question, 1,000–30,000
    std::int64_t heartbeatMs = 1000; ///< between two pings to the UI, 100–5,000
    std::int64_t heartbeatMisses = 5; ///< unanswered pings until the UI counts as hung, 2–20
    std::int64_t countdownMs = 60000; ///< the visible countdown before failing open, 5,000–150,000
    std::int64_t faultLimitMs = 180000; ///< all time closed by faults, countdown included, 10,000–180,000
    std::int64_t releaseMs = 2000; ///< the UI has left after a pass, 200–10,000
    std::array<std::int64_t, 4> respawnDelaysMs{0, 250, 1000, 2000}; ///< before the n-th respawn of the UI
};

/** Where the deadlines are read from unless another file is named. */
inline constexpr const char *defaultConfigFile = "/etc/qingfeng/gate.conf";

/** Reads the text of such a file. The fault limit leaves at least 5 s beside the countdown. */
Deadlines parseDeadlines(std::string_view text);

/**
 * Reads the file, of which at most 64 KiB count. Defaults if it cannot be read, or if it is not owned by
 * root, or can be written by others: then the person held by the gate could set its deadlines.
 */
Deadlines readDeadlines(const std::string &path);

} // namespace qingfeng::gate
