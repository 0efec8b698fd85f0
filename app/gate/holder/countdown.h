#pragma once

#include "app/gate/core/protocol.h"
#include "app/gate/holder/notice_art.h"
#include "app/gate/holder/palette.h"

#include <xcb/xcb.h>

#include <cstdint>
#include <vector>

namespace qingfeng::gate {

/** The visible countdown, in the middle of every monitor, in words drawn at build time. */
class Countdown
{
public:
    Countdown(xcb_connection_t *c, const xcb_screen_t &screen)
        : m_c(c)
        , m_screen(screen)
        , m_palette(screen)
    {
    }

    /** Draws the notice for this many seconds, 0–999, into a window that covers the root. */
    void draw(xcb_window_t window, const Geometry &geometry, int seconds) const;

private:
    struct Canvas
    {
        int width;
        int height;
        std::vector<std::uint32_t> pixels;
    };

    Canvas compose(const NoticeArt &art, int seconds) const;
    void blend(Canvas &canvas, const Alpha &alpha, int x, int y, const Colour &ink) const;
    void put(xcb_window_t window, xcb_gcontext_t gc, const Canvas &canvas, int x, int y) const;

    xcb_connection_t *m_c;
    const xcb_screen_t &m_screen;
    Palette m_palette;
};

} // namespace qingfeng::gate
