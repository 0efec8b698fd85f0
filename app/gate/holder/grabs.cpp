#include "app/gate/holder/grabs.h"

#include "app/gate/x11/connection.h"

namespace qingfeng::gate {

namespace {

constexpr std::int64_t retryMs = 10;
constexpr std::int64_t renewMs = 50;

} // namespace

void Grabs::hold(xcb_window_t window)
{
    m_window = window;
    m_nextMs = 0;
    m_failures = 0;
}

void Grabs::yield()
{
    m_window = XCB_WINDOW_NONE;
    m_keyboard = false;
    m_pointer = false;
    xcb_ungrab_keyboard(m_c, XCB_CURRENT_TIME);
    xcb_ungrab_pointer(m_c, XCB_CURRENT_TIME);
}

void Grabs::tick(std::int64_t nowMs)
{
    if (!isWanted() || nowMs < m_nextMs) {
        return;
    }
    const auto keyboardAsked
        = xcb_grab_keyboard(m_c, 0, m_window, XCB_CURRENT_TIME, XCB_GRAB_MODE_ASYNC, XCB_GRAB_MODE_ASYNC);
    const auto pointerAsked = xcb_grab_pointer(m_c, 0, m_window, XCB_EVENT_MASK_BUTTON_PRESS,
        XCB_GRAB_MODE_ASYNC, XCB_GRAB_MODE_ASYNC, XCB_WINDOW_NONE, XCB_CURSOR_NONE, XCB_CURRENT_TIME);
    const Reply<xcb_grab_keyboard_reply_t> keyboard(xcb_grab_keyboard_reply(m_c, keyboardAsked, nullptr));
    const Reply<xcb_grab_pointer_reply_t> pointer(xcb_grab_pointer_reply(m_c, pointerAsked, nullptr));
    m_keyboard = keyboard && keyboard->status == XCB_GRAB_STATUS_SUCCESS;
    m_pointer = pointer && pointer->status == XCB_GRAB_STATUS_SUCCESS;
    m_failures = areHeld() ? 0 : m_failures + 1;
    m_nextMs = nowMs + (areHeld() ? renewMs : retryMs);
}

} // namespace qingfeng::gate
