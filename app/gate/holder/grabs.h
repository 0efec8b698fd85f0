#pragma once

#include <xcb/xcb.h>

#include <cstdint>

namespace qingfeng::gate {

/**
 * Keyboard and pointer, held for the curtain while the UI does not hold them.
 *
 * An attempt never waits for anyone: it is tried again every 10 ms until it succeeds, and renewed every 50 ms
 * after that, so that a grab broken by a key sequence comes back.
 */
class Grabs
{
public:
    explicit Grabs(xcb_connection_t *c)
        : m_c(c)
    {
    }

    void hold(xcb_window_t window);
    void yield();
    /** Tries or renews; call it about when nextTryMs() says. */
    void tick(std::int64_t nowMs);
    std::int64_t nextTryMs() const { return m_nextMs; }
    bool isWanted() const { return m_window != XCB_WINDOW_NONE; }
    bool areHeld() const { return m_keyboard && m_pointer; }
    /** True once a grab has failed three times in a row: someone else, such as an open menu, has it. */
    bool areContested() const { return m_failures >= 3; }

private:
    xcb_connection_t *m_c;
    xcb_window_t m_window = XCB_WINDOW_NONE;
    bool m_keyboard = false;
    bool m_pointer = false;
    int m_failures = 0;
    std::int64_t m_nextMs = 0;
};

} // namespace qingfeng::gate
