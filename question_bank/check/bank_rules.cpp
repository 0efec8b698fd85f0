#include "question_bank/check/rules.h"

#include <QMap>

namespace qingfeng::rules {

void balance(const QuestionBank &bank, QList<Finding> &findings)
{
    constexpr int enough = 40; // below this, chance alone tips the scale
    constexpr double letterTolerance = 0.08;
    constexpr double longestLimit = 0.40;
    int single = 0;
    int longest = 0;
    QMap<QString, int> letters;
    for (const QuestionVersion &question : bank.questions()) {
        if (question.type != QuestionType::Single || question.choices.size() != 4 || question.answer.size() != 1) {
            continue;
        }
        ++single;
        ++letters[question.answer.first()];
        const Choice *key = question.choice(question.answer.first());
        bool isLongest = key != nullptr;
        for (const Choice &choice : question.choices) {
            isLongest &= !key || choice.id == key->id || choice.text.size() < key->text.size();
        }
        longest += isLongest;
    }
    if (single < enough) {
        return;
    }
    for (auto it = letters.cbegin(); it != letters.cend(); ++it) {
        const double share = double(it.value()) / single;
        if (share < 0.25 - letterTolerance || share > 0.25 + letterTolerance) {
            findings.append({Severity::Warning, QStringLiteral("letters-unbalanced"), QStringLiteral("bank"),
                QStringLiteral("%1: %2 %").arg(it.key()).arg(share * 100, 0, 'f', 0)});
        }
    }
    if (double(longest) / single > longestLimit) {
        findings.append({Severity::Warning, QStringLiteral("key-is-longest"), QStringLiteral("bank"),
            QStringLiteral("%1 of %2").arg(longest).arg(single)});
    }
}

} // namespace qingfeng::rules
