#include "quiz/selection/shuffle.h"

#include <utility>

namespace qingfeng {
namespace {

QStringList shuffled(const QList<Choice> &choices, Random &random)
{
    QStringList order;
    QList<qsizetype> movable;
    for (const Choice &choice : choices) {
        if (!choice.pinned) {
            movable.append(order.size());
        }
        order.append(choice.id);
    }
    for (qsizetype i = movable.size() - 1; i > 0; --i) {
        std::swap(order[movable.at(i)], order[movable.at(qsizetype(random.below(quint64(i) + 1)))]);
    }
    return order;
}

} // namespace

QStringList shuffledChoices(const QuestionItem &item, Random &random)
{
    switch (item.type) {
    case QuestionType::TrueFalse: {
        QStringList order;
        for (const Choice &choice : item.choices) {
            order.append(choice.id);
        }
        return order;
    }
    case QuestionType::Match:
        return shuffled(item.targets, random);
    case QuestionType::Order: {
        QStringList order = shuffled(item.choices, random);
        // Where pins leave no other order, the right one stays.
        for (int again = 0; order == item.answer && again < 16; ++again) {
            order = shuffled(item.choices, random);
        }
        return order;
    }
    case QuestionType::Single:
    case QuestionType::Multiple:
        return shuffled(item.choices, random);
    case QuestionType::FillIn:
    case QuestionType::Case:
        break;
    }
    return {};
}

QMap<QString, QStringList> shuffledParts(const QuestionVersion &question, Random &random)
{
    QMap<QString, QStringList> orders;
    for (const QuestionPart &part : question.parts) {
        const QStringList order = shuffledChoices(part, random);
        if (!order.isEmpty()) {
            orders.insert(part.id, order);
        }
    }
    return orders;
}

} // namespace qingfeng
