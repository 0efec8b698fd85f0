#include "app/gate/holder/canvas.h"

#include <algorithm>

namespace qingfeng::gate {

namespace {

constexpr std::size_t bytesAtOnce = 200 * 1024; // below what any server takes in one request

std::uint8_t mixed(std::uint8_t under, std::uint8_t over, std::uint8_t alpha)
{
    return std::uint8_t((under * (255 - alpha) + over * alpha + 127) / 255);
}

int bitsPerPixel(const xcb_setup_t *setup, std::uint8_t depth)
{
    for (auto i = xcb_setup_pixmap_formats_iterator(setup); i.rem > 0; xcb_format_next(&i)) {
        if (i.data->depth == depth) {
            return i.data->bits_per_pixel;
        }
    }
    return 0;
}

int bytesPerRow(int width, int bits)
{
    return (width * bits + 31) / 32 * 4; // every server in use pads rows to 32 bits
}

void writePixel(std::uint8_t *into, std::uint32_t pixel, int bytes, bool lowFirst)
{
    for (int i = 0; i < bytes; ++i) {
        into[i] = std::uint8_t(pixel >> (8 * (lowFirst ? i : bytes - 1 - i)));
    }
}

} // namespace

Canvas::Canvas(int width, int height, const Colour &background)
    : m_width(std::max(width, 0))
    , m_height(std::max(height, 0))
    , m_pixels(std::size_t(m_width) * std::size_t(m_height), background)
{
}

void Canvas::fill(const Rect &area, const Colour &colour)
{
    const int left = std::clamp(area.x, 0, m_width);
    const int right = std::clamp(area.x + area.width, left, m_width);
    const int bottom = std::clamp(area.y + area.height, 0, m_height);
    for (int y = std::max(area.y, 0); y < bottom; ++y) {
        std::fill_n(m_pixels.begin() + std::ptrdiff_t(index(left, y)), right - left, colour);
    }
}

void Canvas::frame(const Rect &area, int thickness, const Colour &colour)
{
    fill({area.x, area.y, area.width, thickness}, colour);
    fill({area.x, area.y + area.height - thickness, area.width, thickness}, colour);
    fill({area.x, area.y, thickness, area.height}, colour);
    fill({area.x + area.width - thickness, area.y, thickness, area.height}, colour);
}

void Canvas::blend(int x, int y, std::uint8_t alpha, const Colour &colour)
{
    if (alpha == 0 || x < 0 || y < 0 || x >= m_width || y >= m_height) {
        return;
    }
    Colour &under = m_pixels[index(x, y)];
    under = {mixed(under.red, colour.red, alpha), mixed(under.green, colour.green, alpha),
        mixed(under.blue, colour.blue, alpha)};
}

void putCanvas(xcb_connection_t *c, const xcb_screen_t &screen, const Palette &palette, xcb_window_t window,
    const Canvas &canvas, int x, int y)
{
    const xcb_setup_t *setup = xcb_get_setup(c);
    const int bits = bitsPerPixel(setup, screen.root_depth);
    if ((bits != 16 && bits != 24 && bits != 32) || canvas.width() == 0 || canvas.height() == 0) {
        return;
    }
    const xcb_gcontext_t gc = xcb_generate_id(c);
    xcb_create_gc(c, gc, window, 0, nullptr);
    const int stride = bytesPerRow(canvas.width(), bits);
    const bool lowFirst = setup->image_byte_order == XCB_IMAGE_ORDER_LSB_FIRST;
    const int rowsAtOnce = std::max(1, int(bytesAtOnce / std::size_t(stride)));
    for (int top = 0; top < canvas.height(); top += rowsAtOnce) {
        const int rows = std::min(rowsAtOnce, canvas.height() - top);
        std::vector<std::uint8_t> data(std::size_t(stride) * std::size_t(rows));
        for (int row = 0; row < rows; ++row) {
            for (int column = 0; column < canvas.width(); ++column) {
                std::uint8_t *into
                    = data.data() + std::ptrdiff_t(row) * stride + std::ptrdiff_t(column) * (bits / 8);
                writePixel(into, palette.pixel(canvas.at(column, top + row)), bits / 8, lowFirst);
            }
        }
        xcb_put_image(c, XCB_IMAGE_FORMAT_Z_PIXMAP, window, gc, std::uint16_t(canvas.width()),
            std::uint16_t(rows), std::int16_t(x), std::int16_t(y + top), 0, screen.root_depth,
            std::uint32_t(data.size()), data.data());
    }
    xcb_free_gc(c, gc);
}

} // namespace qingfeng::gate
