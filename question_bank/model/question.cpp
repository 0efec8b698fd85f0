#include "question_bank/model/question.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace qingfeng {

Explanation::Explanation(
    const QString &act, const QString &why, const QString &consequence, const QString &instead)
    : m_text(act + why + consequence + instead)
    , m_ends {qint32(act.size()), qint32(act.size() + why.size()),
          qint32(act.size() + why.size() + consequence.size())}
{
    m_text.squeeze();
}

QString Explanation::part(Part part) const
{
    const qsizetype start = part == Act ? 0 : m_ends.at(part - 1);
    const qsizetype end = part == Instead ? m_text.size() : m_ends.at(part);
    return m_text.mid(start, end - start);
}

void Explanation::setPart(Part part, const QString &text)
{
    std::array<QString, 4> parts {act(), why(), consequence(), instead()};
    parts.at(part) = text;
    *this = Explanation(parts[Act], parts[Why], parts[Consequence], parts[Instead]);
}

bool QuestionVersion::isInForce(QDate day) const
{
    return (!validFrom.isValid() || validFrom <= day) && (!validUntil.isValid() || day <= validUntil);
}

const Choice *QuestionItem::choice(const QString &choiceId) const
{
    const auto it = std::find_if(
        choices.cbegin(), choices.cend(), [&](const Choice &candidate) { return candidate.id == choiceId; });
    return it == choices.cend() ? nullptr : &*it;
}

double guessChance(const QuestionItem &item)
{
    const double n = double(item.choices.size());
    switch (item.type) {
    case QuestionType::TrueFalse:
        return 0.5;
    case QuestionType::Single:
        return n > 0 ? 1.0 / n : 0.0;
    case QuestionType::Multiple: {
        const double subsets = double(1ULL << std::min<qsizetype>(item.choices.size(), 30)) - n - 1;
        return subsets > 0 ? 1.0 / subsets : 0.0;
    }
    case QuestionType::Order:
        return n > 0 ? 1.0 / std::tgamma(n + 1) : 0.0;
    case QuestionType::Match: {
        const double targets = double(item.targets.size());
        return n > 0 && targets >= n ? std::tgamma(targets - n + 1) / std::tgamma(targets + 1) : 0.0;
    }
    case QuestionType::FillIn:
    case QuestionType::Case:
        break;
    }
    return 0.0;
}

double guessChance(const QuestionVersion &question)
{
    if (question.type != QuestionType::Case) {
        return guessChance(static_cast<const QuestionItem &>(question));
    }
    return std::accumulate(question.parts.cbegin(), question.parts.cend(), question.parts.isEmpty() ? 0.0 : 1.0,
        [](double chance, const QuestionPart &part) { return chance * guessChance(part); });
}

} // namespace qingfeng
