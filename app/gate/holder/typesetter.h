#pragma once

#include "app/gate/holder/canvas.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace qingfeng::gate {

/**
 * Sets lines of Chinese from the letters that were drawn at build time, scaled down to any size by area. A
 * character that was not drawn leaves a blank.
 */
class Typesetter
{
public:
    /** Width of a text in letters of this many pixels. */
    int width(std::string_view text, int pixels) const;
    /** Height of a line that stands by itself. */
    static int lineHeight(int pixels);
    /**
     * Breaks a text into lines no wider than this: between any two Chinese characters, never within a number
     * or a Latin word, with no closing mark at the beginning of a line and no opening one at its end.
     */
    std::vector<std::string> wrap(std::string_view text, int pixels, int width) const;
    /** Writes one line; (x, y) is its upper left corner. */
    void draw(Canvas &canvas, int x, int y, std::string_view text, int pixels, const Colour &ink);

private:
    struct Scaled
    {
        int left = 0;
        int top = 0;
        int width = 0;
        int height = 0;
        std::vector<std::uint8_t> coverage; ///< row by row
    };

    const Scaled &scaled(char32_t code, int pixels);

    std::map<std::pair<char32_t, int>, Scaled> m_scaled;
};

/** The characters of UTF-8 text; one that is broken becomes U+FFFD. */
std::u32string decoded(std::string_view text);
std::string encoded(std::u32string_view text);

} // namespace qingfeng::gate
