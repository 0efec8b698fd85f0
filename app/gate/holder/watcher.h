#pragma once

#include "app/gate/holder/curtain.h"
#include "app/gate/holder/trust.h"

#include <xcb/xcb.h>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace qingfeng::gate {

/**
 * Keeps every foreign window of one screen from being seen above the curtain.
 *
 * A window that maps or rises above is unmapped at once. A client is killed when one of its windows comes up
 * for the fourth time, or when 32 have in all, unless it is the window manager or the compositor; programs
 * that start, and a window manager that has not yet said that it is one, map several windows once each.
 * Windows that are only uncovered, because someone lowered the curtain, are covered again and not blamed.
 * What was unmapped is mapped again when the gate opens, except menus and other passing windows.
 */
class Watcher
{
public:
    using Report = std::function<void(std::string_view kind, std::string_view detail)>;

    Watcher(xcb_connection_t *c, Curtain &curtain, Trust &trust, int screenNumber, Report report);

    /** Asks the server for the events this needs; before the curtain goes up, so that nothing is missed. */
    static void listen(xcb_connection_t *c, xcb_window_t root);

    /** The UI's window that may stand above the curtain, with all other windows of its client; 0 for none. */
    void allow(xcb_window_t ui);
    xcb_window_t allowed() const { return m_ui; }
    /** Looks at one event of the server; true if the stack must be swept once the queue is empty. */
    bool notice(const xcb_generic_event_t &event);
    /** Puts the stack in order: curtain on top or directly below the UI, foreign windows above it unmapped.
     */
    void sweep();
    /** Unmaps the override-redirect windows of others, wherever they are: one of them is a menu with the
     * grab. */
    void unmapPopups();
    /** Gives the desktop its windows back. */
    void restore();

private:
    struct Offender
    {
        std::map<xcb_window_t, int> windows; ///< how often each has come up
        int total = 0;
        bool killed = false;
    };

    void pardon(std::uint32_t base);
    bool isOurs(xcb_window_t window) const;
    bool isTolerated(xcb_window_t window);
    bool suspect(xcb_window_t window);
    bool noticeMapped(xcb_window_t window);
    void straighten(const std::vector<xcb_window_t> &stack, const std::vector<xcb_window_t> &foreignAbove);
    void offend(xcb_window_t window);
    void sweepOverlay();
    std::vector<xcb_window_t> children(xcb_window_t parent) const;
    std::vector<xcb_window_t> visible(const std::vector<xcb_window_t> &windows) const;
    bool shouldComeBack(xcb_window_t window) const;

    xcb_connection_t *m_c;
    Curtain &m_curtain;
    Trust &m_trust;
    int m_screenNumber;
    Report m_report;
    xcb_window_t m_ui = XCB_WINDOW_NONE;
    std::set<xcb_window_t> m_suspects; ///< mapped or moved since the last sweep
    std::set<xcb_window_t> m_born; ///< created since the curtain went up, so above it until moved
    std::map<std::uint32_t, Offender> m_offenders; ///< by client
    std::vector<xcb_window_t> m_unmapped; ///< in the order of unmapping, to be given back
};

} // namespace qingfeng::gate
