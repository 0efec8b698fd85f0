#include "app/gate/x11/notifications.h"

#include "app/gate/x11/connection.h"
#include "app/gate/x11/geometry.h"

#include <xcb/randr.h>
#include <xcb/xfixes.h>

namespace qingfeng::gate {

std::uint8_t listenToRandr(xcb_connection_t *c)
{
    if (!hasMonitors(c)) {
        return 0;
    }
    for (const xcb_screen_t *screen : screensOf(c)) {
        xcb_randr_select_input(c, screen->root,
            XCB_RANDR_NOTIFY_MASK_SCREEN_CHANGE | XCB_RANDR_NOTIFY_MASK_CRTC_CHANGE
                | XCB_RANDR_NOTIFY_MASK_OUTPUT_CHANGE);
    }
    return xcb_get_extension_data(c, &xcb_randr_id)->first_event;
}

std::uint8_t listenToFixes(xcb_connection_t *c)
{
    const xcb_query_extension_reply_t *extension = xcb_get_extension_data(c, &xcb_xfixes_id);
    if (extension == nullptr || extension->present == 0) {
        return 0;
    }
    const Reply<xcb_xfixes_query_version_reply_t> version(
        xcb_xfixes_query_version_reply(c, xcb_xfixes_query_version(c, 5, 0), nullptr));
    return version ? extension->first_event : std::uint8_t(0);
}

void listenToSelection(xcb_connection_t *c, xcb_window_t root, xcb_atom_t selection)
{
    xcb_xfixes_select_selection_input(c, root, selection,
        XCB_XFIXES_SELECTION_EVENT_MASK_SET_SELECTION_OWNER
            | XCB_XFIXES_SELECTION_EVENT_MASK_SELECTION_WINDOW_DESTROY
            | XCB_XFIXES_SELECTION_EVENT_MASK_SELECTION_CLIENT_CLOSE);
}

} // namespace qingfeng::gate
