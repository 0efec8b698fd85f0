#include "question_bank/formats/typed/bare_options.h"

#include "question_bank/formats/option_text.h"
#include "question_bank/formats/typed/line_kinds.h"

#include <algorithm>

#include <QRegularExpression>

namespace qingfeng {

bool startsBareOptions(const QList<SourceLine> &lines, qsizetype index, const QString &text)
{
    constexpr qsizetype looked = 12; ///< lines of one question
    const auto here = findBareOptions(text, 0);
    if (here.isEmpty()) {
        return false;
    }
    bool second = here.size() > 1;
    bool nextSeen = false;
    for (qsizetype i = index + 1; i < std::min(lines.size(), index + looked); ++i) {
        const QString &later = lines.at(i).text;
        if (later.trimmed().isEmpty()) {
            continue;
        }
        second = second || (!nextSeen && !findBareOptions(later, 1).isEmpty());
        nextSeen = true;
        const NumberStyle style = questionNumber(later).style;
        if (!findMarkedOptions(later, 0).isEmpty()) {
            return false;
        }
        if ((style != NumberStyle::None && style != NumberStyle::Space)
            || !splitLabels(later).first().label.isEmpty()) {
            break;
        }
    }
    return second;
}

SourceLine withNumberFirst(const SourceLine &line)
{
    static const QRegularExpression pattern(QStringLiteral(
        "^(\\s*[【\\[(（]\\s*(?:单选|多选|判断|填空|不定项(?:选择)?|单项选择|多项选择|简答|案例(?:分析)?)题?\\s*[】\\])）])\\s*"
        "(\\d{1,3}\\s*[.．、)）])"));
    const auto match = pattern.match(line.text);
    if (!match.hasMatch()) {
        return line;
    }
    SourceLine turned = line;
    turned.text = match.captured(2) + match.captured(1).trimmed() + line.text.mid(match.capturedEnd());
    return turned;
}

} // namespace qingfeng
