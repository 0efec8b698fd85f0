#include "app/gate/holder/countdown.h"

#include <algorithm>
#include <array>
#include <string>

namespace qingfeng::gate {

namespace {

constexpr int lineGap = 12; // pixels at 100 %
constexpr int largeFromHeight = 1800; // monitors at least this high get the large words
constexpr std::size_t rowsAtOnce = 32; // keeps a request below the server's limit at any width used here

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

} // namespace

void Countdown::blend(Canvas &canvas, const Alpha &alpha, int x, int y, const Colour &ink) const
{
    std::array<std::uint32_t, 256> shades{};
    for (std::size_t i = 0; i < shades.size(); ++i) {
        const auto a = std::uint8_t(i);
        shades[i] = m_palette.pixel({mixed(backgroundColour.red, ink.red, a),
            mixed(backgroundColour.green, ink.green, a), mixed(backgroundColour.blue, ink.blue, a)});
    }
    for (int row = 0; row < alpha.height; ++row) {
        const std::uint8_t *from = alpha.values + std::ptrdiff_t(row) * alpha.width;
        std::uint32_t *into = canvas.pixels.data() + std::ptrdiff_t(y + row) * canvas.width + x;
        std::transform(from, from + alpha.width, into, [&](std::uint8_t value) { return shades[value]; });
    }
}

Countdown::Canvas Countdown::compose(const NoticeArt &art, int seconds) const
{
    const std::string number = std::to_string(std::clamp(seconds, 0, 999));
    const int titleWidth = art.before.width + int(number.size()) * art.digits[0].width + art.after.width;
    const int gap = lineGap * art.note.height / noticeArt.note.height;
    // As wide as three digits need, so that a shorter number leaves nothing of a longer one beside it.
    const int width = std::max(art.before.width + 3 * art.digits[0].width + art.after.width, art.note.width);
    const int height = art.before.height + gap + art.note.height;
    Canvas canvas{width, height,
        std::vector<std::uint32_t>(
            std::size_t(width) * std::size_t(height), m_palette.pixel(backgroundColour))};
    int x = (width - titleWidth) / 2;
    blend(canvas, art.before, x, 0, inkColour);
    x += art.before.width;
    for (const char digit : number) {
        const Alpha &alpha = art.digits[std::size_t(digit - '0')];
        blend(canvas, alpha, x, 0, accentColour);
        x += alpha.width;
    }
    blend(canvas, art.after, x, 0, inkColour);
    blend(canvas, art.note, (width - art.note.width) / 2, art.before.height + gap, secondaryInkColour);
    return canvas;
}

void Countdown::put(xcb_window_t window, xcb_gcontext_t gc, const Canvas &canvas, int x, int y) const
{
    const xcb_setup_t *setup = xcb_get_setup(m_c);
    const int bits = bitsPerPixel(setup, m_screen.root_depth);
    if (bits != 16 && bits != 24 && bits != 32) {
        return;
    }
    const int bytes = bits / 8;
    const int stride = bytesPerRow(canvas.width, bits);
    const bool lowFirst = setup->image_byte_order == XCB_IMAGE_ORDER_LSB_FIRST;
    for (int top = 0; top < canvas.height; top += int(rowsAtOnce)) {
        const int rows = std::min(int(rowsAtOnce), canvas.height - top);
        std::vector<std::uint8_t> data(std::size_t(stride) * std::size_t(rows));
        for (int row = 0; row < rows; ++row) {
            for (int column = 0; column < canvas.width; ++column) {
                const std::uint32_t pixel
                    = canvas.pixels[std::size_t(top + row) * std::size_t(canvas.width) + std::size_t(column)];
                std::uint8_t *into
                    = data.data() + std::ptrdiff_t(row) * stride + std::ptrdiff_t(column) * bytes;
                for (int i = 0; i < bytes; ++i) {
                    into[i] = std::uint8_t(pixel >> (8 * (lowFirst ? i : bytes - 1 - i)));
                }
            }
        }
        xcb_put_image(m_c, XCB_IMAGE_FORMAT_Z_PIXMAP, window, gc, std::uint16_t(canvas.width),
            std::uint16_t(rows), std::int16_t(x), std::int16_t(y + top), 0, m_screen.root_depth,
            std::uint32_t(data.size()), data.data());
    }
}

void Countdown::draw(xcb_window_t window, const Geometry &geometry, int seconds) const
{
    const xcb_gcontext_t gc = xcb_generate_id(m_c);
    xcb_create_gc(m_c, gc, window, 0, nullptr);
    const Canvas normal = compose(noticeArt, seconds);
    const Canvas large = compose(noticeArtLarge, seconds);
    for (const Rect &monitor : geometry.monitors) {
        const Canvas &canvas
            = monitor.height >= largeFromHeight && monitor.width >= large.width ? large : normal;
        put(window, gc, canvas, monitor.x + (monitor.width - canvas.width) / 2,
            monitor.y + (monitor.height - canvas.height) * 2 / 5);
    }
    xcb_free_gc(m_c, gc);
}

} // namespace qingfeng::gate
