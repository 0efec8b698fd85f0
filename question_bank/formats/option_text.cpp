#include "question_bank/formats/option_text.h"

#include "question_bank/formats/source_text.h"

#include <QRegularExpression>

namespace qingfeng {
namespace {

/** Where the marker of option @p index starts in @p half from @p from on, and how long it is; -1 for nowhere. */
std::pair<qsizetype, qsizetype> findMarker(const QString &half, int index, qsizetype from, bool pointed)
{
    const char16_t wanted = char16_t(u'A' + index);
    for (qsizetype i = from; i < half.size(); ++i) {
        if (half.at(i).toUpper() != QChar(wanted)) {
            continue;
        }
        const QChar before = i == 0 ? QChar(u' ') : half.at(i - 1);
        const QChar after = i + 1 < half.size() ? half.at(i + 1) : QChar(u' ');
        static const QString points = QStringLiteral(".、:,)]】·");
        const bool bracket = before == u'(' || before == u'[' || before == QChar(u'【');
        if (bracket && (after == u')' || after == u']' || after == QChar(u'】'))) {
            return {i - 1, 3 + (i + 2 < half.size() && QStringLiteral(".、:").contains(half.at(i + 2)))};
        }
        // Not inside a word: "VITAMIN A." is no marker, "10种B.九种" is one.
        const bool starts = before.unicode() > 0x7F || !before.isLetterOrNumber() || before.isDigit();
        if (starts && points.contains(after)) {
            return {i, 2};
        }
        if (!pointed && before.isSpace() && after.isSpace()) {
            return {i, 2};
        }
    }
    return {-1, 0};
}

QString tidyOption(const QString &text)
{
    static const QRegularExpression ends(QStringLiteral("[\\s\\x{3000}/;；|]+$"));
    QString option = text;
    option.remove(ends);
    return option.trimmed();
}

} // namespace

QStringList splitMarkedOptions(const QString &text, int first)
{
    const QString half = halfWidth(text);
    for (const bool pointed : {true, false}) {
        qsizetype begin = 0;
        while (begin < half.size() && half.at(begin).isSpace()) {
            ++begin;
        }
        auto marker = findMarker(half, first, begin, pointed);
        if (marker.first != begin) {
            continue;
        }
        QStringList options;
        for (int index = first; index < int(maxOptions); ++index) {
            const qsizetype start = marker.first + marker.second;
            marker = findMarker(half, index + 1, start, pointed);
            options.append(tidyOption(text.mid(start, marker.first < 0 ? -1 : marker.first - start)));
            if (marker.first < 0) {
                return options;
            }
        }
        return options;
    }
    return {};
}

QStringList splitOptions(const QString &text, int first, const QString &separator)
{
    QStringList parts;
    if (!separator.isEmpty()) {
        parts = text.split(separator, Qt::SkipEmptyParts);
    } else {
        parts = splitMarkedOptions(text, first);
        if (parts.size() >= 2) {
            return parts;
        }
        static const QRegularExpression ways[] = {QRegularExpression(QStringLiteral("\n+")),
            QRegularExpression(QStringLiteral("\\|+")), QRegularExpression(QStringLiteral("[;；]")),
            QRegularExpression(QStringLiteral("/"))};
        for (const auto &way : ways) {
            parts = text.split(way, Qt::SkipEmptyParts);
            if (parts.size() >= 2) {
                break;
            }
        }
    }
    QStringList options;
    for (const QString &part : std::as_const(parts)) {
        const QStringList marked = splitMarkedOptions(part, first + int(options.size()));
        const QString option = marked.size() == 1 ? marked.first() : part.trimmed();
        if (!option.isEmpty()) {
            options.append(option);
        }
    }
    return options;
}

} // namespace qingfeng
