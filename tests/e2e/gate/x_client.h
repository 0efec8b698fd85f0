#pragma once

#include <QString>

#include <xcb/xcb.h>

#include <cstdint>

/** A client of the test's own: the desktop behind the gate, or someone who wants to be seen above it. */
class XClient
{
public:
    explicit XClient(const QString &display);
    ~XClient();
    XClient(const XClient &) = delete;
    XClient &operator=(const XClient &) = delete;

    bool isAlive() const { return xcb_connection_has_error(m_c) == 0; }
    xcb_connection_t *get() const { return m_c; }
    xcb_window_t root() const { return m_screen->root; }

    void paintRoot(std::uint32_t colour);
    /** A window that is not yet mapped. */
    xcb_window_t makeWindow(std::uint32_t colour, bool overrideRedirect);
    void mapWindow(xcb_window_t window);
    void raiseWindow(xcb_window_t window);
    bool isViewable(xcb_window_t window);
    int widthOf(xcb_window_t window);
    /** The topmost root-level window made by a gate; 0 if there is none. */
    xcb_window_t findCurtain();
    int countCurtains();
    /** Takes keyboard and pointer for a window, as an open menu does. */
    bool grab(xcb_window_t window);
    void ungrab();
    /** Whether somebody else holds the keyboard. */
    bool isKeyboardTaken();
    bool hasCompositor();
    bool setScreenSize(int width, int height);
    void sync();

private:
    xcb_connection_t *m_c;
    xcb_screen_t *m_screen;
};
