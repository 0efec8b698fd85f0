#pragma once

#include "app/gate/core/protocol.h"

#include <xcb/xcb.h>

namespace qingfeng::gate {

/** The root window as it is now and its RandR monitors, primary first; without RandR 1.5 the whole root. */
Geometry queryGeometry(xcb_connection_t *c, xcb_window_t root);

/** The largest size that RandR can give this root, its present size without RandR. */
Rect largestRoot(xcb_connection_t *c, xcb_window_t root, const Rect &present);

/** True when the server offers RandR 1.5 or later. */
bool hasMonitors(xcb_connection_t *c);

} // namespace qingfeng::gate
