#include "app/gate/core/protocol.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace qingfeng::gate {

namespace {

constexpr std::size_t maxWords = 400;
constexpr int maxCoordinate = 65535;

/** An id or kind: printable ASCII without a space, as ids and kinds are. */
bool isPlainWord(std::string_view word, std::size_t most)
{
    return !word.empty() && word.size() <= most
        && std::all_of(word.begin(), word.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

bool isKind(std::string_view word)
{
    return isPlainWord(word, 64) && std::all_of(word.begin(), word.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

std::optional<int> parseCoordinate(std::string_view word)
{
    int value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc() || end != word.data() + word.size() || value < -maxCoordinate
        || value > maxCoordinate) {
        return std::nullopt;
    }
    return value;
}

std::string rectWords(const Rect &rect)
{
    return ' ' + std::to_string(rect.x) + ' ' + std::to_string(rect.y) + ' ' + std::to_string(rect.width)
        + ' ' + std::to_string(rect.height);
}

/** Length of the UTF-8 sequence that begins with this byte; 0 if none does. */
int sequenceLength(unsigned char lead)
{
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xc2 && lead <= 0xdf) {
        return 2;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
        return 3;
    }
    return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

std::optional<UiMessage> parseEvent(std::string_view rest)
{
    const auto space = rest.find(' ');
    const std::string_view kind = rest.substr(0, space);
    const std::string_view text = space == std::string_view::npos ? "" : rest.substr(space + 1);
    if (!isKind(kind)) {
        return std::nullopt;
    }
    return Happened{std::string(kind), std::string(text)};
}

} // namespace

std::vector<std::string_view> words(std::string_view line)
{
    std::vector<std::string_view> result;
    while (true) {
        const auto space = line.find(' ');
        const std::string_view word = line.substr(0, space);
        if (word.empty() || result.size() == maxWords) {
            return {};
        }
        result.push_back(word);
        if (space == std::string_view::npos) {
            return result;
        }
        line.remove_prefix(space + 1);
    }
}

std::optional<std::uint64_t> parseNumber(std::string_view word, std::uint64_t most)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (word.empty() || error != std::errc() || end != word.data() + word.size() || value > most) {
        return std::nullopt;
    }
    return value;
}

bool isUtf8(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const int length = sequenceLength(lead);
        if (length == 0 || i + std::size_t(length) > text.size()) {
            return false;
        }
        char32_t code = length == 1 ? lead : lead & (0x7f >> length);
        for (int k = 1; k < length; ++k) {
            const auto byte = static_cast<unsigned char>(text[i + std::size_t(k)]);
            if ((byte & 0xc0) != 0x80) {
                return false;
            }
            code = (code << 6) | (byte & 0x3f);
        }
        const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
        if (overlong || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
            return false;
        }
        i += std::size_t(length);
    }
    return true;
}

std::optional<UiMessage> parseUiLine(std::string_view line)
{
    if (line.size() > maxLineBytes || !isUtf8(line)) {
        return std::nullopt;
    }
    constexpr std::string_view eventPrefix = "event ";
    if (line.substr(0, eventPrefix.size()) == eventPrefix) {
        return parseEvent(line.substr(eventPrefix.size()));
    }
    const auto parts = words(line);
    if (parts.size() == 1 && parts[0] == "ready") {
        return Ready{};
    }
    if (parts.size() == 2 && parts[0] == "pong") {
        const auto number = parseNumber(parts[1], std::numeric_limits<std::uint64_t>::max());
        return number ? std::optional<UiMessage>(Pong{*number}) : std::nullopt;
    }
    if (parts.size() == 2 && parts[0] == "window") {
        const auto xid = parseNumber(parts[1], 0x1fffffff);
        return xid && *xid != 0 ? std::optional<UiMessage>(WindowNamed{std::uint32_t(*xid)}) : std::nullopt;
    }
    if (parts.size() == 2 && parts[0] == "unable" && isKind(parts[1])) {
        return Unable{std::string(parts[1])};
    }
    if (parts.size() == 2 && parts[0] == "code" && isPlainWord(parts[1], 64)) {
        return CodeTyped{std::string(parts[1])};
    }
    if (parts.size() == 4 && parts[0] == "pass" && isPlainWord(parts[1], 128) && isPlainWord(parts[2], 128)
        && isPlainWord(parts[3], 128)) {
        return Pass{std::string(parts[1]), std::string(parts[2]), std::string(parts[3])};
    }
    return std::nullopt;
}

std::string helloLine(const Secret &secret)
{
    return "hello 1 " + toHex(secret);
}

std::string pingLine(std::uint64_t number)
{
    return "ping " + std::to_string(number);
}

std::string geometryLine(const Geometry &geometry)
{
    std::string line = "geometry" + rectWords(geometry.root);
    for (const Rect &monitor : geometry.monitors) {
        const std::string more = rectWords(monitor);
        if (line.size() + more.size() > maxLineBytes) {
            break;
        }
        line += more;
    }
    return line;
}

std::optional<Geometry> parseGeometry(std::string_view line)
{
    const auto parts = words(line);
    if (parts.size() < 5 || parts[0] != "geometry" || (parts.size() - 1) % 4 != 0) {
        return std::nullopt;
    }
    std::vector<Rect> rects;
    for (std::size_t i = 1; i < parts.size(); i += 4) {
        const auto x = parseCoordinate(parts[i]);
        const auto y = parseCoordinate(parts[i + 1]);
        const auto width = parseCoordinate(parts[i + 2]);
        const auto height = parseCoordinate(parts[i + 3]);
        if (!x || !y || !width || !height || *width < 0 || *height < 0) {
            return std::nullopt;
        }
        rects.push_back({*x, *y, *width, *height});
    }
    Geometry geometry{rects.front(), {}};
    geometry.monitors.assign(rects.begin() + 1, rects.end());
    return geometry;
}

void LineBuffer::append(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto newline = bytes.find('\n');
        const std::string_view piece = bytes.substr(0, newline);
        if (!m_overlong && m_partial.size() + piece.size() <= maxLineBytes) {
            m_partial += piece;
        } else {
            m_overlong = true;
            m_partial.clear();
        }
        if (newline == std::string_view::npos) {
            return;
        }
        if (m_overlong) {
            ++m_dropped;
        } else {
            m_lines.push_back(std::move(m_partial));
        }
        m_partial.clear();
        m_overlong = false;
        bytes.remove_prefix(newline + 1);
    }
}

std::optional<std::string> LineBuffer::take()
{
    if (m_next == m_lines.size()) {
        m_lines.clear();
        m_next = 0;
        return std::nullopt;
    }
    return std::move(m_lines[m_next++]);
}

} // namespace qingfeng::gate
