#pragma once

#include "app/gate/core/states.h"

#include <sys/types.h>

#include <cstdint>

namespace qingfeng::gate {

/** What is known of unlock codes that were used and tried. */
struct UnlockState
{
    std::int64_t day = 0; ///< of the code that was used last
    int used = 0; ///< its number on that day, 0 for none
    int failures = 0; ///< wrong codes in a row
    std::int64_t lastFailureMs = 0; ///< UTC
};

/**
 * What outlives a supervisor: plain data in memory shared between the warden and its supervisors, written by
 * one of them at a time. A supervisor killed again and again can therefore neither lengthen the time that
 * faults keep the PC closed nor shorten the countdown.
 */
struct SharedState
{
    Ledger ledger;
    bool covered = false; ///< a holder has covered the screen at least once in this run
    bool heldElsewhere = false; ///< another gate has this display: nothing here may be cleaned
    pid_t holder = -1; ///< the newest holder
    UnlockState unlock;
    std::int64_t beatMs = 0; ///< when the supervisor was last seen alive
};

} // namespace qingfeng::gate
