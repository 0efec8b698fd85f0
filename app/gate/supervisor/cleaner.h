#pragma once

#include <string>

namespace qingfeng::gate {

/** Whose windows the cleaner takes away. */
enum class Clean {
    DeadGates, ///< only what a dead gate has left
    Everything, ///< also a holder that still runs, at the end of its own gate's run
};

/**
 * Removes retained curtains from a display, in a process of its own with a deadline of 3 s, so that a hung
 * server hangs nobody. Safe when there are none, and when there is no display.
 */
void clean(const std::string &display, Clean what);

} // namespace qingfeng::gate
