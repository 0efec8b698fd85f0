#include "quiz/selection/severe_unseen_first.h"

#include "question_bank/base/canonical_json.h"

#include <algorithm>

#include <QtEndian>

namespace qingfeng {
namespace {

/** Even in [0, 1), the same on every machine. */
double tieBreak(const SelectionRequest &request, const QString &question)
{
    const QString key = request.person.number + QLatin1Char('|') + question + QLatin1Char('|')
        + QString::number(request.studyDay);
    return double(qFromBigEndian<quint32>(sha256(key.toUtf8()).constData())) / 4294967296.0;
}

int weight(RiskGrade grade)
{
    switch (grade) {
    case RiskGrade::High:
        return 2;
    case RiskGrade::Medium:
        return 1;
    case RiskGrade::Low:
        break;
    }
    return 0;
}

/** The risk point that the question is asked for: of an own post when there is one, the most severe first. */
const RiskPoint *riskPointFor(const QuestionVersion &question, const SelectionRequest &request)
{
    const RiskPoint *best = nullptr;
    const auto rank = [&](const RiskPoint &point) {
        return (request.posts.contains(point.post) ? 10 : 0) + weight(point.grade);
    };
    for (const QString &id : question.riskPoints) {
        const RiskPoint *point = request.bank->riskPoint(id);
        const bool concerns = point && (request.posts.contains(point->post) || point->post == commonPost());
        if (concerns && (!best || rank(*point) > rank(*best))) {
            best = point;
        }
    }
    return best;
}

} // namespace

std::optional<ScoredQuestion> Selector::next(const SelectionRequest &request) const
{
    const QList<ScoredQuestion> ranked = rank(request);
    if (ranked.isEmpty()) {
        return std::nullopt;
    }
    return ranked.first();
}

bool isEligible(const QuestionVersion &question, const SelectionRequest &request)
{
    if (question.state != ReviewState::Approved && question.state != ReviewState::Published) {
        return false;
    }
    if (question.type != QuestionType::Single && question.type != QuestionType::Multiple
        && question.type != QuestionType::TrueFalse) {
        return false;
    }
    if (!question.isInForce(request.today) || request.askedToday.contains(question.id)
        || !request.person.isInAudience(question.audience) || !riskPointFor(question, request)) {
        return false;
    }
    const bool partyRulesAlone = !question.articles.isEmpty()
        && std::all_of(question.articles.cbegin(), question.articles.cend(), [&](const QString &id) {
               const LegalArticle *article = request.bank->article(id);
               return article && article->partyOnly;
           });
    return request.person.party || !partyRulesAlone;
}

QString SevereUnseenFirst::name() const
{
    return QStringLiteral("severe-unseen-first");
}

QList<ScoredQuestion> SevereUnseenFirst::rank(const SelectionRequest &request) const
{
    QList<ScoredQuestion> ranked;
    for (const QuestionVersion &question : request.bank->questions()) {
        const QuestionVersion *latest = request.bank->latest(question.id);
        if (latest != &question || !isEligible(question, request)) {
            continue;
        }
        const RiskPoint *point = riskPointFor(question, request);
        const auto history = request.history.constFind(question.id);
        const bool asked = history != request.history.constEnd() && history->asked > 0;
        const bool unseen = !asked || history->version < question.version; // a new version is unseen
        const bool wrongLast = asked && !history->lastRight;
        const int days = asked ? std::clamp(request.studyDay - history->lastStudyDay, 0, 999) : 0;

        ScoredQuestion candidate {question.id, question.version, 0, {}};
        candidate.reason.post = point->post;
        candidate.reason.riskPoint = point->id;
        candidate.reason.grade = point->grade;
        candidate.reason.daysSince = days;
        candidate.reason.kind = !asked
            ? (point->grade == RiskGrade::High ? SelectionReason::Kind::NewHighRisk : SelectionReason::Kind::NewRisk)
            : unseen    ? SelectionReason::Kind::NewVersion
            : wrongLast ? SelectionReason::Kind::AnsweredWrong
                        : SelectionReason::Kind::LongAgo;

        // One digit group a criterion, the first the strongest, so that the score reads off the rule.
        candidate.score = (question.riskPoints.contains(request.lastRiskPoint) ? 0 : 1) * 1e8
            + (point->post == commonPost() ? 0 : 1) * 1e7 + (unseen ? 1 : 0) * 1e6 + weight(point->grade) * 1e5
            + (wrongLast && !unseen ? 1 : 0) * 1e4 + days * 10 + tieBreak(request, question.id);
        ranked.append(std::move(candidate));
    }
    std::sort(ranked.begin(), ranked.end(), [](const ScoredQuestion &a, const ScoredQuestion &b) {
        return a.score != b.score ? a.score > b.score : a.question < b.question;
    });
    return ranked;
}

} // namespace qingfeng
