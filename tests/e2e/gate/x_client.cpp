#include "tests/e2e/gate/x_client.h"

#include <xcb/randr.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct FreeDeleter
{
    void operator()(void *memory) const { std::free(memory); }
};
template <typename T> using Reply = std::unique_ptr<T, FreeDeleter>;

xcb_atom_t atomOf(xcb_connection_t *c, std::string_view name)
{
    const Reply<xcb_intern_atom_reply_t> reply(
        xcb_intern_atom_reply(c, xcb_intern_atom(c, 0, std::uint16_t(name.size()), name.data()), nullptr));
    return reply ? reply->atom : xcb_atom_t(XCB_ATOM_NONE);
}

/** Mapped windows at root level that carry the gate's mark, the topmost last. */
std::vector<xcb_window_t> curtains(xcb_connection_t *c, xcb_window_t root)
{
    std::vector<xcb_window_t> found;
    const xcb_atom_t mark = atomOf(c, "_QINGFENG_GATE_CURTAIN");
    const Reply<xcb_query_tree_reply_t> tree(xcb_query_tree_reply(c, xcb_query_tree(c, root), nullptr));
    const int count = tree ? xcb_query_tree_children_length(tree.get()) : 0;
    for (int i = 0; i < count; ++i) {
        const xcb_window_t window = xcb_query_tree_children(tree.get())[i];
        const Reply<xcb_get_property_reply_t> property(xcb_get_property_reply(
            c, xcb_get_property(c, 0, window, mark, XCB_ATOM_CARDINAL, 0, 1), nullptr));
        const Reply<xcb_get_window_attributes_reply_t> attributes(
            xcb_get_window_attributes_reply(c, xcb_get_window_attributes(c, window), nullptr));
        if (property && property->format == 32 && attributes
            && attributes->_class == XCB_WINDOW_CLASS_INPUT_OUTPUT) {
            found.push_back(window);
        }
    }
    return found;
}

xcb_randr_mode_t findOrMakeMode(xcb_connection_t *c, xcb_window_t root,
    const xcb_randr_get_screen_resources_reply_t &resources, xcb_randr_output_t output, int width, int height)
{
    for (auto i = xcb_randr_get_screen_resources_modes_iterator(&resources); i.rem > 0;
         xcb_randr_mode_info_next(&i)) {
        if (i.data->width == width && i.data->height == height) {
            return i.data->id;
        }
    }
    const std::string name = std::to_string(width) + 'x' + std::to_string(height);
    xcb_randr_mode_info_t mode{};
    mode.width = std::uint16_t(width);
    mode.height = std::uint16_t(height);
    mode.name_len = std::uint16_t(name.size());
    const Reply<xcb_randr_create_mode_reply_t> made(xcb_randr_create_mode_reply(
        c, xcb_randr_create_mode(c, root, mode, std::uint32_t(name.size()), name.data()), nullptr));
    if (!made) {
        return XCB_NONE;
    }
    xcb_randr_add_output_mode(c, output, made->mode);
    return made->mode;
}

} // namespace

XClient::XClient(const QString &display)
    : m_c(xcb_connect(display.toLatin1().constData(), nullptr))
    , m_screen(xcb_setup_roots_iterator(xcb_get_setup(m_c)).data)
{
}

XClient::~XClient()
{
    xcb_disconnect(m_c);
}

void XClient::paintRoot(std::uint32_t colour)
{
    xcb_change_window_attributes(m_c, root(), XCB_CW_BACK_PIXEL, &colour);
    xcb_clear_area(m_c, 0, root(), 0, 0, 0, 0);
    sync();
}

xcb_window_t XClient::makeWindow(std::uint32_t colour, bool overrideRedirect)
{
    const xcb_window_t window = xcb_generate_id(m_c);
    const std::uint32_t values[] = {colour, overrideRedirect ? 1U : 0U};
    xcb_create_window(m_c, XCB_COPY_FROM_PARENT, window, root(), 100, 100, 600, 400, 0,
        XCB_WINDOW_CLASS_INPUT_OUTPUT, m_screen->root_visual, XCB_CW_BACK_PIXEL | XCB_CW_OVERRIDE_REDIRECT,
        values);
    sync();
    return window;
}

void XClient::mapWindow(xcb_window_t window)
{
    xcb_map_window(m_c, window);
    sync();
}

void XClient::raiseWindow(xcb_window_t window)
{
    const std::uint32_t above = XCB_STACK_MODE_ABOVE;
    xcb_configure_window(m_c, window, XCB_CONFIG_WINDOW_STACK_MODE, &above);
    xcb_flush(m_c);
}

bool XClient::isViewable(xcb_window_t window)
{
    const Reply<xcb_get_window_attributes_reply_t> attributes(
        xcb_get_window_attributes_reply(m_c, xcb_get_window_attributes(m_c, window), nullptr));
    return attributes && attributes->map_state == XCB_MAP_STATE_VIEWABLE;
}

int XClient::widthOf(xcb_window_t window)
{
    const Reply<xcb_get_geometry_reply_t> geometry(
        xcb_get_geometry_reply(m_c, xcb_get_geometry(m_c, window), nullptr));
    return geometry ? geometry->width : 0;
}

xcb_window_t XClient::findCurtain()
{
    const auto found = curtains(m_c, root());
    return found.empty() ? xcb_window_t(XCB_WINDOW_NONE) : found.back();
}

int XClient::countCurtains()
{
    return int(curtains(m_c, root()).size());
}

bool XClient::grab(xcb_window_t window)
{
    const Reply<xcb_grab_pointer_reply_t> pointer(xcb_grab_pointer_reply(m_c,
        xcb_grab_pointer(m_c, 1, window, XCB_EVENT_MASK_BUTTON_PRESS, XCB_GRAB_MODE_ASYNC,
            XCB_GRAB_MODE_ASYNC, XCB_WINDOW_NONE, XCB_CURSOR_NONE, XCB_CURRENT_TIME),
        nullptr));
    const Reply<xcb_grab_keyboard_reply_t> keyboard(xcb_grab_keyboard_reply(m_c,
        xcb_grab_keyboard(m_c, 1, window, XCB_CURRENT_TIME, XCB_GRAB_MODE_ASYNC, XCB_GRAB_MODE_ASYNC),
        nullptr));
    return pointer && pointer->status == XCB_GRAB_STATUS_SUCCESS && keyboard
        && keyboard->status == XCB_GRAB_STATUS_SUCCESS;
}

void XClient::ungrab()
{
    xcb_ungrab_pointer(m_c, XCB_CURRENT_TIME);
    xcb_ungrab_keyboard(m_c, XCB_CURRENT_TIME);
    sync();
}

bool XClient::isKeyboardTaken()
{
    const Reply<xcb_grab_keyboard_reply_t> keyboard(xcb_grab_keyboard_reply(m_c,
        xcb_grab_keyboard(m_c, 1, root(), XCB_CURRENT_TIME, XCB_GRAB_MODE_ASYNC, XCB_GRAB_MODE_ASYNC),
        nullptr));
    const bool taken = keyboard && keyboard->status == XCB_GRAB_STATUS_ALREADY_GRABBED;
    if (!taken) {
        xcb_ungrab_keyboard(m_c, XCB_CURRENT_TIME);
        xcb_flush(m_c);
    }
    return taken;
}

bool XClient::hasCompositor()
{
    const Reply<xcb_get_selection_owner_reply_t> reply(xcb_get_selection_owner_reply(
        m_c, xcb_get_selection_owner(m_c, atomOf(m_c, "_NET_WM_CM_S0")), nullptr));
    return reply && reply->owner != XCB_WINDOW_NONE;
}

bool XClient::setScreenSize(int width, int height)
{
    const Reply<xcb_randr_get_screen_resources_reply_t> resources(
        xcb_randr_get_screen_resources_reply(m_c, xcb_randr_get_screen_resources(m_c, root()), nullptr));
    if (!resources || resources->num_crtcs == 0 || resources->num_outputs == 0) {
        return false;
    }
    const xcb_randr_crtc_t crtc = *xcb_randr_get_screen_resources_crtcs(resources.get());
    const xcb_randr_output_t output = *xcb_randr_get_screen_resources_outputs(resources.get());
    const xcb_randr_mode_t mode = findOrMakeMode(m_c, root(), *resources, output, width, height);
    const auto configure = [&](xcb_randr_mode_t wanted) {
        const bool off = wanted == XCB_NONE;
        const Reply<xcb_randr_set_crtc_config_reply_t> done(xcb_randr_set_crtc_config_reply(m_c,
            xcb_randr_set_crtc_config(m_c, crtc, XCB_CURRENT_TIME, resources->config_timestamp, 0, 0, wanted,
                XCB_RANDR_ROTATION_ROTATE_0, off ? 0 : 1, off ? nullptr : &output),
            nullptr));
        return done && done->status == XCB_RANDR_SET_CONFIG_SUCCESS;
    };
    if (!configure(XCB_NONE)) {
        return false;
    }
    xcb_randr_set_screen_size(m_c, root(), std::uint16_t(width), std::uint16_t(height), 300, 200);
    return configure(mode);
}

void XClient::sync()
{
    const Reply<xcb_get_input_focus_reply_t> done(
        xcb_get_input_focus_reply(m_c, xcb_get_input_focus(m_c), nullptr));
}
