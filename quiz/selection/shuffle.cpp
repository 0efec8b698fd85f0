#include "quiz/selection/shuffle.h"

#include <limits>
#include <utility>

namespace qingfeng {
namespace {

/** Uniform in [0, bound), by rejection. */
qsizetype uniform(Random &random, qsizetype bound)
{
    const quint64 range = quint64(bound);
    const quint64 limit = std::numeric_limits<quint64>::max() - std::numeric_limits<quint64>::max() % range;
    quint64 value = random.next64();
    while (value >= limit) {
        value = random.next64();
    }
    return qsizetype(value % range);
}

} // namespace

QStringList shuffledChoices(const QuestionVersion &question, Random &random)
{
    QStringList order;
    QList<qsizetype> movable;
    for (const Choice &choice : question.choices) {
        if (!choice.pinned) {
            movable.append(order.size());
        }
        order.append(choice.id);
    }
    if (question.type == QuestionType::TrueFalse) {
        return order;
    }
    for (qsizetype i = movable.size() - 1; i > 0; --i) {
        std::swap(order[movable.at(i)], order[movable.at(uniform(random, i + 1))]);
    }
    return order;
}

} // namespace qingfeng
