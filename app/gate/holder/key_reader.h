#pragma once

#include "app/gate/holder/question_page.h"

#include <xcb/xcb.h>

#include <cstdint>
#include <vector>

namespace qingfeng::gate {

/** What a pressed key means on the holder's page, by the server's keyboard mapping. */
class KeyReader
{
public:
    explicit KeyReader(xcb_connection_t *c)
        : m_c(c)
    {
    }

    Key read(const xcb_key_press_event_t &event);
    /** The mapping has changed: it is asked for anew at the next key. */
    void forget() { m_symbols.clear(); }

private:
    void load();

    xcb_connection_t *m_c;
    std::vector<xcb_keysym_t> m_symbols;
    std::uint8_t m_firstCode = 0;
    std::uint8_t m_perCode = 0;
};

} // namespace qingfeng::gate
