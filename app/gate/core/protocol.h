#pragma once

#include "app/gate/core/token.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace qingfeng::gate {

/** Longest line of the protocol, without its newline, in bytes of UTF-8. */
inline constexpr std::size_t maxLineBytes = 1024;

struct Rect
{
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    friend bool operator==(const Rect &, const Rect &) = default;
};

/** The root window and its monitors, the primary one first. */
struct Geometry
{
    Rect root;
    std::vector<Rect> monitors;
    friend bool operator==(const Geometry &, const Geometry &) = default;
};

/** What the UI says to the gate; docs/gate.md has the lines. */
struct Pong
{
    std::uint64_t number;
};
struct WindowNamed
{
    std::uint32_t xid;
};
struct Ready
{
};
struct Pass
{
    std::string obligation;
    std::string attempt;
    std::string token;
};
struct Happened
{
    std::string kind;
    std::string text;
};
/** The UI has nothing to ask with. */
struct Unable
{
    std::string why;
};
/** Somebody has typed the administrator's unlock code. */
struct CodeTyped
{
    std::string code;
};
using UiMessage = std::variant<Pong, WindowNamed, Ready, Pass, Happened, Unable, CodeTyped>;

/** Reads one line of the UI; nothing if it is malformed, too long, not UTF-8 or unknown. */
std::optional<UiMessage> parseUiLine(std::string_view line);

/** Lines from the gate to the UI, without newline. */
std::string helloLine(const Secret &secret);
std::string pingLine(std::uint64_t number);
/** At most as many monitors as fit into one line. */
std::string geometryLine(const Geometry &geometry);
inline constexpr std::string_view releasedLine = "released";

/** Reads the numbers of a geometry line. */
std::optional<Geometry> parseGeometry(std::string_view line);

/** The words of a line, separated by single spaces; an empty word makes the line malformed: no words. */
std::vector<std::string_view> words(std::string_view line);
/** A decimal number that fills the whole word and fits. */
std::optional<std::uint64_t> parseNumber(std::string_view word, std::uint64_t most);
bool isUtf8(std::string_view text);

/** Cuts a stream into lines; a line over the bound is dropped whole and counted. */
class LineBuffer
{
public:
    void append(std::string_view bytes);
    /** The next whole line without its newline. */
    std::optional<std::string> take();
    std::size_t dropped() const { return m_dropped; }

private:
    std::vector<std::string> m_lines; ///< whole lines; those before m_next have been taken
    std::size_t m_next = 0;
    std::string m_partial;
    bool m_overlong = false;
    std::size_t m_dropped = 0;
};

} // namespace qingfeng::gate
