#pragma once

#include <xcb/xcb.h>

#include <cstdint>
#include <map>

namespace qingfeng::gate {

/**
 * Who may do what beside the gate, decided by the client that made a window and never by what the window says
 * of itself.
 */
class Trust
{
public:
    explicit Trust(xcb_connection_t *c)
        : m_c(c)
    {
    }

    /**
     * True for the windows of an installed input method, whose candidates must be seen while one answers: the
     * process behind the client (X-Resource 1.2) runs one of a fixed list of root-owned programs.
     */
    bool isInputMethod(std::uint32_t base);
    /** True for the window manager's and the compositor's own client, which is never killed. */
    bool isDesktopManager(std::uint32_t base, xcb_window_t root, int screen) const;

private:
    bool runsInputMethod(std::uint32_t base) const;

    xcb_connection_t *m_c;
    std::map<std::uint32_t, bool> m_inputMethods;
};

} // namespace qingfeng::gate
