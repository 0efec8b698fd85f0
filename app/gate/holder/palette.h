#pragma once

#include <xcb/xcb.h>

#include <cstdint>

namespace qingfeng::gate {

struct Colour
{
    std::uint8_t red;
    std::uint8_t green;
    std::uint8_t blue;
};

/** The light theme's tokens; the widgets' style has the same values. */
inline constexpr Colour backgroundColour{0xf7, 0xf5, 0xf0};
inline constexpr Colour inkColour{0x1f, 0x2a, 0x30};
inline constexpr Colour secondaryInkColour{0x52, 0x61, 0x6b};
inline constexpr Colour accentColour{0x1e, 0x6f, 0x68};
inline constexpr Colour surfaceColour{0xff, 0xff, 0xff};
inline constexpr Colour lineColour{0xdd, 0xd8, 0xce};
inline constexpr Colour rightColour{0x2b, 0x7a, 0x3d};
inline constexpr Colour wrongColour{0xb3, 0x37, 0x2b};
inline constexpr Colour mediumColour{0x8a, 0x5a, 0x00};

/** Turns colours into pixel values of a screen's root visual; black and white where that has no colour masks.
 */
class Palette
{
public:
    explicit Palette(const xcb_screen_t &screen);
    std::uint32_t pixel(const Colour &colour) const;

private:
    const xcb_screen_t &m_screen;
    std::uint32_t m_redMask = 0;
    std::uint32_t m_greenMask = 0;
    std::uint32_t m_blueMask = 0;
};

} // namespace qingfeng::gate
