#include "app/gate/x11/connection.h"

#include "app/gate/core/unique_fd.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <cstdio>
#include <cstring>

namespace qingfeng::gate {

namespace {

constexpr std::uint32_t serverBit = 0x40000000; // marks ids made by the server for its own extensions

/** Whether something listens on the display's local socket; true for displays that are not local. */
bool isListening(const std::string &display)
{
    char *parsedHost = nullptr;
    int number = 0;
    if (xcb_parse_display(display.empty() ? nullptr : display.c_str(), &parsedHost, &number, nullptr) == 0) {
        return false;
    }
    const Reply<char> host(parsedHost);
    if (host.get()[0] != '\0' && std::strcmp(host.get(), "unix") != 0) {
        return true;
    }
    const UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::snprintf(address.sun_path, sizeof address.sun_path, "/tmp/.X11-unix/X%d", number);
    return ::connect(fd.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
}

Reply<xcb_get_property_reply_t> readProperty(
    xcb_connection_t *c, xcb_window_t window, xcb_atom_t name, std::uint32_t words)
{
    return Reply<xcb_get_property_reply_t>(xcb_get_property_reply(
        c, xcb_get_property(c, 0, window, name, XCB_GET_PROPERTY_TYPE_ANY, 0, words), nullptr));
}

} // namespace

Connection::Connection(const std::string &display)
    : m_connection(xcb_connect(display.empty() ? nullptr : display.c_str(), &m_defaultScreen))
{
    if (isAlive()) {
        m_reach = Reach::Connected;
    } else {
        m_reach = isListening(display) ? Reach::Refused : Reach::NoServer;
    }
}

std::vector<xcb_screen_t *> screensOf(xcb_connection_t *c)
{
    std::vector<xcb_screen_t *> screens;
    for (auto i = xcb_setup_roots_iterator(xcb_get_setup(c)); i.rem > 0; xcb_screen_next(&i)) {
        screens.push_back(i.data);
    }
    return screens;
}

std::uint32_t clientBase(xcb_connection_t *c, std::uint32_t xid)
{
    return xid & ~xcb_get_setup(c)->resource_id_mask;
}

bool isServerBase(std::uint32_t base)
{
    return (base & ~serverBit) == 0;
}

xcb_atom_t internAtom(xcb_connection_t *c, const std::string &name)
{
    const Reply<xcb_intern_atom_reply_t> reply(
        xcb_intern_atom_reply(c, xcb_intern_atom(c, 0, std::uint16_t(name.size()), name.data()), nullptr));
    return reply ? reply->atom : xcb_atom_t(XCB_ATOM_NONE);
}

xcb_window_t selectionOwner(xcb_connection_t *c, xcb_atom_t selection)
{
    const Reply<xcb_get_selection_owner_reply_t> reply(
        xcb_get_selection_owner_reply(c, xcb_get_selection_owner(c, selection), nullptr));
    return reply ? reply->owner : xcb_window_t(XCB_WINDOW_NONE);
}

std::uint32_t property32(xcb_connection_t *c, xcb_window_t window, xcb_atom_t name, xcb_atom_t type)
{
    const auto reply = readProperty(c, window, name, 1);
    if (!reply || reply->type != type || reply->format != 32
        || xcb_get_property_value_length(reply.get()) < 4) {
        return 0;
    }
    std::uint32_t value = 0;
    std::memcpy(&value, xcb_get_property_value(reply.get()), sizeof value);
    return value;
}

std::string propertyText(xcb_connection_t *c, xcb_window_t window, xcb_atom_t name)
{
    const auto reply = readProperty(c, window, name, 256);
    if (!reply || reply->format != 8) {
        return {};
    }
    return {static_cast<const char *>(xcb_get_property_value(reply.get())),
        std::size_t(xcb_get_property_value_length(reply.get()))};
}

xcb_window_t windowManagerWindow(xcb_connection_t *c, xcb_window_t root)
{
    const xcb_atom_t check = internAtom(c, "_NET_SUPPORTING_WM_CHECK");
    const xcb_window_t window = property32(c, root, check, XCB_ATOM_WINDOW);
    const bool confirmed = window != 0 && property32(c, window, check, XCB_ATOM_WINDOW) == window;
    return confirmed ? window : xcb_window_t(XCB_WINDOW_NONE);
}

xcb_window_t compositorWindow(xcb_connection_t *c, int screen)
{
    return selectionOwner(c, internAtom(c, "_NET_WM_CM_S" + std::to_string(screen)));
}

void roundTrip(xcb_connection_t *c)
{
    const Reply<xcb_get_input_focus_reply_t> done(
        xcb_get_input_focus_reply(c, xcb_get_input_focus(c), nullptr));
}

} // namespace qingfeng::gate
