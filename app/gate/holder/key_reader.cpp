#include "app/gate/holder/key_reader.h"

#include "app/gate/x11/connection.h"

#include <algorithm>

namespace qingfeng::gate {

namespace {

// Of X11/keysymdef.h.
constexpr xcb_keysym_t firstKeypadDigit = 0xffb0;
constexpr xcb_keysym_t lastKeypadDigit = 0xffb9;

Key keyOf(xcb_keysym_t symbol)
{
    if (symbol >= 'a' && symbol <= 'z') {
        return {Key::Letter, char(symbol - 'a' + 'A')};
    }
    if ((symbol >= 'A' && symbol <= 'Z') || (symbol >= '0' && symbol <= '9')) {
        return {Key::Letter, char(symbol)};
    }
    if (symbol >= firstKeypadDigit && symbol <= lastKeypadDigit) {
        return {Key::Letter, char('0' + (symbol - firstKeypadDigit))};
    }
    switch (symbol) {
    case 0xff0d: // Return
    case 0xff8d: // KP_Enter
        return {Key::Enter};
    case 0xff1b:
        return {Key::Escape};
    case 0xff08:
        return {Key::Backspace};
    case 0xff52: // Up
    case 0xff97: // KP_Up
        return {Key::Up};
    case 0xff54: // Down
    case 0xff99: // KP_Down
    case 0xff09: // Tab
        return {Key::Down};
    default:
        return {};
    }
}

} // namespace

void KeyReader::load()
{
    const xcb_setup_t *setup = xcb_get_setup(m_c);
    m_firstCode = setup->min_keycode;
    const auto count = std::uint8_t(setup->max_keycode - setup->min_keycode + 1);
    const Reply<xcb_get_keyboard_mapping_reply_t> reply(
        xcb_get_keyboard_mapping_reply(m_c, xcb_get_keyboard_mapping(m_c, m_firstCode, count), nullptr));
    if (reply) {
        m_perCode = reply->keysyms_per_keycode;
        const xcb_keysym_t *first = xcb_get_keyboard_mapping_keysyms(reply.get());
        m_symbols.assign(first, first + xcb_get_keyboard_mapping_keysyms_length(reply.get()));
    }
}

Key KeyReader::read(const xcb_key_press_event_t &event)
{
    if (m_symbols.empty()) {
        load();
    }
    constexpr auto chords = std::uint16_t(XCB_MOD_MASK_CONTROL | XCB_MOD_MASK_1 | XCB_MOD_MASK_4);
    const std::size_t begin = std::size_t(event.detail - m_firstCode) * m_perCode;
    if ((event.state & chords) != 0 || event.detail < m_firstCode || begin + m_perCode > m_symbols.size()) {
        return {};
    }
    const auto first = m_symbols.begin() + std::ptrdiff_t(begin);
    const auto isDigit
        = [](xcb_keysym_t symbol) { return symbol >= firstKeypadDigit && symbol <= lastKeypadDigit; };
    const auto digit = std::find_if(first, first + m_perCode, isDigit);
    const bool numLock = (event.state & XCB_MOD_MASK_2) != 0;
    if (numLock && digit != first + m_perCode) {
        return keyOf(*digit);
    }
    // Whatever layout is on: the first letter, digit or movement that the key can give.
    for (auto symbol = first; symbol != first + m_perCode; ++symbol) {
        if (const Key key = keyOf(*symbol); key.kind != Key::None) {
            return key;
        }
    }
    return {};
}

} // namespace qingfeng::gate
