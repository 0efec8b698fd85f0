#include "app/gate/x11/geometry.h"

#include "app/gate/x11/connection.h"

#include <xcb/randr.h>

#include <algorithm>

namespace qingfeng::gate {

bool hasMonitors(xcb_connection_t *c)
{
    const xcb_query_extension_reply_t *extension = xcb_get_extension_data(c, &xcb_randr_id);
    if (extension == nullptr || extension->present == 0) {
        return false;
    }
    const Reply<xcb_randr_query_version_reply_t> version(
        xcb_randr_query_version_reply(c, xcb_randr_query_version(c, 1, 5), nullptr));
    return version && (version->major_version > 1 || version->minor_version >= 5);
}

Geometry queryGeometry(xcb_connection_t *c, xcb_window_t root)
{
    const Reply<xcb_get_geometry_reply_t> size(xcb_get_geometry_reply(c, xcb_get_geometry(c, root), nullptr));
    Geometry geometry;
    if (size) {
        geometry.root = {0, 0, size->width, size->height};
    }
    if (hasMonitors(c)) {
        const Reply<xcb_randr_get_monitors_reply_t> reply(
            xcb_randr_get_monitors_reply(c, xcb_randr_get_monitors(c, root, 1), nullptr));
        if (reply) {
            for (auto i = xcb_randr_get_monitors_monitors_iterator(reply.get()); i.rem > 0;
                 xcb_randr_monitor_info_next(&i)) {
                const auto at = i.data->primary != 0 ? geometry.monitors.begin() : geometry.monitors.end();
                geometry.monitors.insert(at, {i.data->x, i.data->y, i.data->width, i.data->height});
            }
        }
    }
    if (geometry.monitors.empty()) {
        geometry.monitors.push_back(geometry.root);
    }
    return geometry;
}

Rect largestRoot(xcb_connection_t *c, xcb_window_t root, const Rect &present)
{
    if (!hasMonitors(c)) {
        return present;
    }
    const Reply<xcb_randr_get_screen_size_range_reply_t> range(
        xcb_randr_get_screen_size_range_reply(c, xcb_randr_get_screen_size_range(c, root), nullptr));
    if (!range) {
        return present;
    }
    return {0, 0, std::max<int>(present.width, range->max_width),
        std::max<int>(present.height, range->max_height)};
}

} // namespace qingfeng::gate
