#pragma once

#include <string>

namespace qingfeng::gate {

/**
 * Whether the gate would work on this display, as one JSON object: reachable, screens, monitors, extensions,
 * compositor, window manager, tray, input methods, session type, how long everything for the cover but the
 * showing takes, and whether keyboard and pointer could be grabbed at this moment. It maps no window, and a
 * grab it makes is given back in the same breath.
 */
std::string probe(const std::string &display, bool gateRunning);

} // namespace qingfeng::gate
