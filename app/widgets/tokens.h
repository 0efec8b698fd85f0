#pragma once

#include <algorithm>
#include <iterator>

#include <QColor>
#include <QString>
#include <QStringList>

/**
 * The design tokens: the only place where a colour, a size or a font is written. Sizes are logical pixels at
 * a text scale of 100 %; contrasts are given on the background (WCAG 2.1).
 */
namespace qingfeng {

/** Which of the three palettes is shown. */
enum class Scheme { Light, Dark, HighContrast };

/** What a colour is for. Grades and right/wrong never differ by colour alone. */
struct Colours
{
    QColor background;
    QColor surface; ///< cards, fields, rows
    QColor line; ///< hair lines
    QColor hover; ///< a row or button under the pointer
    QColor track; ///< the empty part of a bar, an empty day
    QColor ink;
    QColor secondary; ///< secondary ink
    QColor accent; ///< 青: actions, focus, progress
    QColor accentHover;
    QColor onAccent; ///< text on the accent
    QColor accentSoft; ///< what is chosen
    QColor high; ///< 朱: high risk, wrong
    QColor highSoft;
    QColor medium;
    QColor mediumSoft;
    QColor low; ///< low risk, information
    QColor lowSoft;
    QColor right;
    QColor rightSoft;
};

inline Colours coloursOf(Scheme scheme)
{
    const auto rgb = [](QRgb value) { return QColor::fromRgb(value); };
    switch (scheme) {
    case Scheme::Dark:
        return {.background = rgb(0x14191C),
            .surface = rgb(0x1D2428),
            .line = rgb(0x333D43),
            .hover = rgb(0x242C31),
            .track = rgb(0x2D363B),
            .ink = rgb(0xEDEFEF), // 15.3
            .secondary = rgb(0xA9B4BA), // 8.4
            .accent = rgb(0x5FC2B4),
            .accentHover = rgb(0x7AD0C4),
            .onAccent = rgb(0x0E2421), // 8.3
            .accentSoft = rgb(0x1D3835),
            .high = rgb(0xF08A7E),
            .highSoft = rgb(0x3A2523), // 7.3
            .medium = rgb(0xE3B25A),
            .mediumSoft = rgb(0x352D1C), // 9.1
            .low = rgb(0x8AB8E6),
            .lowSoft = rgb(0x1F2E3C), // 8.5
            .right = rgb(0x7CCB8D),
            .rightSoft = rgb(0x1F3426)}; // 9.1
    case Scheme::HighContrast:
        return {.background = rgb(0x000000),
            .surface = rgb(0x000000),
            .line = rgb(0xFFFFFF),
            .hover = rgb(0x262626),
            .track = rgb(0x4D4D4D),
            .ink = rgb(0xFFFFFF),
            .secondary = rgb(0xFFFFFF),
            .accent = rgb(0xFFE14D),
            .accentHover = rgb(0xFFF0A0),
            .onAccent = rgb(0x000000),
            .accentSoft = rgb(0x333000),
            .high = rgb(0xFF9C92),
            .highSoft = rgb(0x330F0B),
            .medium = rgb(0xFFC857),
            .mediumSoft = rgb(0x332600),
            .low = rgb(0x9CCBFF),
            .lowSoft = rgb(0x0B2133),
            .right = rgb(0x8DF0A0),
            .rightSoft = rgb(0x0C2B12)};
    case Scheme::Light:
        break;
    }
    return {.background = rgb(0xF7F5F0),
        .surface = rgb(0xFFFFFF),
        .line = rgb(0xDDD8CE),
        .hover = rgb(0xFBF9F5),
        .track = rgb(0xE9E5DC),
        .ink = rgb(0x1F2A30), // 13.5
        .secondary = rgb(0x52616B), // 5.9
        .accent = rgb(0x1E6F68),
        .accentHover = rgb(0x185B55),
        .onAccent = rgb(0xFFFFFF), // 5.5, 6.0
        .accentSoft = rgb(0xE8F1EF),
        .high = rgb(0xB3372B),
        .highSoft = rgb(0xFAEEEC), // 5.5
        .medium = rgb(0x8A5A00),
        .mediumSoft = rgb(0xF8F1E2), // 5.4
        .low = rgb(0x2F5D8A),
        .lowSoft = rgb(0xEBF1F7), // 6.3
        .right = rgb(0x2B7A3D),
        .rightSoft = rgb(0xEAF3EC)}; // 4.9
}

/** The type scale, in pixels. */
enum class Type { Small = 13, Body = 15, Reading = 17, Heading = 22, Title = 28, Display = 36 };

/** Which ink a text is written in. */
enum class Ink { Primary, Secondary, Accent, OnAccent, High, Medium, Low, Right };

namespace space {
inline constexpr int hair = 1;
inline constexpr int xs = 4;
inline constexpr int s = 8;
inline constexpr int m = 12;
inline constexpr int l = 16;
inline constexpr int xl = 24;
inline constexpr int xxl = 32;
inline constexpr int huge = 48;
} // namespace space

namespace size {
inline constexpr int corner = 8; ///< radius of what has corners
inline constexpr int smallCorner = 6;
inline constexpr int focusRing = 2;
inline constexpr int icon = 20;
inline constexpr int largeIcon = 24;
inline constexpr int illustration = 56;
inline constexpr int row = 48; ///< lowest height of what is chosen
inline constexpr int control = 40; ///< height of buttons and fields
inline constexpr int chip = 32;
inline constexpr int letterKey = 28;
inline constexpr int bar = 6; ///< thickness of a bar in a plot
inline constexpr int progress = 3; ///< the thin progress line
inline constexpr int gradeShape = 10;
inline constexpr int dayDot = 14;
inline constexpr int dayCell = 20;
inline constexpr int rail = 88;
inline constexpr int railItem = 68;
inline constexpr int sideList = 308; ///< width of a list beside the content
inline constexpr int column = 760; ///< widest column of reading
inline constexpr int wideColumn = 960; ///< widest page
inline constexpr int card = 400; ///< width of a small form
inline constexpr int heatCell = 174; ///< width of a cell of a heat map
inline constexpr int levelMark = 10; ///< width of one of the four marks of a level
inline constexpr int chart = 132; ///< height of a small line chart
inline constexpr int scrollBar = 10;
inline constexpr int picture = 180; ///< height of a picture in the flow of a text
inline constexpr int partLabel = 96; ///< column of the names of the four parts
} // namespace size

inline constexpr double strokeWidth = 1.5; ///< of icons and plots
inline constexpr double illustrationStroke = 2.0; ///< of icons that are shown large
inline constexpr double readingLineHeight = 1.6;
inline constexpr double titleLineHeight = 1.35;
inline constexpr double columnRise
    = 0.36; ///< share of the free height above a column: a little above the middle
inline constexpr double textScales[] = {1.0, 1.25, 1.5, 2.0}; ///< what the user may choose

/** Position of the text scale that is nearest to @p scale. */
inline std::ptrdiff_t nearestTextScale(double scale)
{
    const auto nearest = std::min_element(std::begin(textScales), std::end(textScales),
        [scale](double a, double b) { return qAbs(a - scale) < qAbs(b - scale); });
    return nearest - std::begin(textScales);
}

/** By name, for under LANG=C a generic family gives Japanese forms. */
inline QStringList fontFamilies()
{
    return {QStringLiteral("Noto Sans CJK SC"), QStringLiteral("Source Han Sans SC"),
        QStringLiteral("Microsoft YaHei"), QStringLiteral("WenQuanYi Micro Hei"),
        QStringLiteral("sans-serif")};
}

} // namespace qingfeng
