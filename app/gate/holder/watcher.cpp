#include "app/gate/holder/watcher.h"

#include <algorithm>
#include <array>

namespace qingfeng::gate {

namespace {

constexpr int mostOfAWindow = 3; // times it may come up before its client is killed
constexpr int mostOfAClient = 31; // for all its windows together
constexpr std::size_t mostRemembered = 4096; // windows; bounds what a client can make this process hold

constexpr std::array<const char *, 7> passingTypes{"_NET_WM_WINDOW_TYPE_MENU",
    "_NET_WM_WINDOW_TYPE_DROPDOWN_MENU", "_NET_WM_WINDOW_TYPE_POPUP_MENU", "_NET_WM_WINDOW_TYPE_TOOLTIP",
    "_NET_WM_WINDOW_TYPE_NOTIFICATION", "_NET_WM_WINDOW_TYPE_COMBO", "_NET_WM_WINDOW_TYPE_DND"};

template <typename Event> const Event &as(const xcb_generic_event_t &event)
{
    return reinterpret_cast<const Event &>(event);
}

Reply<xcb_get_window_attributes_reply_t> attributesOf(
    xcb_connection_t *c, xcb_get_window_attributes_cookie_t asked)
{
    return Reply<xcb_get_window_attributes_reply_t>(xcb_get_window_attributes_reply(c, asked, nullptr));
}

} // namespace

Watcher::Watcher(xcb_connection_t *c, Curtain &curtain, Trust &trust, int screenNumber, Report report)
    : m_c(c)
    , m_curtain(curtain)
    , m_trust(trust)
    , m_screenNumber(screenNumber)
    , m_report(std::move(report))
{
}

void Watcher::listen(xcb_connection_t *c, xcb_window_t root)
{
    const std::uint32_t mask = XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY | XCB_EVENT_MASK_STRUCTURE_NOTIFY;
    xcb_change_window_attributes(c, root, XCB_CW_EVENT_MASK, &mask);
}

void Watcher::allow(xcb_window_t ui)
{
    m_ui = ui;
    if (ui != XCB_WINDOW_NONE) {
        const std::uint32_t mask = XCB_EVENT_MASK_VISIBILITY_CHANGE;
        xcb_change_window_attributes(m_c, ui, XCB_CW_EVENT_MASK, &mask);
        pardon(clientBase(m_c, ui));
    }
}

/** A window may reach the server before its name reaches us: then it has been unmapped as a stranger's. */
void Watcher::pardon(std::uint32_t base)
{
    std::erase_if(m_unmapped, [this, base](xcb_window_t window) {
        const bool pardoned = clientBase(m_c, window) == base;
        if (pardoned) {
            xcb_map_window(m_c, window);
        }
        return pardoned;
    });
    m_offenders.erase(base);
}

bool Watcher::isOurs(xcb_window_t window) const
{
    return clientBase(m_c, window) == xcb_get_setup(m_c)->resource_id_base;
}

bool Watcher::isTolerated(xcb_window_t window)
{
    const std::uint32_t base = clientBase(m_c, window);
    if (isOurs(window)) {
        return true;
    }
    if (isServerBase(base)) {
        return m_curtain.hasCompositor(); // its overlay; without a compositor someone else has put it up
    }
    if (m_trust.isUiProcess(base)) {
        return true; // its window may come before its name
    }
    if (m_ui == XCB_WINDOW_NONE) {
        return false;
    }
    return base == clientBase(m_c, m_ui) || m_trust.isInputMethod(base);
}

bool Watcher::notice(const xcb_generic_event_t &event)
{
    switch (event.response_type & 0x7f) {
    case XCB_CREATE_NOTIFY: {
        const auto &created = as<xcb_create_notify_event_t>(event);
        if (created.parent == m_curtain.root() && !isOurs(created.window) && m_born.size() < mostRemembered) {
            m_born.insert(created.window);
        }
        return false;
    }
    case XCB_DESTROY_NOTIFY: {
        const auto &gone = as<xcb_destroy_notify_event_t>(event);
        m_born.erase(gone.window);
        std::erase(m_unmapped, gone.window);
        return false;
    }
    case XCB_MAP_NOTIFY: {
        const auto &mapped = as<xcb_map_notify_event_t>(event);
        return mapped.event != mapped.window && noticeMapped(mapped.window);
    }
    case XCB_CONFIGURE_NOTIFY: {
        const auto &moved = as<xcb_configure_notify_event_t>(event);
        m_born.erase(moved.window);
        return moved.event != moved.window && suspect(moved.window);
    }
    case XCB_CIRCULATE_NOTIFY:
        return suspect(as<xcb_circulate_notify_event_t>(event).window);
    case XCB_REPARENT_NOTIFY: {
        const auto &moved = as<xcb_reparent_notify_event_t>(event);
        return moved.parent == m_curtain.root() && suspect(moved.window);
    }
    case XCB_VISIBILITY_NOTIFY: {
        const auto &seen = as<xcb_visibility_notify_event_t>(event);
        const bool topmost = m_ui == XCB_WINDOW_NONE ? m_curtain.owns(seen.window) : seen.window == m_ui;
        return topmost && seen.state != XCB_VISIBILITY_UNOBSCURED;
    }
    default:
        return false;
    }
}

bool Watcher::suspect(xcb_window_t window)
{
    if (!isOurs(window) && m_suspects.size() < mostRemembered) {
        m_suspects.insert(window);
    }
    return true;
}

bool Watcher::noticeMapped(xcb_window_t window)
{
    if (isOurs(window)) {
        return false;
    }
    suspect(window);
    const bool surelyAbove = m_born.count(window) != 0 || m_offenders.count(clientBase(m_c, window)) != 0;
    if (surelyAbove && !isTolerated(window)) {
        offend(window); // without asking where it stands: each question costs time on the screen
        xcb_flush(m_c);
    }
    return true;
}

void Watcher::sweep()
{
    const auto asked = xcb_query_tree(m_c, m_curtain.root());
    if (m_ui == XCB_WINDOW_NONE) {
        m_curtain.raise(); // handled after the question, so the answer still tells who stood above
        m_born.clear();
    }
    const Reply<xcb_query_tree_reply_t> tree(xcb_query_tree_reply(m_c, asked, nullptr));
    if (!tree) {
        return;
    }
    const xcb_window_t *first = xcb_query_tree_children(tree.get());
    const std::vector<xcb_window_t> stack(first, first + xcb_query_tree_children_length(tree.get()));
    const auto curtain = std::ranges::find(stack, m_curtain.window());
    if (curtain == stack.end()) {
        return; // destroyed by someone: the event that says so has come with the answer
    }
    std::vector<xcb_window_t> foreign;
    std::copy_if(curtain, stack.end(), std::back_inserter(foreign),
        [this](xcb_window_t window) { return !isTolerated(window); });
    std::vector<xcb_window_t> foreignAbove = visible(foreign);
    std::erase_if(foreignAbove, [this](xcb_window_t window) {
        const bool guilty = m_suspects.count(window) != 0;
        if (guilty) {
            offend(window);
        }
        return guilty;
    });
    m_suspects.clear();
    straighten(stack, foreignAbove);
    sweepOverlay();
    xcb_flush(m_c);
}

void Watcher::straighten(
    const std::vector<xcb_window_t> &stack, const std::vector<xcb_window_t> &foreignAbove)
{
    const auto ui = std::ranges::find(stack, m_ui);
    if (m_ui == XCB_WINDOW_NONE || ui == stack.end()) {
        return;
    }
    const bool uiBelowForeign = std::ranges::any_of(
        foreignAbove, [&](xcb_window_t window) { return std::ranges::find(stack, window) > ui; });
    if (uiBelowForeign) {
        const std::uint32_t above = XCB_STACK_MODE_ABOVE;
        xcb_configure_window(m_c, m_ui, XCB_CONFIG_WINDOW_STACK_MODE, &above);
    }
    if (!foreignAbove.empty() || ui < std::ranges::find(stack, m_curtain.window())) {
        m_curtain.placeBelow(m_ui);
    }
}

void Watcher::sweepOverlay()
{
    if (m_curtain.overlay() == XCB_WINDOW_NONE) {
        return;
    }
    std::vector<xcb_window_t> inside = children(m_curtain.overlay());
    std::erase_if(inside, [this](xcb_window_t window) {
        return isOurs(window)
            || m_trust.isDesktopManager(clientBase(m_c, window), m_curtain.root(), m_screenNumber);
    });
    for (const xcb_window_t window : visible(inside)) {
        offend(window);
    }
}

void Watcher::offend(xcb_window_t window)
{
    const std::uint32_t base = clientBase(m_c, window);
    xcb_unmap_window(m_c, window);
    m_born.erase(window);
    if (m_unmapped.size() < mostRemembered && std::ranges::find(m_unmapped, window) == m_unmapped.end()) {
        m_unmapped.push_back(window);
    }
    if (m_offenders.size() >= mostRemembered) {
        m_offenders.clear();
    }
    Offender &offender = m_offenders[base];
    if (offender.windows.size() >= mostRemembered) {
        offender.windows.clear();
    }
    if (++offender.total == 1) {
        m_report("window-unmapped", "");
    }
    const bool tooOften = ++offender.windows[window] > mostOfAWindow || offender.total > mostOfAClient;
    if (tooOften && !isServerBase(base)
        && !m_trust.isDesktopManager(base, m_curtain.root(), m_screenNumber)) {
        xcb_kill_client(m_c, window);
        if (!offender.killed) {
            m_report("client-killed", "");
        }
        offender.killed = true;
    }
}

void Watcher::unmapPopups()
{
    std::vector<xcb_window_t> candidates = children(m_curtain.root());
    std::erase_if(candidates, [this](xcb_window_t window) { return isTolerated(window); });
    for (const xcb_window_t window : visible(candidates)) {
        const auto attributes = attributesOf(m_c, xcb_get_window_attributes(m_c, window));
        const std::uint32_t base = clientBase(m_c, window);
        if (attributes && attributes->override_redirect != 0 && !isServerBase(base)
            && !m_trust.isDesktopManager(base, m_curtain.root(), m_screenNumber)) {
            xcb_unmap_window(m_c, window);
            m_unmapped.push_back(window);
            m_report("grab-contested", "");
        }
    }
    xcb_flush(m_c);
}

void Watcher::restore()
{
    for (const xcb_window_t window : m_unmapped) {
        if (shouldComeBack(window)) {
            xcb_map_window(m_c, window);
        }
    }
    m_unmapped.clear();
}

bool Watcher::shouldComeBack(xcb_window_t window) const
{
    const auto attributes = attributesOf(m_c, xcb_get_window_attributes(m_c, window));
    if (!attributes) {
        return false;
    }
    if (attributes->override_redirect == 0
        || m_trust.isDesktopManager(clientBase(m_c, window), m_curtain.root(), m_screenNumber)) {
        return true;
    }
    const xcb_atom_t type = property32(m_c, window, internAtom(m_c, "_NET_WM_WINDOW_TYPE"), XCB_ATOM_ATOM);
    return type != XCB_ATOM_NONE && std::ranges::none_of(passingTypes, [this, type](const char *passing) {
        return internAtom(m_c, passing) == type;
    });
}

std::vector<xcb_window_t> Watcher::children(xcb_window_t parent) const
{
    const Reply<xcb_query_tree_reply_t> tree(xcb_query_tree_reply(m_c, xcb_query_tree(m_c, parent), nullptr));
    if (!tree) {
        return {};
    }
    const xcb_window_t *first = xcb_query_tree_children(tree.get());
    return {first, first + xcb_query_tree_children_length(tree.get())};
}

std::vector<xcb_window_t> Watcher::visible(const std::vector<xcb_window_t> &windows) const
{
    std::vector<xcb_get_window_attributes_cookie_t> asked;
    std::ranges::transform(windows, std::back_inserter(asked),
        [this](xcb_window_t window) { return xcb_get_window_attributes(m_c, window); });
    std::vector<xcb_window_t> result;
    for (std::size_t i = 0; i < windows.size(); ++i) {
        const auto attributes = attributesOf(m_c, asked[i]);
        if (attributes && attributes->map_state != XCB_MAP_STATE_UNMAPPED) {
            result.push_back(windows[i]);
        }
    }
    return result;
}

} // namespace qingfeng::gate
