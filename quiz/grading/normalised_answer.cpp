#include "quiz/grading/grade.h"

#include <cmath>
#include <optional>

#include <QRegularExpression>

namespace qingfeng {
namespace {

/** 0…9 for a Chinese digit, financial forms included. */
std::optional<int> digitOf(QChar c)
{
    static const QString digits = QStringLiteral("〇一二三四五六七八九");
    static const QString financial = QStringLiteral("零壹贰叁肆伍陆柒捌玖");
    if (c == QChar(u'两')) {
        return 2;
    }
    qsizetype at = digits.indexOf(c);
    if (at < 0) {
        at = financial.indexOf(c);
    }
    return at < 0 ? std::nullopt : std::optional<int>(int(at));
}

/** 10, 100, 1000, 10^4, 10^8; 20 and 30 for 廿 and 卅; 0 for anything else. */
qint64 unitOf(QChar c)
{
    switch (c.unicode()) {
    case u'十':
    case u'拾':
        return 10;
    case u'廿':
        return 20;
    case u'卅':
        return 30;
    case u'百':
    case u'佰':
        return 100;
    case u'千':
    case u'仟':
        return 1000;
    case u'万':
        return 10'000;
    case u'亿':
        return 100'000'000;
    default:
        return 0;
    }
}

bool isArabic(QChar c)
{
    return c >= QLatin1Char('0') && c <= QLatin1Char('9');
}

/** Value of a run that has units: 三万五千, 3万5千, 1.5万, 十二, 卅一. */
double valueOf(QStringView run)
{
    double total = 0; // closed by 万 and 亿
    double section = 0;
    std::optional<double> number;
    for (qsizetype i = 0; i < run.size(); ++i) {
        const QChar c = run.at(i);
        if (isArabic(c)) {
            qsizetype end = i;
            while (end < run.size() && (isArabic(run.at(end)) || run.at(end) == QLatin1Char('.'))) {
                ++end;
            }
            number = run.mid(i, end - i).toDouble();
            i = end - 1;
            continue;
        }
        if (const auto digit = digitOf(c)) {
            number = number.value_or(0.0) * (number && *number != 0.0 ? 10.0 : 0.0) + *digit;
            continue;
        }
        const qint64 unit = unitOf(c);
        if (unit == 20 || unit == 30) {
            section += double(unit);
        } else if (unit >= 10'000) {
            const double counted = section + number.value_or(0.0);
            const double sum = counted == 0.0 && total == 0.0 ? 1.0 : counted;
            total = unit == 100'000'000 ? (total + sum) * double(unit) : total + sum * double(unit);
            section = 0;
        } else {
            section += number.value_or(1.0) * double(unit);
        }
        number.reset();
    }
    return total + section + number.value_or(0.0);
}

/** Numbers written in Chinese, or partly so, as digits. */
QString withDigits(const QString &text)
{
    constexpr qsizetype longestRun = 24; // nobody writes a longer number in words
    QString result;
    for (qsizetype i = 0; i < text.size();) {
        qsizetype end = i;
        bool units = false;
        while (end < text.size()) {
            const QChar c = text.at(end);
            const bool point = c == QLatin1Char('.') && end > i && isArabic(text.at(end - 1))
                && end + 1 < text.size() && isArabic(text.at(end + 1));
            if (unitOf(c) != 0) {
                units = true;
            } else if (!isArabic(c) && !digitOf(c) && !point) {
                break;
            }
            ++end;
        }
        if (end == i) {
            result += text.at(i++);
            continue;
        }
        const QStringView run = QStringView(text).mid(i, end - i);
        if (units && run.size() <= longestRun) {
            const double value = valueOf(run);
            result += value == std::floor(value) ? QString::number(value, 'f', 0) : QString::number(value, 'g', 15);
        } else {
            for (const QChar c : run) {
                const auto digit = digitOf(c);
                result += digit ? QChar(u'0' + *digit) : c;
            }
        }
        i = end;
    }
    return result;
}

/** Drops spaces and punctuation, except what gives digits their meaning. */
QString withoutPunctuation(const QString &text)
{
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        const bool before = !result.isEmpty() && isArabic(result.back());
        const bool after = i + 1 < text.size() && isArabic(text.at(i + 1));
        if (c.isSpace()) {
            continue;
        }
        if (!c.isPunct() && c.category() != QChar::Symbol_Math && c.category() != QChar::Symbol_Modifier) {
            result += c;
        } else if (c == QLatin1Char('%') || c == QChar(u'‰')) {
            result += c;
        } else if (before && after) {
            result += c == QChar(u'、') ? QLatin1Char(',') : c == QChar(u'—') || c == QChar(u'~') ? QLatin1Char('-') : c;
        } else if (c == QLatin1Char('-') && after && result.isEmpty()) {
            result += c;
        }
    }
    return result;
}

} // namespace

QString normalisedAnswer(const QString &text)
{
    static const QRegularExpression thousands(QStringLiteral("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))"));
    static const QRegularExpression hundredths(QStringLiteral("100分之([0-9.]+)"));
    static const QRegularExpression thousandths(QStringLiteral("1000分之([0-9.]+)"));
    QString result = text.normalized(QString::NormalizationForm_KC).toCaseFolded();
    result.replace(thousands, QString());
    result = withDigits(result);
    result.replace(thousandths, QStringLiteral("\\1‰"));
    result.replace(hundredths, QStringLiteral("\\1%"));
    return withoutPunctuation(result);
}

} // namespace qingfeng
