#include "app/gate/holder/palette.h"

#include <bit>

namespace qingfeng::gate {

namespace {

std::uint32_t placed(std::uint8_t value, std::uint32_t mask)
{
    const int shift = std::countr_zero(mask);
    const int bits = std::popcount(mask);
    const std::uint64_t scaled = (std::uint64_t(value) * ((std::uint64_t(1) << bits) - 1) + 127) / 255;
    return std::uint32_t(scaled << shift) & mask;
}

} // namespace

Palette::Palette(const xcb_screen_t &screen)
    : m_screen(screen)
{
    for (auto depth = xcb_screen_allowed_depths_iterator(&screen); depth.rem > 0; xcb_depth_next(&depth)) {
        for (auto visual = xcb_depth_visuals_iterator(depth.data); visual.rem > 0;
             xcb_visualtype_next(&visual)) {
            if (visual.data->visual_id == screen.root_visual
                && visual.data->_class == XCB_VISUAL_CLASS_TRUE_COLOR) {
                m_redMask = visual.data->red_mask;
                m_greenMask = visual.data->green_mask;
                m_blueMask = visual.data->blue_mask;
            }
        }
    }
}

std::uint32_t Palette::pixel(const Colour &colour) const
{
    if (m_redMask == 0 || m_greenMask == 0 || m_blueMask == 0) {
        return colour.green >= 0x80 ? m_screen.white_pixel : m_screen.black_pixel;
    }
    return placed(colour.red, m_redMask) | placed(colour.green, m_greenMask)
        | placed(colour.blue, m_blueMask);
}

} // namespace qingfeng::gate
