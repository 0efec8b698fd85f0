#include "app/gate/holder/curtain.h"

#include "app/gate/holder/palette.h"
#include "app/gate/x11/geometry.h"

#include <xcb/composite.h>

#include <algorithm>
#include <string_view>

namespace qingfeng::gate {

namespace {

constexpr int largestUseful = 8192; // bounds what a compositor that starts later must give for the cover
constexpr std::uint16_t leftPointerGlyph = 68; // of the core font "cursor"

xcb_cursor_t makeArrow(xcb_connection_t *c)
{
    constexpr std::string_view fontName = "cursor";
    const xcb_font_t font = xcb_generate_id(c);
    xcb_open_font(c, font, std::uint16_t(fontName.size()), fontName.data());
    const xcb_cursor_t cursor = xcb_generate_id(c);
    xcb_create_glyph_cursor(
        c, cursor, font, font, leftPointerGlyph, leftPointerGlyph + 1, 0, 0, 0, 0xffff, 0xffff, 0xffff);
    xcb_close_font(c, font);
    return cursor;
}

void resizeWindow(xcb_connection_t *c, xcb_window_t window, const Rect &size)
{
    const std::uint32_t values[] = {0, 0, std::uint32_t(size.width), std::uint32_t(size.height)};
    xcb_configure_window(c, window,
        XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y | XCB_CONFIG_WINDOW_WIDTH | XCB_CONFIG_WINDOW_HEIGHT,
        values);
}

} // namespace

Curtain::Curtain(
    xcb_connection_t *c, const Ownership &ownership, const xcb_screen_t &screen, int screenNumber)
    : m_c(c)
    , m_ownership(ownership)
    , m_screen(screen)
    , m_screenNumber(screenNumber)
    , m_cursor(makeArrow(c))
    , m_root{0, 0, screen.width_in_pixels, screen.height_in_pixels}
    , m_largest(m_root)
{
}

xcb_window_t Curtain::makeWindow(xcb_window_t parent, const Rect &size) const
{
    const xcb_window_t window = xcb_generate_id(m_c);
    const std::uint32_t values[] = {Palette(m_screen).pixel(backgroundColour), 1,
        XCB_EVENT_MASK_EXPOSURE | XCB_EVENT_MASK_VISIBILITY_CHANGE | XCB_EVENT_MASK_STRUCTURE_NOTIFY,
        m_cursor};
    xcb_create_window(m_c, XCB_COPY_FROM_PARENT, window, parent, 0, 0, std::uint16_t(size.width),
        std::uint16_t(size.height), 0, XCB_WINDOW_CLASS_INPUT_OUTPUT, m_screen.root_visual,
        XCB_CW_BACK_PIXEL | XCB_CW_OVERRIDE_REDIRECT | XCB_CW_EVENT_MASK | XCB_CW_CURSOR, values);
    m_ownership.mark(window);
    xcb_map_window(m_c, window);
    return window;
}

Rect Curtain::coverSize() const
{
    if (hasCompositor()) {
        return m_root;
    }
    const int width = std::max(m_root.width, std::min(m_largest.width, largestUseful));
    const int height = std::max(m_root.height, std::min(m_largest.height, largestUseful));
    return {0, 0, width, height};
}

void Curtain::cover()
{
    if (m_window != XCB_WINDOW_NONE) {
        xcb_destroy_window(m_c, m_window);
    }
    m_window = makeWindow(m_screen.root, coverSize());
    updateCopy();
}

void Curtain::raise()
{
    const std::uint32_t above = XCB_STACK_MODE_ABOVE;
    xcb_configure_window(m_c, m_window, XCB_CONFIG_WINDOW_STACK_MODE, &above);
    if (m_copy != XCB_WINDOW_NONE) {
        xcb_configure_window(m_c, m_copy, XCB_CONFIG_WINDOW_STACK_MODE, &above);
    }
}

void Curtain::placeBelow(xcb_window_t sibling)
{
    const std::uint32_t values[] = {sibling, XCB_STACK_MODE_BELOW};
    xcb_configure_window(m_c, m_window, XCB_CONFIG_WINDOW_SIBLING | XCB_CONFIG_WINDOW_STACK_MODE, values);
}

void Curtain::resize(const Rect &root)
{
    m_root = root;
    resizeWindow(m_c, m_window, coverSize());
    if (m_copy != XCB_WINDOW_NONE) {
        resizeWindow(m_c, m_copy, m_root);
    }
}

void Curtain::lookAround()
{
    if (m_compositorSelection == XCB_ATOM_NONE) {
        m_compositorSelection = internAtom(m_c, "_NET_WM_CM_S" + std::to_string(m_screenNumber));
    }
    m_compositor = selectionOwner(m_c, m_compositorSelection);
    m_largest = largestRoot(m_c, m_screen.root, m_root);
    resizeWindow(m_c, m_window, coverSize());
    updateCopy();
}

void Curtain::setCopyWanted(bool wanted)
{
    m_copyWanted = wanted;
    updateCopy();
}

void Curtain::updateCopy()
{
    if (hasCompositor() && m_overlay == XCB_WINDOW_NONE) {
        const xcb_query_extension_reply_t *extension = xcb_get_extension_data(m_c, &xcb_composite_id);
        if (extension == nullptr || extension->present == 0) {
            return;
        }
        // The server wants to hear the version before it gives out its overlay window.
        xcb_discard_reply(m_c, xcb_composite_query_version(m_c, 0, 4).sequence);
        const Reply<xcb_composite_get_overlay_window_reply_t> reply(xcb_composite_get_overlay_window_reply(
            m_c, xcb_composite_get_overlay_window(m_c, m_screen.root), nullptr));
        m_overlay = reply ? reply->overlay_win : xcb_window_t(XCB_WINDOW_NONE);
        const std::uint32_t mask = XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY;
        xcb_change_window_attributes(m_c, m_overlay, XCB_CW_EVENT_MASK, &mask);
    }
    const bool copyNeeded = m_copyWanted && hasCompositor() && m_overlay != XCB_WINDOW_NONE;
    if (copyNeeded && m_copy == XCB_WINDOW_NONE) {
        m_copy = makeWindow(m_overlay, m_root);
    } else if (!copyNeeded && m_copy != XCB_WINDOW_NONE) {
        xcb_destroy_window(m_c, m_copy);
        m_copy = XCB_WINDOW_NONE;
    }
    if (!hasCompositor() && m_overlay != XCB_WINDOW_NONE) {
        xcb_composite_release_overlay_window(m_c, m_screen.root);
        m_overlay = XCB_WINDOW_NONE;
    }
}

void Curtain::remove()
{
    m_compositor = XCB_WINDOW_NONE;
    updateCopy();
    xcb_destroy_window(m_c, m_window);
    m_window = XCB_WINDOW_NONE;
}

} // namespace qingfeng::gate
