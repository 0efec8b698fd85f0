#include "app/gate/holder/typesetter.h"

#include "app/gate/holder/glyph_art.h"

#include <algorithm>
#include <cmath>

namespace qingfeng::gate {

namespace {

constexpr std::u32string_view neverFirst = U"，。、；：？！）》」』”’…%℃";
constexpr std::u32string_view neverLast = U"（《「『“‘";

const Glyph *findGlyph(char32_t code)
{
    const Glyph *end = glyphs + glyphCount;
    const Glyph *found = std::lower_bound(
        glyphs, end, code, [](const Glyph &glyph, char32_t wanted) { return glyph.code < wanted; });
    return found != end && found->code == code ? found : nullptr;
}

double advanceOf(char32_t code, int pixels)
{
    const Glyph *glyph = findGlyph(code);
    return glyph != nullptr ? double(glyph->advance) * pixels / glyphPixels : pixels;
}

int coverageAt(const Glyph &glyph, int x, int y)
{
    const int stride = (glyph.width + 1) / 2;
    const auto pair = static_cast<unsigned char>(glyph.values[y * stride + x / 2]);
    return (x % 2 == 0 ? pair >> 4 : pair & 0x0f) * 17;
}

bool isWordLetter(char32_t code)
{
    return (code >= U'0' && code <= U'9') || (code >= U'a' && code <= U'z') || (code >= U'A' && code <= U'Z')
        || code == U'.' || code == U'-' || code == U'/';
}

/** Whether a line may end before the character at this place. */
bool mayBreak(std::u32string_view text, std::size_t place)
{
    const char32_t before = text[place - 1];
    const char32_t after = text[place];
    return neverFirst.find(after) == std::u32string_view::npos
        && neverLast.find(before) == std::u32string_view::npos
        && !(isWordLetter(before) && isWordLetter(after));
}

/** How much of the span that begins at @p from falls on each of the whole cells that follow one another. */
struct Share
{
    int cell;
    double part;
};

std::vector<Share> shares(double from, double to, int cells)
{
    std::vector<Share> result;
    for (int cell = std::max(0, int(std::floor(from))); cell < cells && cell < to; ++cell) {
        const double part = std::min(to, cell + 1.0) - std::max(from, double(cell));
        if (part > 0) {
            result.push_back({cell, part});
        }
    }
    return result;
}

} // namespace

std::u32string decoded(std::string_view text)
{
    std::u32string result;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1
            : lead >= 0xf0                     ? 4
            : lead >= 0xe0                     ? 3
            : lead >= 0xc0                     ? 2
                                               : 0;
        if (length == 0 || i + length > text.size()) {
            result += U'\ufffd';
            ++i;
            continue;
        }
        char32_t code = length == 1 ? lead : char32_t(lead & (0x7f >> length));
        for (std::size_t k = 1; k < length; ++k) {
            code = (code << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3f);
        }
        result += code;
        i += length;
    }
    return result;
}

std::string encoded(std::u32string_view text)
{
    std::string result;
    for (const char32_t code : text) {
        if (code < 0x80) {
            result += char(code);
            continue;
        }
        const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
        constexpr unsigned char leads[] = {0, 0xc0, 0xe0, 0xf0};
        result += char(leads[more] | (code >> (6 * more)));
        for (int k = more - 1; k >= 0; --k) {
            result += char(0x80 | ((code >> (6 * k)) & 0x3f));
        }
    }
    return result;
}

int Typesetter::width(std::string_view text, int pixels) const
{
    double total = 0;
    for (const char32_t code : decoded(text)) {
        total += advanceOf(code, pixels);
    }
    return int(std::ceil(total));
}

int Typesetter::lineHeight(int pixels)
{
    return int(std::lround(double(glyphLine) * pixels / glyphPixels));
}

std::vector<std::string> Typesetter::wrap(std::string_view text, int pixels, int width) const
{
    const std::u32string all = decoded(text);
    std::vector<std::string> lines;
    std::size_t begin = 0;
    while (begin < all.size()) {
        double used = 0;
        std::size_t end = begin;
        while (end < all.size() && used + advanceOf(all[end], pixels) <= width) {
            used += advanceOf(all[end], pixels);
            ++end;
        }
        if (end < all.size()) {
            std::size_t fit = std::max(end, begin + 1);
            while (fit > begin + 1 && !mayBreak(all, fit)) {
                --fit;
            }
            end = fit > begin + 1 ? fit : std::max(end, begin + 1); // a word longer than the line is cut
        }
        lines.push_back(encoded(std::u32string_view(all).substr(begin, end - begin)));
        begin = end;
        while (begin < all.size() && all[begin] == U' ') {
            ++begin;
        }
    }
    return lines;
}

const Typesetter::Scaled &Typesetter::scaled(char32_t code, int pixels)
{
    const auto [place, isNew] = m_scaled.try_emplace({code, pixels});
    Scaled &result = place->second;
    const Glyph *glyph = findGlyph(code);
    if (!isNew || glyph == nullptr || glyph->width == 0) {
        return result;
    }
    const double step = double(glyphPixels) / pixels; // of the drawn letter, for one pixel of the scaled one
    result.left = int(std::floor(glyph->left / step));
    result.top = int(std::floor(glyph->top / step));
    result.width = int(std::ceil((glyph->left + glyph->width) / step)) - result.left;
    result.height = int(std::ceil((glyph->top + glyph->height) / step)) - result.top;
    for (int y = 0; y < result.height; ++y) {
        const double fromY = (result.top + y) * step - glyph->top;
        const auto rows = shares(fromY, fromY + step, glyph->height);
        for (int x = 0; x < result.width; ++x) {
            const double fromX = (result.left + x) * step - glyph->left;
            double sum = 0;
            for (const Share &column : shares(fromX, fromX + step, glyph->width)) {
                for (const Share &row : rows) {
                    sum += coverageAt(*glyph, column.cell, row.cell) * column.part * row.part;
                }
            }
            result.coverage.push_back(std::uint8_t(std::clamp(std::lround(sum / (step * step)), 0L, 255L)));
        }
    }
    return result;
}

void Typesetter::draw(Canvas &canvas, int x, int y, std::string_view text, int pixels, const Colour &ink)
{
    double pen = x;
    for (const char32_t code : decoded(text)) {
        const Scaled &letter = scaled(code, pixels);
        const int left = int(std::lround(pen)) + letter.left;
        for (int row = 0; row < letter.height; ++row) {
            for (int column = 0; column < letter.width; ++column) {
                canvas.blend(left + column, y + letter.top + row,
                    letter.coverage[std::size_t(row) * std::size_t(letter.width) + std::size_t(column)], ink);
            }
        }
        pen += advanceOf(code, pixels);
    }
}

} // namespace qingfeng::gate
