#pragma once

#include <cstddef>
#include <cstdint>

namespace qingfeng::gate {

/** One character, drawn when this program was built: coverage in 16 steps, two pixels a byte, the left one
 * high. */
struct Glyph
{
    char32_t code;
    std::int16_t advance; ///< to the next character
    std::int16_t left; ///< of the drawn part, from the pen
    std::int16_t top; ///< of the drawn part, from the top of the line
    std::int16_t width; ///< of the drawn part; 0 for a blank
    std::int16_t height;
    const char *values; ///< rows, each padded to a whole byte
};

/** In ascending order of the code. */
extern const Glyph glyphs[];
extern const std::size_t glyphCount;
/** Size of the letters in pixels, and height of their line. */
extern const int glyphPixels;
extern const int glyphLine;

} // namespace qingfeng::gate
