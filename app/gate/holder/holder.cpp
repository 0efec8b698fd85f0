#include "app/gate/holder/holder.h"

#include "app/gate/core/clocks.h"
#include "app/gate/x11/geometry.h"
#include "app/gate/x11/notifications.h"

#include <poll.h>
#include <xcb/randr.h>
#include <xcb/xfixes.h>

#include <algorithm>
#include <limits>

namespace qingfeng::gate {

namespace {

constexpr std::int64_t orphanPatienceMs = 3000; // for a new supervisor's holder to take over
constexpr std::int64_t removeForMs = 5000; // covers an old holder that is only just being ended
constexpr std::int64_t removeEveryMs = 100;
constexpr int idleWaitMs = 1000;
constexpr int mostEventsAtOnce = 256;
constexpr int mostBatches = 16;

} // namespace

Holder::Holder(HolderOptions options, LineChannel supervisor)
    : m_options(std::move(options))
    , m_supervisor(std::move(supervisor))
{
}

HolderEnd Holder::run()
{
    m_connection = std::make_unique<Connection>(m_options.display);
    if (m_connection->reach() != Reach::Connected) {
        return m_connection->reach() == Reach::NoServer ? HolderEnd::NoServer : HolderEnd::Refused;
    }
    m_c = m_connection->get();
    if (!cover()) {
        return HolderEnd::Held;
    }
    settle();
    while (!m_released && !m_takenOver && m_connection->isAlive()) {
        tick(monotonicMs());
        drainEvents();
        xcb_flush(m_c);
        wait();
    }
    if (!m_connection->isAlive()) {
        return HolderEnd::Disconnected;
    }
    return m_takenOver && !m_released ? HolderEnd::TakenOver : HolderEnd::Released;
}

/** The fast part: everything until the screen is covered and watched. */
bool Holder::cover()
{
    m_ownership = std::make_unique<Ownership>(*m_connection);
    if (!m_options.successor && m_ownership->isHeld()) {
        return false;
    }
    xcb_set_close_down_mode(m_c, XCB_CLOSE_DOWN_RETAIN_PERMANENT);
    m_grabs = std::make_unique<Grabs>(m_c);
    m_trust = std::make_unique<Trust>(m_c);
    m_mainScreen = m_connection->defaultScreen();
    m_keys = std::make_unique<KeyReader>(m_c);
    m_page = std::make_unique<HolderPage>(m_c, *screensOf(m_c)[std::size_t(m_mainScreen)]);
    int number = 0;
    for (const xcb_screen_t *screen : screensOf(m_c)) {
        Watcher::listen(m_c, screen->root);
        Screen entry;
        entry.curtain = std::make_unique<Curtain>(m_c, *m_ownership, *screen, number);
        entry.watcher = std::make_unique<Watcher>(m_c, *entry.curtain, *m_trust, number,
            [this](std::string_view kind, std::string_view detail) { report(kind, detail); });
        entry.curtain->cover();
        entry.dirty = true;
        m_screens.push_back(std::move(entry));
        ++number;
    }
    roundTrip(m_c);
    m_supervisor.send("covered");
    return true;
}

/** The rest of the start: each step asks the server something, and between two the screen is watched. */
void Holder::settle()
{
    m_ownership->claim();
    m_grabs->hold(mainScreen().curtain->window());
    m_grabs->tick(monotonicMs());
    drainEvents();
    for (Screen &screen : m_screens) {
        screen.curtain->lookAround();
        drainEvents();
    }
    m_randrEvent = listenToRandr(m_c);
    drainEvents();
    m_fixesEvent = listenToFixes(m_c);
    for (Screen &screen : m_screens) {
        if (m_fixesEvent != 0) {
            listenToSelection(m_c, screen.curtain->root(), screen.curtain->compositorSelection());
            screen.curtain->lookAround(); // one may have come before we listened
        }
    }
    if (m_options.successor) {
        m_removeUntilMs = monotonicMs() + removeForMs;
    }
    refreshGeometry();
}

/** Handles all events, sweeping the stack after each batch; a flood of them is left to the next round. */
void Holder::drainEvents()
{
    m_flooded = true;
    for (int batch = 0; batch < mostBatches; ++batch) {
        int handled = 0;
        while (handled < mostEventsAtOnce) {
            const Reply<xcb_generic_event_t> event(xcb_poll_for_event(m_c));
            if (!event) {
                break;
            }
            handleEvent(*event);
            ++handled;
        }
        bool swept = false;
        for (Screen &screen : m_screens) {
            if (screen.dirty) {
                screen.dirty = false;
                screen.watcher->sweep(); // may have read further events from the connection
                swept = true;
            }
        }
        if (handled == 0 && !swept) {
            m_flooded = false;
            return;
        }
    }
}

void Holder::handleEvent(const xcb_generic_event_t &event)
{
    if ((event.response_type & 0x80) != 0) {
        return; // sent by a client, not by the server: nothing that the gate may believe
    }
    const std::uint8_t type = event.response_type;
    if (type == XCB_SELECTION_CLEAR) {
        m_takenOver = m_ownership->isTakenOver(reinterpret_cast<const xcb_selection_clear_event_t &>(event));
        return;
    }
    if (type == XCB_SELECTION_REQUEST) {
        m_ownership->answer(reinterpret_cast<const xcb_selection_request_event_t &>(event));
        return;
    }
    if (type == XCB_KEY_PRESS) {
        handleKey(reinterpret_cast<const xcb_key_press_event_t &>(event));
        return;
    }
    if (type == XCB_MAPPING_NOTIFY) {
        m_keys->forget();
        return;
    }
    handleExtensionEvent(event);
    for (Screen &screen : m_screens) {
        handleOwnWindow(screen, event);
        screen.dirty = screen.watcher->notice(event) || screen.dirty;
    }
}

void Holder::handleExtensionEvent(const xcb_generic_event_t &event)
{
    const std::uint8_t type = event.response_type & 0x7f;
    if (m_randrEvent != 0
        && (type == m_randrEvent + XCB_RANDR_SCREEN_CHANGE_NOTIFY
            || type == m_randrEvent + XCB_RANDR_NOTIFY)) {
        refreshGeometry();
    }
    if (m_fixesEvent != 0 && type == m_fixesEvent + XCB_XFIXES_SELECTION_NOTIFY) {
        for (Screen &screen : m_screens) {
            screen.curtain->lookAround();
            screen.dirty = true;
        }
        report("compositor-changed", mainScreen().curtain->hasCompositor() ? "started" : "ended");
    }
}

void Holder::handleOwnWindow(Screen &screen, const xcb_generic_event_t &event)
{
    Curtain &curtain = *screen.curtain;
    switch (event.response_type & 0x7f) {
    case XCB_UNMAP_NOTIFY: {
        const auto &unmapped = reinterpret_cast<const xcb_unmap_notify_event_t &>(event);
        if (unmapped.event == unmapped.window && curtain.owns(unmapped.window)) {
            xcb_map_window(m_c, unmapped.window);
            screen.dirty = true;
            report("curtain-unmapped", "");
        }
        break;
    }
    case XCB_DESTROY_NOTIFY: {
        const auto &destroyed = reinterpret_cast<const xcb_destroy_notify_event_t &>(event);
        if (destroyed.window == curtain.window()) {
            curtain.cover();
            if (m_grabs->isWanted() && &screen == &mainScreen()) {
                m_grabs->hold(curtain.window());
            }
            screen.dirty = true;
            report("curtain-destroyed", "");
        }
        break;
    }
    case XCB_CONFIGURE_NOTIFY: {
        const auto &moved = reinterpret_cast<const xcb_configure_notify_event_t &>(event);
        if (moved.window == curtain.root()) {
            curtain.resize({0, 0, moved.width, moved.height});
            refreshGeometry();
        }
        break;
    }
    case XCB_EXPOSE:
        if (curtain.owns(reinterpret_cast<const xcb_expose_event_t &>(event).window)) {
            drawPage(monotonicMs(), true);
        }
        break;
    default:
        break;
    }
}

void Holder::handleLine(std::string_view line)
{
    const auto parts = words(line);
    if (parts.empty() || m_page->hear(parts, monotonicMs())) {
        return;
    }
    constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
    const auto parsed = parts.size() == 2 ? parseNumber(parts[1], most) : std::nullopt;
    const bool numbered = parsed.has_value();
    const std::uint64_t number = parsed.value_or(0);
    if (parts[0] == "ping" && numbered) {
        m_supervisor.send("pong " + std::to_string(number));
    } else if (parts[0] == "ui-process" && numbered) {
        m_trust->setUiProcess(std::uint32_t(number));
    } else if (parts[0] == "ui" && numbered) {
        setUi(xcb_window_t(number));
    } else if (parts[0] == "yield") {
        m_page->clear();
        m_grabs->yield();
        setCopyWanted(false);
    } else if (parts[0] == "hold") {
        m_popupsUnmapped = false;
        m_grabs->hold(mainScreen().curtain->window());
        setCopyWanted(true);
    } else if (parts[0] == "release") {
        release();
    }
}

void Holder::setUi(xcb_window_t ui)
{
    const bool foreign = ui == XCB_WINDOW_NONE
        || (!isServerBase(clientBase(m_c, ui))
            && clientBase(m_c, ui) != xcb_get_setup(m_c)->resource_id_base);
    mainScreen().watcher->allow(foreign ? ui : xcb_window_t(XCB_WINDOW_NONE));
    mainScreen().dirty = true;
}

void Holder::setCopyWanted(bool wanted)
{
    for (Screen &screen : m_screens) {
        // Only the main screen shows a question.
        screen.curtain->setCopyWanted(wanted || &screen != &mainScreen());
        screen.dirty = true;
    }
}

void Holder::refreshGeometry()
{
    const Geometry geometry = queryGeometry(m_c, mainScreen().curtain->root());
    if (geometry != m_geometry) {
        m_geometry = geometry;
        m_supervisor.send(geometryLine(geometry));
        drawPage(monotonicMs(), true);
    }
}

void Holder::handleKey(const xcb_key_press_event_t &event)
{
    if (const auto line = m_page->press(m_keys->read(event))) {
        m_supervisor.send(*line);
    }
}

void Holder::drawPage(std::int64_t nowMs, bool everything)
{
    const Curtain &curtain = *mainScreen().curtain;
    std::vector<xcb_window_t> windows{curtain.window()};
    if (curtain.copy() != XCB_WINDOW_NONE) {
        windows.push_back(curtain.copy());
    }
    m_page->draw(windows, m_geometry, nowMs, everything);
}

void Holder::handleSupervisorLoss(std::int64_t nowMs)
{
    if (m_supervisor.isOpen()) {
        return;
    }
    if (m_orphanSinceMs == 0) {
        m_orphanSinceMs = nowMs;
        setUi(XCB_WINDOW_NONE);
        m_page->clear(); // nobody would hear the answer
        setCopyWanted(true);
        m_grabs->hold(mainScreen().curtain->window());
    }
    if (!m_page->countsDown() && nowMs - m_orphanSinceMs >= orphanPatienceMs) {
        m_page->startCountdown(nowMs, m_options.countdownMs);
    }
    if (m_page->isCountdownOver(nowMs)) {
        // Nobody comes after an orphan to take away what gates that died before it have left.
        m_ownership->removeOthers();
        release();
    }
}

void Holder::takeOver(std::int64_t nowMs)
{
    if (nowMs < m_removeUntilMs && nowMs >= m_nextRemoveMs) {
        m_ownership->removeOthers();
        m_nextRemoveMs = nowMs + removeEveryMs;
    }
}

void Holder::tick(std::int64_t nowMs)
{
    m_grabs->tick(nowMs);
    if (m_grabs->areContested() && !m_popupsUnmapped) {
        m_popupsUnmapped = true;
        mainScreen().watcher->unmapPopups();
    }
    takeOver(nowMs);
    drawPage(nowMs, false);
    handleSupervisorLoss(nowMs);
}

int Holder::waitMs(std::int64_t nowMs) const
{
    if (m_flooded || m_released || m_takenOver) {
        return 0;
    }
    std::int64_t next = nowMs + idleWaitMs;
    if (m_grabs->isWanted()) {
        next = std::min(next, m_grabs->nextTryMs());
    }
    if (m_page->countsDown() || m_orphanSinceMs != 0 || nowMs < m_removeUntilMs) {
        next = std::min(next, nowMs + removeEveryMs);
    }
    return int(std::clamp<std::int64_t>(next - nowMs, 0, idleWaitMs));
}

void Holder::wait()
{
    pollfd watched[] = {{xcb_get_file_descriptor(m_c), POLLIN, 0},
        {m_supervisor.isOpen() ? m_supervisor.fd() : -1, POLLIN, 0}};
    if (::poll(watched, 2, waitMs(monotonicMs())) < 0 || watched[1].revents == 0) {
        return;
    }
    m_supervisor.receive();
    while (const auto line = m_supervisor.take()) {
        handleLine(*line);
    }
}

void Holder::release()
{
    if (m_released) {
        return;
    }
    m_released = true;
    m_grabs->yield();
    xcb_grab_server(m_c); // curtain and windows change places in one step
    for (Screen &screen : m_screens) {
        screen.watcher->restore();
        screen.curtain->remove();
    }
    xcb_ungrab_server(m_c);
    xcb_set_close_down_mode(m_c, XCB_CLOSE_DOWN_DESTROY_ALL);
    roundTrip(m_c);
}

void Holder::report(std::string_view kind, std::string_view detail)
{
    std::string line = "event " + std::string(kind);
    if (!detail.empty()) {
        line += ' ' + std::string(detail);
    }
    m_supervisor.send(line);
}

} // namespace qingfeng::gate
