#pragma once

#include "app/gate/core/line_channel.h"
#include "app/gate/holder/curtain.h"
#include "app/gate/holder/grabs.h"
#include "app/gate/holder/holder_page.h"
#include "app/gate/holder/key_reader.h"
#include "app/gate/holder/trust.h"
#include "app/gate/holder/watcher.h"
#include "app/gate/x11/connection.h"
#include "app/gate/x11/ownership.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace qingfeng::gate {

/** How a holder ended, as its exit status. */
enum class HolderEnd : int {
    Released = 0, ///< as it was told, or by its own countdown after its supervisor was lost
    NoServer = 3, ///< there is no X server
    Refused = 4, ///< there is one and it refuses us
    Held = 5, ///< a living gate holds this display
    TakenOver = 6, ///< a newer holder has the display; this one's windows stand until that removes them
    Disconnected = 7, ///< the connection was cut
};

struct HolderOptions
{
    std::string display;
    bool successor = false; ///< takes over from another holder instead of leaving the display to it
    std::int64_t countdownMs = 60000; ///< of the countdown of its own that an orphan shows
};

/**
 * The process that covers the screen and holds keyboard and pointer.
 *
 * It talks with its supervisor in lines. From the supervisor: "ping n", "ui-process pid", "ui xid" (0 for
 * none), "yield", "hold", "countdown ms", "release", and what HolderPage hears. To it: "covered", "pong n", a
 * geometry line, "event kind detail", and what was done on the page ("answered choice", "open" …). When the
 * supervisor is gone it keeps the screen covered for another to take over; if none comes, it counts down by
 * itself and opens.
 */
class Holder
{
public:
    Holder(HolderOptions options, LineChannel supervisor);
    HolderEnd run();

private:
    struct Screen
    {
        std::unique_ptr<Curtain> curtain;
        std::unique_ptr<Watcher> watcher;
        bool dirty = false;
    };

    bool cover();
    void settle();
    void handleEvent(const xcb_generic_event_t &event);
    void handleExtensionEvent(const xcb_generic_event_t &event);
    void handleOwnWindow(Screen &screen, const xcb_generic_event_t &event);
    void drainEvents();
    void handleLine(std::string_view line);
    void handleSupervisorLoss(std::int64_t nowMs);
    void setUi(xcb_window_t ui);
    void setCopyWanted(bool wanted);
    void refreshGeometry();
    void handleKey(const xcb_key_press_event_t &event);
    void drawPage(std::int64_t nowMs, bool everything);
    void takeOver(std::int64_t nowMs);
    void tick(std::int64_t nowMs);
    int waitMs(std::int64_t nowMs) const;
    void wait();
    void release();
    void report(std::string_view kind, std::string_view detail);
    Screen &mainScreen() { return m_screens[std::size_t(m_mainScreen)]; }

    HolderOptions m_options;
    LineChannel m_supervisor;
    std::unique_ptr<Connection> m_connection;
    xcb_connection_t *m_c = nullptr;
    std::unique_ptr<Ownership> m_ownership;
    std::unique_ptr<Trust> m_trust;
    std::unique_ptr<Grabs> m_grabs;
    std::unique_ptr<KeyReader> m_keys;
    std::unique_ptr<HolderPage> m_page; ///< on the main screen
    std::vector<Screen> m_screens;
    int m_mainScreen = 0;
    Geometry m_geometry;
    std::uint8_t m_randrEvent = 0; ///< first event number of the extension, 0 without it
    std::uint8_t m_fixesEvent = 0;
    bool m_released = false;
    bool m_takenOver = false;
    bool m_popupsUnmapped = false;
    bool m_flooded = false; ///< there may be more events than one round takes
    std::int64_t m_orphanSinceMs = 0; ///< 0 while there is a supervisor
    std::int64_t m_removeUntilMs = 0; ///< until when the windows of an older holder are looked for
    std::int64_t m_nextRemoveMs = 0;
};

} // namespace qingfeng::gate
