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

/** Without spaces and separators around it. */
OptionSpan tidy(const QString &text, OptionSpan span)
{
    static const QString ends = QStringLiteral("/;；|");
    const auto dropped = [&text](qsizetype at, bool end) {
        return text.at(at).isSpace() || (end && ends.contains(text.at(at)));
    };
    while (span.length > 0 && dropped(span.start + span.length - 1, true)) {
        --span.length;
    }
    while (span.length > 0 && dropped(span.start, false)) {
        ++span.start;
        --span.length;
    }
    return span;
}

} // namespace

QList<OptionSpan> findMarkedOptions(const QString &text, int first)
{
    qsizetype begin = 0;
    while (begin < text.size() && text.at(begin).isSpace()) {
        ++begin;
    }
    // Most texts are no options, and their first letter says so.
    static const QString brackets = QStringLiteral("([【");
    const QString head = halfWidth(text.mid(begin, 1)).toUpper();
    if (head.isEmpty() || (head.at(0) != QChar(char16_t(u'A' + first)) && !brackets.contains(head.at(0)))) {
        return {};
    }
    const QString half = halfWidth(text);
    for (const bool pointed : {true, false}) {
        auto marker = findMarker(half, first, begin, pointed);
        if (marker.first != begin) {
            continue;
        }
        QList<OptionSpan> options;
        for (int index = first; marker.first >= 0 && index < int(maxOptions); ++index) {
            const qsizetype start = marker.first + marker.second;
            const auto next = findMarker(half, index + 1, start, pointed);
            const qsizetype end = next.first < 0 ? text.size() : next.first;
            options.append(tidy(text, {marker.first, start, end - start}));
            marker = next;
        }
        return options;
    }
    return {};
}

QList<OptionSpan> findBareOptions(const QString &text, int first)
{
    const QString half = halfWidth(text);
    const auto isMarker = [&half](qsizetype at, int index) {
        return at + 1 < half.size() && half.at(at).toUpper() == QChar(char16_t(u'A' + index))
            && (at == 0 || half.at(at - 1).isSpace()) && (half.at(at + 1).unicode() > 0x2E7F || half.at(at + 1).isDigit());
    };
    QList<OptionSpan> options;
    qsizetype begin = 0;
    while (begin < half.size() && half.at(begin).isSpace()) {
        ++begin;
    }
    for (int index = first; index < int(maxOptions) && isMarker(begin, index); ++index) {
        qsizetype end = begin + 1;
        while (end < half.size() && !isMarker(end, index + 1)) {
            ++end;
        }
        options.append(tidy(text, {begin, begin + 1, end - begin - 1}));
        begin = end;
    }
    return options;
}

QList<OptionSpan> findSignedOptions(const QString &text)
{
    static const QString signs = QStringLiteral("○◯●□■☐☑◎");
    qsizetype begin = 0;
    while (begin < text.size() && text.at(begin).isSpace()) {
        ++begin;
    }
    QList<OptionSpan> options;
    while (begin < text.size() && signs.contains(text.at(begin))) {
        qsizetype end = begin + 1;
        while (end < text.size() && !(signs.contains(text.at(end)) && text.at(end - 1).isSpace())) {
            ++end;
        }
        options.append(tidy(text, {begin, begin + 1, end - begin - 1}));
        begin = end;
    }
    return options;
}

QStringList splitMarkedOptions(const QString &text, int first)
{
    QStringList options;
    for (const OptionSpan &span : findMarkedOptions(text, first)) {
        options.append(text.mid(span.start, span.length));
    }
    return options;
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
