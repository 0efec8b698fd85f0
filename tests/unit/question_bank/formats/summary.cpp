#include "tests/unit/question_bank/formats/summary.h"

#include "question_bank/model/names.h"

using namespace qingfeng;

namespace {

QString itemSummary(const QuestionItem &item)
{
    QString text = nameOf(item.type) + QLatin1Char(' ') + item.stem
        + (item.picture->media.isEmpty() ? QString() : QStringLiteral("@"));
    QStringList list;
    if (item.type == QuestionType::Order) {
        for (const QString &id : item.answer) {
            list.append(item.choice(id)->text);
        }
        return text + QStringLiteral(": ") + list.join(QStringLiteral(" > "));
    }
    if (item.type == QuestionType::Match) {
        QStringList unused;
        for (const Choice &target : item.targets) {
            if (!item.pairs.values().contains(target.id)) {
                unused.append(QLatin1Char('(') + target.text + QLatin1Char(')'));
            }
        }
        for (const Choice &choice : item.choices) {
            for (const Choice &target : item.targets) {
                if (target.id == item.pairs.value(choice.id)) {
                    list.append(choice.text + QLatin1Char('=') + target.text);
                }
            }
        }
        return text + QStringLiteral(": ") + (list + unused).join(QLatin1Char(' '));
    }
    for (const Blank &blank : item.blanks) {
        text += QStringLiteral(" [") + blank.accepted.join(QLatin1Char('|')) + QLatin1Char(']');
    }
    if (item.type == QuestionType::TrueFalse) {
        return text + QStringLiteral(": ") + item.answer.join(QLatin1Char(' '));
    }
    for (const Choice &choice : item.choices) {
        list.append((choice.pinned ? QStringLiteral("!") : QString())
            + (item.answer.contains(choice.id) ? QStringLiteral("*") : QString()) + choice.text
            + (choice.picture->media.isEmpty() ? QString() : QStringLiteral("@")));
    }
    return list.isEmpty() ? text : text + QStringLiteral(": ") + list.join(QStringLiteral(" / "));
}

} // namespace

QString summary(const QuestionVersion &question)
{
    QString text = itemSummary(question);
    for (const QuestionPart &part : question.parts) {
        text += QStringLiteral(" {") + itemSummary(part) + QLatin1Char('}');
    }
    return text;
}
