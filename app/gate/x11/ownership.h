#pragma once

#include "app/gate/x11/connection.h"

namespace qingfeng::gate {

/**
 * Who holds this display: the selection _QINGFENG_GATE_S<screen>, kept by the holder, and the mark on every
 * window of a gate, by which a later gate or the cleaner finds what a dead one has left.
 */
class Ownership
{
public:
    explicit Ownership(const Connection &connection);

    /** Whether a living holder has the display: it must answer within 300 ms, as a dead one's window cannot.
     */
    bool isHeld() const;
    /** Takes the selection from whoever has it, for a window made here. */
    void claim();
    /** Answers the question that isHeld() of another process asks. */
    void answer(const xcb_selection_request_event_t &request) const;
    /** True for the event that says that another holder has taken over. */
    bool isTakenOver(const xcb_selection_clear_event_t &event) const;

    void mark(xcb_window_t window) const;
    bool isMarked(xcb_window_t window) const;
    /**
     * Destroys marked windows at root level that this connection has not made, ending clients that still run.
     * Returns how many there were; call again until none is left, for a living client's windows go in two
     * steps.
     */
    int removeOthers() const;

private:
    xcb_connection_t *m_c;
    xcb_atom_t m_selection;
    xcb_atom_t m_markAtom;
    xcb_window_t m_owner = XCB_WINDOW_NONE;
};

} // namespace qingfeng::gate
