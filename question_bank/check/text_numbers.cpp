#include "question_bank/check/text_numbers.h"

#include <algorithm>
#include <cmath>

#include <QHash>
#include <QStringList>

namespace qingfeng {
namespace {

int digitOf(QChar c)
{
    static const QString digits = QStringLiteral("零一二三四五六七八九");
    if (c == u'〇') {
        return 0;
    }
    if (c == u'两') {
        return 2;
    }
    return int(digits.indexOf(c));
}

double scaleOf(QChar c)
{
    switch (c.unicode()) {
    case u'十':
        return 10;
    case u'百':
        return 100;
    case u'千':
        return 1000;
    case u'万':
        return 1e4;
    case u'亿':
        return 1e8;
    default:
        return 0;
    }
}

bool isArabic(QChar c)
{
    return (c >= u'0' && c <= u'9') || (c >= u'０' && c <= u'９');
}

bool isChinese(QChar c)
{
    return digitOf(c) >= 0 || scaleOf(c) > 0;
}

/** Units in which the law counts; the longer before its beginning. */
const QStringList &units()
{
    static const QStringList list{QStringLiteral("个工作日"), QStringLiteral("工作日"),
        QStringLiteral("个月"), QStringLiteral("小时"), QStringLiteral("周岁"), QStringLiteral("年"),
        QStringLiteral("月"), QStringLiteral("日"), QStringLiteral("天"), QStringLiteral("周"),
        QStringLiteral("元"), QStringLiteral("倍"), QStringLiteral("%"), QStringLiteral("％"),
        QStringLiteral("‰")};
    return list;
}

QString unitAt(QStringView text)
{
    for (const QString &unit : units()) {
        if (text.startsWith(unit)) {
            return unit == QStringLiteral("％") ? QStringLiteral("%") : unit;
        }
    }
    return {};
}

struct Numeral
{
    qsizetype at = 0;
    qsizetype length = 0;
    double value = 0;
    bool arabic = false;
};

/** The numeral that begins at @p at, as long as it goes. */
std::optional<Numeral> numeralAt(const QString &text, qsizetype at)
{
    qsizetype end = at;
    if (isArabic(text.at(at))) {
        while (
            end < text.size() && (isArabic(text.at(end)) || text.at(end) == u'.' || text.at(end) == u',')) {
            ++end;
        }
        while (end > at && !isArabic(text.at(end - 1))) {
            --end;
        }
        qsizetype scaled = end;
        while (scaled < text.size() && scaleOf(text.at(scaled)) >= 100) {
            ++scaled;
        }
        const auto value = numeralValue(QStringView(text).mid(at, scaled - at));
        return value ? std::optional(Numeral{at, scaled - at, *value, true}) : std::nullopt;
    }
    while (end < text.size() && isChinese(text.at(end))) {
        ++end;
    }
    if (end == at) {
        return std::nullopt;
    }
    const auto value = numeralValue(QStringView(text).mid(at, end - at));
    return value ? std::optional(Numeral{at, end - at, *value, false}) : std::nullopt;
}

} // namespace

std::optional<double> numeralValue(QStringView numeral)
{
    if (numeral.isEmpty()) {
        return std::nullopt;
    }
    if (isArabic(numeral.front())) {
        QString plain;
        qsizetype at = 0;
        for (; at < numeral.size() && scaleOf(numeral.at(at)) == 0; ++at) {
            const QChar c = numeral.at(at);
            if (c != u',') {
                plain += c >= u'０' ? QChar(ushort(c.unicode() - u'０' + u'0')) : c;
            }
        }
        bool fits = false;
        double value = plain.toDouble(&fits);
        for (; at < numeral.size(); ++at) {
            value *= scaleOf(numeral.at(at));
        }
        return fits && value > 0 ? std::optional(value) : std::nullopt;
    }
    double hundredMillions = 0;
    double tenThousands = 0;
    double section = 0; // below 万
    double digit = -1;
    bool plainDigits = true; // 二〇二六
    double plain = 0;
    for (const QChar c : numeral) {
        const int held = digitOf(c);
        const double scale = scaleOf(c);
        if (held >= 0) {
            plain = plain * 10 + held;
            digit = held;
            continue;
        }
        if (scale <= 0) {
            return std::nullopt;
        }
        plainDigits = false;
        if (scale < 1e4) {
            section += (digit > 0 ? digit : 1) * scale;
        } else {
            section += std::max(digit, 0.0);
            if (scale < 1e8) {
                tenThousands = std::max(section, 1.0) * scale;
            } else {
                hundredMillions = std::max(tenThousands + section, 1.0) * scale;
                tenThousands = 0;
            }
            section = 0;
        }
        digit = -1;
    }
    return plainDigits ? plain : hundredMillions + tenThousands + section + std::max(digit, 0.0);
}

QList<TextNumber> quantitiesIn(const QString &text)
{
    QList<TextNumber> found;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const auto numeral
            = isArabic(text.at(at)) || isChinese(text.at(at)) ? numeralAt(text, at) : std::nullopt;
        if (!numeral) {
            continue;
        }
        const qsizetype end = numeral->at + numeral->length;
        const QString unit = unitAt(QStringView(text).mid(end));
        const QChar before = at > 0 ? text.at(at - 1) : QChar();
        at = end - 1;
        if (unit.isEmpty() && !numeral->arabic) {
            continue;
        }
        if (before == u'第' || before == u'同' || before == u'每' || before == u'〔' || before == u'P'
            || before == u'-' || before == u'.') {
            continue;
        }
        const QStringView after = QStringView(text).mid(end + unit.size());
        if (unit == QStringLiteral("年") && numeral->value >= 1900) {
            at = end;
            continue;
        }
        if (unit == QStringLiteral("月") || (unit == QStringLiteral("日") && before == u'月')) {
            continue; // 5月, 5月1日: a date; durations are 个月
        }
        if (unit == QStringLiteral("日") && after.startsWith(u'常')) {
            continue; // 日常 is another word
        }
        if (unit.isEmpty() && numeral->arabic) {
            continue; // names, codes and what is only counted (3 份)
        }
        if (unit == QStringLiteral("天") && numeral->value <= 1) {
            continue; // 一天, 一日: some day
        }
        if (unit == QStringLiteral("日") && numeral->value <= 1 && !numeral->arabic) {
            continue;
        }
        found.append({numeral->value, unit, text.mid(numeral->at, numeral->length) + unit});
    }
    return found;
}

QList<double> numeralsIn(const QString &text)
{
    QList<double> found;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const auto numeral
            = isArabic(text.at(at)) || isChinese(text.at(at)) ? numeralAt(text, at) : std::nullopt;
        if (numeral) {
            found.append(numeral->value);
            at = numeral->at + numeral->length - 1;
        }
    }
    return found;
}

} // namespace qingfeng
