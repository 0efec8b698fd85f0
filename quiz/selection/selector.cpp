#include "quiz/selection/selector.h"

#include "quiz/archive/mastery.h"

#include <algorithm>

namespace qingfeng {

std::optional<ScoredQuestion> Selector::next(const SelectionRequest &request) const
{
    const QList<ScoredQuestion> ranked = rank(request);
    if (ranked.isEmpty()) {
        return std::nullopt;
    }
    return ranked.first();
}

bool isForGate(QuestionType type)
{
    return type == QuestionType::Single || type == QuestionType::Multiple || type == QuestionType::TrueFalse;
}

const RiskPoint *riskPointFor(const QuestionVersion &question, const QuestionBank &bank, const QStringList &posts)
{
    const RiskPoint *best = nullptr;
    const auto rank = [&posts](const RiskPoint &point) {
        return (posts.contains(point.post) ? 10.0 : 0.0) + severityWeight(point.grade);
    };
    for (const QString &id : question.riskPoints) {
        const RiskPoint *point = bank.riskPoint(id);
        const bool concerns = point && (posts.contains(point->post) || point->post == commonPost());
        if (concerns && (!best || rank(*point) > rank(*best))) {
            best = point;
        }
    }
    return best;
}

bool isEligible(const QuestionVersion &question, const SelectionRequest &request)
{
    if (question.state != ReviewState::Approved && question.state != ReviewState::Published) {
        return false;
    }
    if (!question.isInForce(request.today) || request.askedToday.contains(question.id)
        || !request.person.isInAudience(question.audience)
        || !riskPointFor(question, *request.bank, request.posts)) {
        return false;
    }
    const auto history = request.history.constFind(question.id);
    if (!request.ignorePauses && history != request.history.constEnd() && history->version >= question.version
        && history->pausedUntil > request.studyDay) {
        return false;
    }
    const bool partyRulesAlone = !question.articles.isEmpty()
        && std::all_of(question.articles.cbegin(), question.articles.cend(), [&](const QString &id) {
               const LegalArticle *article = request.bank->article(id);
               return article && article->partyOnly;
           });
    return request.person.party || !partyRulesAlone;
}

} // namespace qingfeng
