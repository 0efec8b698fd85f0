#pragma once

#include <string>
#include <vector>

namespace qingfeng::gate {

/**
 * The environment that the UI is started with, made from the session's own.
 *
 * Dropped is what would make its loader, toolkit or C library run someone's code or behave otherwise: LD_*,
 * QT_*, QML*, GCONV_PATH, GLIBC_TUNABLES and the like. Set: DISPLAY, QT_QPA_PLATFORM=xcb. A known input
 * method in QT_IM_MODULE is kept. A bus address where nobody answers within 300 ms becomes
 * "disabled:": no stray dbus-daemon is started, and a bus that hangs does not hold the UI.
 *
 * @param inherited  "NAME=value" entries
 */
std::vector<std::string> uiEnvironment(const std::vector<std::string> &inherited, const std::string &display);

/** The entries of this process. */
std::vector<std::string> ownEnvironment();

} // namespace qingfeng::gate
