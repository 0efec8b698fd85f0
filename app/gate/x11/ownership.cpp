#include "app/gate/x11/ownership.h"

#include "app/gate/core/clocks.h"

#include <poll.h>

namespace qingfeng::gate {

namespace {

constexpr std::int64_t answerWithinMs = 300;

} // namespace

Ownership::Ownership(const Connection &connection)
    : m_c(connection.get())
    , m_selection(internAtom(m_c, "_QINGFENG_GATE_S" + std::to_string(connection.defaultScreen())))
    , m_markAtom(internAtom(m_c, "_QINGFENG_GATE_CURTAIN"))
{
}

bool Ownership::isHeld() const
{
    if (selectionOwner(m_c, m_selection) == XCB_WINDOW_NONE) {
        return false;
    }
    const xcb_window_t asker = xcb_generate_id(m_c);
    xcb_create_window(m_c, 0, asker, screensOf(m_c).front()->root, -1, -1, 1, 1, 0,
        XCB_WINDOW_CLASS_INPUT_ONLY, XCB_COPY_FROM_PARENT, 0, nullptr);
    xcb_convert_selection(m_c, asker, m_selection, m_markAtom, m_markAtom, XCB_CURRENT_TIME);
    xcb_flush(m_c);
    bool answered = false;
    const std::int64_t until = monotonicMs() + answerWithinMs;
    while (!answered && xcb_connection_has_error(m_c) == 0) {
        const Reply<xcb_generic_event_t> event(xcb_poll_for_event(m_c));
        if (event) {
            answered = (event->response_type & 0x7f) == XCB_SELECTION_NOTIFY;
            continue;
        }
        const std::int64_t left = until - monotonicMs();
        if (left <= 0) {
            break;
        }
        pollfd waiting{xcb_get_file_descriptor(m_c), POLLIN, 0};
        ::poll(&waiting, 1, int(left));
    }
    xcb_destroy_window(m_c, asker);
    return answered;
}

void Ownership::claim()
{
    m_owner = xcb_generate_id(m_c);
    xcb_create_window(m_c, 0, m_owner, screensOf(m_c).front()->root, -1, -1, 1, 1, 0,
        XCB_WINDOW_CLASS_INPUT_ONLY, XCB_COPY_FROM_PARENT, 0, nullptr);
    mark(m_owner);
    xcb_set_selection_owner(m_c, m_owner, m_selection, XCB_CURRENT_TIME);
}

void Ownership::answer(const xcb_selection_request_event_t &request) const
{
    xcb_selection_notify_event_t notice{};
    notice.response_type = XCB_SELECTION_NOTIFY;
    notice.time = request.time;
    notice.requestor = request.requestor;
    notice.selection = request.selection;
    notice.target = request.target;
    notice.property = XCB_ATOM_NONE;
    char wire[32] = {};
    static_assert(sizeof notice <= sizeof wire);
    *reinterpret_cast<xcb_selection_notify_event_t *>(wire) = notice;
    xcb_send_event(m_c, 0, request.requestor, XCB_EVENT_MASK_NO_EVENT, wire);
}

bool Ownership::isTakenOver(const xcb_selection_clear_event_t &event) const
{
    return event.owner == m_owner && event.selection == m_selection;
}

void Ownership::mark(xcb_window_t window) const
{
    const std::uint32_t value = 1;
    xcb_change_property(m_c, XCB_PROP_MODE_REPLACE, window, m_markAtom, XCB_ATOM_CARDINAL, 32, 1, &value);
}

bool Ownership::isMarked(xcb_window_t window) const
{
    return property32(m_c, window, m_markAtom, XCB_ATOM_CARDINAL) == 1;
}

int Ownership::removeOthers() const
{
    const std::uint32_t own = xcb_get_setup(m_c)->resource_id_base;
    int found = 0;
    for (const xcb_screen_t *screen : screensOf(m_c)) {
        const Reply<xcb_query_tree_reply_t> tree(
            xcb_query_tree_reply(m_c, xcb_query_tree(m_c, screen->root), nullptr));
        const int count = tree ? xcb_query_tree_children_length(tree.get()) : 0;
        for (int i = 0; i < count; ++i) {
            const xcb_window_t window = xcb_query_tree_children(tree.get())[i];
            if (clientBase(m_c, window) != own && isMarked(window)) {
                xcb_kill_client(m_c, window);
                ++found;
            }
        }
    }
    xcb_flush(m_c);
    return found;
}

} // namespace qingfeng::gate
