#include "app/gate/probe.h"

#include "app/gate/core/clocks.h"
#include "app/gate/core/events.h"
#include "app/gate/holder/palette.h"
#include "app/gate/holder/trust.h"
#include "app/gate/x11/connection.h"
#include "app/gate/x11/geometry.h"
#include "app/gate/x11/ownership.h"

#include <xcb/composite.h>
#include <xcb/randr.h>
#include <xcb/res.h>
#include <xcb/xfixes.h>

#include <cstdlib>

namespace qingfeng::gate {

namespace {

std::string quoted(std::string_view text)
{
    return '"' + jsonEscaped(text) + '"';
}

std::string yesNo(bool value)
{
    return value ? "true" : "false";
}

std::string reachName(Reach reach)
{
    switch (reach) {
    case Reach::Connected:
        return "connected";
    case Reach::NoServer:
        return "no-server";
    case Reach::Refused:
        break;
    }
    return "refused";
}

std::string rectJson(const Rect &rect)
{
    return "{\"x\":" + std::to_string(rect.x) + ",\"y\":" + std::to_string(rect.y)
        + ",\"width\":" + std::to_string(rect.width) + ",\"height\":" + std::to_string(rect.height) + '}';
}

std::string screensJson(xcb_connection_t *c)
{
    std::string json;
    for (const xcb_screen_t *screen : screensOf(c)) {
        const Geometry geometry = queryGeometry(c, screen->root);
        std::string monitors;
        for (const Rect &monitor : geometry.monitors) {
            monitors += (monitors.empty() ? "" : ",") + rectJson(monitor);
        }
        json += (json.empty() ? "" : ",") + ("{\"root\":" + rectJson(geometry.root)) + ",\"monitors\":["
            + monitors + "]}";
    }
    return '[' + json + ']';
}

bool hasExtension(xcb_connection_t *c, xcb_extension_t *id)
{
    const xcb_query_extension_reply_t *extension = xcb_get_extension_data(c, id);
    return extension != nullptr && extension->present != 0;
}

bool canGrab(xcb_connection_t *c, xcb_window_t root)
{
    const auto keyboardAsked
        = xcb_grab_keyboard(c, 1, root, XCB_CURRENT_TIME, XCB_GRAB_MODE_ASYNC, XCB_GRAB_MODE_ASYNC);
    const auto pointerAsked = xcb_grab_pointer(c, 1, root, XCB_EVENT_MASK_NO_EVENT, XCB_GRAB_MODE_ASYNC,
        XCB_GRAB_MODE_ASYNC, XCB_WINDOW_NONE, XCB_CURSOR_NONE, XCB_CURRENT_TIME);
    xcb_ungrab_keyboard(c, XCB_CURRENT_TIME);
    xcb_ungrab_pointer(c, XCB_CURRENT_TIME);
    const Reply<xcb_grab_keyboard_reply_t> keyboard(xcb_grab_keyboard_reply(c, keyboardAsked, nullptr));
    const Reply<xcb_grab_pointer_reply_t> pointer(xcb_grab_pointer_reply(c, pointerAsked, nullptr));
    return keyboard && keyboard->status == XCB_GRAB_STATUS_SUCCESS && pointer
        && pointer->status == XCB_GRAB_STATUS_SUCCESS;
}

/** Makes a window as large as each screen, as the cover is, and takes it away; it is never mapped. */
void makeCovers(xcb_connection_t *c)
{
    for (const xcb_screen_t *screen : screensOf(c)) {
        const xcb_window_t window = xcb_generate_id(c);
        const std::uint32_t values[] = {Palette(*screen).pixel(backgroundColour), 1};
        xcb_create_window(c, XCB_COPY_FROM_PARENT, window, screen->root, 0, 0, screen->width_in_pixels,
            screen->height_in_pixels, 0, XCB_WINDOW_CLASS_INPUT_OUTPUT, screen->root_visual,
            XCB_CW_BACK_PIXEL | XCB_CW_OVERRIDE_REDIRECT, values);
        xcb_destroy_window(c, window);
    }
    roundTrip(c);
}

std::string inputMethodsJson()
{
    std::string json;
    for (const std::string &program : trustedInputMethods()) {
        json += (json.empty() ? "" : ",") + quoted(program);
    }
    return '[' + json + ']';
}

std::string windowManagerName(xcb_connection_t *c, xcb_window_t root)
{
    const xcb_window_t window = windowManagerWindow(c, root);
    return window == XCB_WINDOW_NONE ? std::string() : propertyText(c, window, internAtom(c, "_NET_WM_NAME"));
}

} // namespace

std::string probe(const std::string &display, bool gateRunning)
{
    const char *session = std::getenv("XDG_SESSION_TYPE");
    const std::int64_t startedMs = monotonicMs();
    const Connection connection(display);
    std::string json = "{\"display\":" + quoted(display)
        + ",\"reach\":" + quoted(reachName(connection.reach())) + ",\"session_type\":"
        + quoted(session != nullptr ? session : "") + ",\"input_methods\":" + inputMethodsJson();
    if (connection.reach() == Reach::Connected) {
        xcb_connection_t *c = connection.get();
        makeCovers(c);
        const std::int64_t coverMs = monotonicMs() - startedMs;
        const xcb_window_t root = screensOf(c)[std::size_t(connection.defaultScreen())]->root;
        const bool running = gateRunning || Ownership(connection).isHeld();
        const xcb_atom_t tray
            = internAtom(c, "_NET_SYSTEM_TRAY_S" + std::to_string(connection.defaultScreen()));
        json += ",\"cover_ms\":" + std::to_string(coverMs)
            + ",\"xembed_tray\":" + yesNo(selectionOwner(c, tray) != XCB_WINDOW_NONE)
            + ",\"screens\":" + screensJson(c) + ",\"extensions\":{\"randr\":" + yesNo(hasMonitors(c))
            + ",\"composite\":" + yesNo(hasExtension(c, &xcb_composite_id))
            + ",\"xfixes\":" + yesNo(hasExtension(c, &xcb_xfixes_id))
            + ",\"x_resource\":" + yesNo(hasExtension(c, &xcb_res_id)) + '}'
            + ",\"compositor\":" + yesNo(compositorWindow(c, connection.defaultScreen()) != XCB_WINDOW_NONE)
            + ",\"window_manager\":" + quoted(windowManagerName(c, root))
            + ",\"gate_running\":" + yesNo(running) + ",\"can_grab\":" + yesNo(!running && canGrab(c, root));
    }
    return json + '}';
}

} // namespace qingfeng::gate
