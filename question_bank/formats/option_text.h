#pragma once

#include <QList>
#include <QString>
#include <QStringList>

/** Several options in one text. */
namespace qingfeng {

/** How many options an item may have on import. */
constexpr qsizetype maxOptions = 26;

/**
 * Options written into one text: "A.9种/B.10种", "A、… B、…", one a line, "甲|乙|丙". Markers are dropped.
 *
 * @param first      the letter that the first marker must have, 0 = A
 * @param separator  when known; empty = found by trying
 * @return fewer than two when the text is no list of options
 */
QStringList splitOptions(const QString &text, int first = 0, const QString &separator = {});

/** Where one option stands in a text: its marker, and what the marker marks. */
struct OptionSpan
{
    qsizetype marker = 0;
    qsizetype start = 0;
    qsizetype length = 0; ///< without the separators at its end
};

/** The options of a text that starts with the marker of option @p first: "A.甲 B.乙"; else none. */
QList<OptionSpan> findMarkedOptions(const QString &text, int first);

/**
 * The same for letters with nothing between them and their words: "A形式主义 B集体主义". A text may also begin so and be
 * no option ("A公司…"): who calls this looks at what follows.
 */
QList<OptionSpan> findBareOptions(const QString &text, int first);

/** The options of a text that starts with the sign of one: "○甲 ○乙", "□甲", as survey programs write them; else none. */
QList<OptionSpan> findSignedOptions(const QString &text);

/** Splits at @p first-lettered markers only: "A.甲 B.乙"; empty when the text does not start with that marker. */
QStringList splitMarkedOptions(const QString &text, int first);

} // namespace qingfeng
