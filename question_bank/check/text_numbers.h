#pragma once

#include <QList>
#include <QString>

#include <optional>

/** Numbers as Chinese texts of law have them: 30日, 三十日, 二十四个月, 3万元, 5%, 第一百三十四条. */
namespace qingfeng {

/** A quantity in a text. */
struct TextNumber
{
    double value = 0;
    QString unit; ///< 年, 个月, 日, 元, 倍, % …; empty when none of the known units follows
    QString text; ///< as it stands in the text, with its unit
    bool operator==(const TextNumber &) const = default;
};

/** Value of a whole numeral, Arabic ("30", "1.5") or Chinese ("三十", "二十四", "两", "百分之五" not);
 * nothing if none. */
std::optional<double> numeralValue(QStringView numeral);

/**
 * The quantities of @p text in their order. Ordinals (第三条), dates (2027年1月1日, 5月1日), years of four
 * digits, and Chinese numerals without a known unit (一般, 第三方) are none.
 */
QList<TextNumber> quantitiesIn(const QString &text);

/** Every numeral of @p text whatever it counts, for use as evidence. */
QList<double> numeralsIn(const QString &text);

} // namespace qingfeng
