#pragma once

#include "app/gate/core/events.h"
#include "app/gate/supervisor/gate_options.h"

namespace qingfeng::gate {

/**
 * The outermost process: starts the supervisor, starts it again if it dies or hangs, and cleans the display
 * at the end. Returns when the desktop is open, at the latest when faults have used up their time.
 */
void runWarden(const GateOptions &options, const EventLog &events);

/** Whether a gate of this user runs on this display, by its lock file. */
bool isGateRunning(const std::string &display);

} // namespace qingfeng::gate
