#pragma once

#include <xcb/xcb.h>

#include <cstdint>

namespace qingfeng::gate {

/** Asks to be told of monitors that come, go or change; the extension's first event number, 0 without it. */
std::uint8_t listenToRandr(xcb_connection_t *c);

/** Makes XFixes ready to tell of a compositor that comes or goes; its first event number, 0 without it. */
std::uint8_t listenToFixes(xcb_connection_t *c);

/** Asks XFixes to be told whenever a selection gets another owner or none. */
void listenToSelection(xcb_connection_t *c, xcb_window_t root, xcb_atom_t selection);

} // namespace qingfeng::gate
