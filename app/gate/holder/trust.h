#pragma once

#include <xcb/xcb.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace qingfeng::gate {

/** The input methods on this PC whose windows may stand beside the question: installed, root's, not writable
 * by others. */
std::vector<std::string> trustedInputMethods();

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
    /** The process that the gate itself has started to ask; 0 for none. */
    void setUiProcess(std::uint32_t pid);
    /**
     * True for the windows of that process, by what the server says of the client: the UI's window may come
     * up before its name has reached the gate. False where the server does not tell.
     */
    bool isUiProcess(std::uint32_t base);
    /** True for the window manager's and the compositor's own client, which is never killed. */
    bool isDesktopManager(std::uint32_t base, xcb_window_t root, int screen) const;

private:
    std::uint32_t processOf(std::uint32_t base) const;

    xcb_connection_t *m_c;
    std::map<std::uint32_t, bool> m_inputMethods;
    std::uint32_t m_uiProcess = 0;
    std::map<std::uint32_t, bool> m_ofUiProcess;
};

} // namespace qingfeng::gate
