#pragma once

#include "app/gate/core/protocol.h"
#include "app/gate/holder/palette.h"

#include <xcb/xcb.h>

#include <cstdint>
#include <vector>

namespace qingfeng::gate {

/** A picture in memory. What lies outside it is not drawn. */
class Canvas
{
public:
    Canvas(int width, int height, const Colour &background);

    int width() const { return m_width; }
    int height() const { return m_height; }
    Colour at(int x, int y) const { return m_pixels[index(x, y)]; }

    void fill(const Rect &area, const Colour &colour);
    /** The border of an area, drawn inside it. */
    void frame(const Rect &area, int thickness, const Colour &colour);
    /** Mixes a colour over a point; 255 covers it wholly. */
    void blend(int x, int y, std::uint8_t alpha, const Colour &colour);

private:
    std::size_t index(int x, int y) const { return std::size_t(y) * std::size_t(m_width) + std::size_t(x); }

    int m_width;
    int m_height;
    std::vector<Colour> m_pixels;
};

/** Puts a picture into a window; nothing on visuals of less than 16 bits. */
void putCanvas(xcb_connection_t *c, const xcb_screen_t &screen, const Palette &palette, xcb_window_t window,
    const Canvas &canvas, int x, int y);

} // namespace qingfeng::gate
