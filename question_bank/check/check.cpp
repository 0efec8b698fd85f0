#include "question_bank/check/check.h"

#include "question_bank/check/rules.h"

#include <algorithm>

namespace qingfeng {

QString nameOf(Severity severity)
{
    return severity == Severity::Error ? QStringLiteral("error") : QStringLiteral("warning");
}

QList<Finding> checkBank(const QuestionBank &bank)
{
    QList<Finding> findings;
    for (const QuestionVersion &question : bank.questions()) {
        rules::references(bank, question, findings);
        rules::answerForm(question, findings);
        rules::texts(question, findings);
        rules::wording(question, findings);
        rules::review(question, findings);
    }
    rules::balance(bank, findings);
    std::stable_sort(findings.begin(), findings.end(),
        [](const Finding &a, const Finding &b) { return a.severity < b.severity; });
    return findings;
}

bool isPublishable(const QList<Finding> &findings)
{
    return std::none_of(findings.cbegin(), findings.cend(),
        [](const Finding &finding) { return finding.severity == Severity::Error; });
}

} // namespace qingfeng
