#pragma once

#include <xcb/xcb.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

namespace qingfeng::gate {

struct FreeDeleter
{
    void operator()(void *memory) const { std::free(memory); }
};
/** What xcb hands out and wants freed: replies and events. */
template <typename T> using Reply = std::unique_ptr<T, FreeDeleter>;

/** Why a display cannot be used. */
enum class Reach {
    Connected,
    NoServer, ///< no display is named, or nothing answers there
    Refused, ///< a server answers and turns us away: authority, client limit
};

/** One connection to the X server, closed when its owner goes. */
class Connection
{
public:
    /** An empty name means $DISPLAY. Ask reach() before anything else. */
    explicit Connection(const std::string &display);
    Reach reach() const { return m_reach; }
    xcb_connection_t *get() const { return m_connection.get(); }
    int defaultScreen() const { return m_defaultScreen; }
    /** False once the server or another client has ended this connection. */
    bool isAlive() const { return xcb_connection_has_error(m_connection.get()) == 0; }

private:
    struct Disconnect
    {
        void operator()(xcb_connection_t *connection) const { xcb_disconnect(connection); }
    };
    std::unique_ptr<xcb_connection_t, Disconnect> m_connection;
    int m_defaultScreen = 0;
    Reach m_reach = Reach::NoServer;
};

std::vector<xcb_screen_t *> screensOf(xcb_connection_t *c);

/** The part of a resource id that names the client that made it. */
std::uint32_t clientBase(xcb_connection_t *c, std::uint32_t xid);
/** True for what the server itself has made: root windows and the composite overlay window. */
bool isServerBase(std::uint32_t base);

xcb_atom_t internAtom(xcb_connection_t *c, const std::string &name);
xcb_window_t selectionOwner(xcb_connection_t *c, xcb_atom_t selection);
/** The first 32-bit item of a property, 0 if there is none of that type. */
std::uint32_t property32(xcb_connection_t *c, xcb_window_t window, xcb_atom_t name, xcb_atom_t type);
/** A text property in bytes, at most 1 KiB of it. */
std::string propertyText(xcb_connection_t *c, xcb_window_t window, xcb_atom_t name);

/** The window manager's own check window by EWMH, 0 if none is running. */
xcb_window_t windowManagerWindow(xcb_connection_t *c, xcb_window_t root);
/** The owner of _NET_WM_CM_S<screen>, 0 if no compositor is running. */
xcb_window_t compositorWindow(xcb_connection_t *c, int screen);

/** Returns when the server has handled everything sent so far. */
void roundTrip(xcb_connection_t *c);

} // namespace qingfeng::gate
