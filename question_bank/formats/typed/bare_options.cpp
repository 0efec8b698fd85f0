#include "question_bank/formats/typed/bare_options.h"

#include "question_bank/formats/option_text.h"
#include "question_bank/formats/typed/line_kinds.h"

#include <algorithm>

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

} // namespace qingfeng
