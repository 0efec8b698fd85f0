#pragma once

#include <cstdint>
#include <ctime>

namespace qingfeng::gate {

/** Milliseconds of a clock that never goes back and stands still while the PC sleeps: for every deadline. */
inline std::int64_t monotonicMs()
{
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return std::int64_t(t.tv_sec) * 1000 + t.tv_nsec / 1000000;
}

/** Milliseconds since 1970-01-01T00:00Z: only for records. */
inline std::int64_t wallClockMs()
{
    timespec t{};
    clock_gettime(CLOCK_REALTIME, &t);
    return std::int64_t(t.tv_sec) * 1000 + t.tv_nsec / 1000000;
}

} // namespace qingfeng::gate
