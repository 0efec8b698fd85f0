#pragma once

#include <sys/types.h>

namespace qingfeng::ctl {

/**
 * Ends everything that descends from @p pid but @p spared, as if by one blow: all is stopped first, so that nothing
 * can put another in its place. What has lost its parent is reaped where it came to this process.
 */
void killDescendants(pid_t pid, pid_t spared = 0);

/** Kills the gate below @p pid with all that it has started; the shells of a hook go on. */
void killGate(pid_t pid);

} // namespace qingfeng::ctl
