#pragma once

#include "app/gate/core/protocol.h"
#include "app/gate/x11/ownership.h"

#include <xcb/xcb.h>

#include <vector>

namespace qingfeng::gate {

/**
 * The cover of one X screen: an override-redirect window over the whole root in the background colour, which
 * the server paints by itself, and, while a compositor draws the screen and no question stands, a copy inside
 * the Composite Overlay Window, above everything that the compositor draws.
 *
 * Without a compositor the window is larger than the root, so that a monitor plugged in later is covered
 * before anyone hears of it.
 */
class Curtain
{
public:
    Curtain(xcb_connection_t *c, const Ownership &ownership, const xcb_screen_t &screen, int screenNumber);

    /** Puts the cover up, on top, without waiting for the server; again if it has been taken away. */
    void cover();
    void raise();
    void placeBelow(xcb_window_t sibling);
    void resize(const Rect &root);
    /** Learns whether a compositor runs, and how large the root may grow: one question to the server each. */
    void lookAround();
    /** Whether the copy above the compositor is wanted: not while a question stands. */
    void setCopyWanted(bool wanted);
    /** Takes the cover away. */
    void remove();

    xcb_window_t window() const { return m_window; }
    xcb_window_t copy() const { return m_copy; }
    xcb_window_t overlay() const { return m_overlay; }
    xcb_window_t root() const { return m_screen.root; }
    const xcb_screen_t &screen() const { return m_screen; }
    bool hasCompositor() const { return m_compositor != XCB_WINDOW_NONE; }
    bool owns(xcb_window_t window) const { return window == m_window || window == m_copy; }
    /** The selection whose owner is the compositor of this screen. */
    xcb_atom_t compositorSelection() const { return m_compositorSelection; }

private:
    xcb_window_t makeWindow(xcb_window_t parent, const Rect &size) const;
    Rect coverSize() const;
    void updateCopy();

    xcb_connection_t *m_c;
    const Ownership &m_ownership;
    const xcb_screen_t &m_screen;
    int m_screenNumber;
    xcb_cursor_t m_cursor = XCB_CURSOR_NONE;
    xcb_atom_t m_compositorSelection = XCB_ATOM_NONE;
    Rect m_root;
    Rect m_largest;
    xcb_window_t m_window = XCB_WINDOW_NONE;
    xcb_window_t m_compositor = XCB_WINDOW_NONE;
    xcb_window_t m_overlay = XCB_WINDOW_NONE;
    xcb_window_t m_copy = XCB_WINDOW_NONE;
    bool m_copyWanted = true;
};

} // namespace qingfeng::gate
