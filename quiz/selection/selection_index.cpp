#include "quiz/selection/selection_index.h"

#include "quiz/archive/mastery.h"
#include "quiz/selection/selector.h"

#include "question_bank/base/canonical_json.h"

#include <algorithm>
#include <limits>

#include <QtEndian>

namespace qingfeng {
namespace {

bool restsOnPartyRulesAlone(const QuestionVersion &question, const QuestionBank &bank)
{
    return !question.articles.isEmpty()
        && std::all_of(question.articles.cbegin(), question.articles.cend(), [&bank](const QString &id) {
               const LegalArticle *article = bank.article(id);
               return article && article->partyOnly;
           });
}

} // namespace

SelectionIndex::SelectionIndex(const QuestionBank &bank, const QHash<QString, double> &difficulties)
    : m_bank(bank)
{
    for (const QuestionVersion &question : bank.questions()) {
        if ((question.state != ReviewState::Approved && question.state != ReviewState::Published)
            || bank.latest(question.id) != &question) {
            continue;
        }
        const int number = int(m_entries.size());
        Entry entry;
        entry.question = &question;
        entry.version = question.version;
        entry.audience = question.audience;
        entry.hash = qFromBigEndian<quint64>(sha256(question.id.toUtf8()).constData());
        entry.difficulty = difficulties.value(question.id);
        entry.fromDay = question.validFrom.isValid() ? question.validFrom.toJulianDay()
                                                     : std::numeric_limits<qint64>::min();
        entry.untilDay = question.validUntil.isValid() ? question.validUntil.toJulianDay()
                                                       : std::numeric_limits<qint64>::max();
        entry.partyRulesAlone = restsOnPartyRulesAlone(question, bank);
        entry.oneRiskPoint = question.riskPoints.size() == 1;
        const QStringList posts = bank.postsOf(question);
        for (const QString &post : posts) {
            const RiskPoint *point = riskPointFor(question, bank, {post});
            auto known = m_points.constFind(point);
            if (known == m_points.constEnd()) {
                known = m_points.insert(point, int(m_points.size()));
            }
            m_byPost[post].push_back({number, point, severityWeight(point->grade), *known});
        }
        for (const QString &article : question.articles) {
            m_byArticle[article].push_back(number);
        }
        m_byId.insert(question.id, number);
        m_entries.push_back(entry);
    }
}

const std::vector<SelectionIndex::Place> &SelectionIndex::ofPost(const QString &post) const
{
    static const std::vector<Place> none;
    const auto it = m_byPost.constFind(post);
    return it == m_byPost.constEnd() ? none : *it;
}

const std::vector<int> &SelectionIndex::ofArticle(const QString &article) const
{
    static const std::vector<int> none;
    const auto it = m_byArticle.constFind(article);
    return it == m_byArticle.constEnd() ? none : *it;
}

} // namespace qingfeng
