#include "question_bank/model/question_bank.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace qingfeng {
namespace {

template <typename T>
const T *find(const QList<T> &list, const QHash<QString, qsizetype> &index, const QString &key)
{
    const auto it = index.constFind(key);
    return it == index.constEnd() ? nullptr : &list.at(*it);
}

/** Adds, or replaces the value that has the same key. */
template <typename T>
void put(QList<T> &list, QHash<QString, qsizetype> &index, const QString &key, T value)
{
    const auto it = index.constFind(key);
    if (it != index.constEnd()) {
        list[*it] = std::move(value);
        return;
    }
    index.insert(key, list.size());
    list.append(std::move(value));
}

} // namespace

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

void QuestionBank::add(Post post)
{
    const QString key = post.code;
    put(m_posts, m_postIndex, key, std::move(post));
}

void QuestionBank::add(RiskPoint riskPoint)
{
    const QString key = riskPoint.id;
    put(m_riskPoints, m_riskPointIndex, key, std::move(riskPoint));
}

void QuestionBank::add(Law law)
{
    const QString key = law.id;
    put(m_laws, m_lawIndex, key, std::move(law));
}

void QuestionBank::add(LegalArticle article)
{
    const QString key = article.id;
    put(m_articles, m_articleIndex, key, std::move(article));
}

void QuestionBank::add(QuestionVersion question)
{
    QList<qsizetype> &versions = m_questionIndex[question.id];
    const auto at = std::lower_bound(versions.begin(), versions.end(), question.version,
        [this](qsizetype index, int version) { return m_questions.at(index).version < version; });
    if (at != versions.end() && m_questions.at(*at).version == question.version) {
        m_questions[*at] = std::move(question);
        return;
    }
    versions.insert(at, m_questions.size());
    m_questions.append(std::move(question));
}

const Post *QuestionBank::post(const QString &code) const
{
    return find(m_posts, m_postIndex, code);
}

const RiskPoint *QuestionBank::riskPoint(const QString &id) const
{
    return find(m_riskPoints, m_riskPointIndex, id);
}

const Law *QuestionBank::law(const QString &id) const
{
    return find(m_laws, m_lawIndex, id);
}

const LegalArticle *QuestionBank::article(const QString &id) const
{
    return find(m_articles, m_articleIndex, id);
}

const QuestionVersion *QuestionBank::question(const QString &id, int version) const
{
    for (const qsizetype index : m_questionIndex.value(id)) {
        if (m_questions.at(index).version == version) {
            return &m_questions.at(index);
        }
    }
    return nullptr;
}

const QuestionVersion *QuestionBank::latest(const QString &questionId) const
{
    const auto it = m_questionIndex.constFind(questionId);
    return it == m_questionIndex.constEnd() ? nullptr : &m_questions.at(it->last());
}

QStringList QuestionBank::postsOf(const QuestionVersion &question) const
{
    QStringList codes;
    for (const QString &id : question.riskPoints) {
        if (const RiskPoint *point = riskPoint(id)) {
            codes.append(point->post);
        }
    }
    codes.sort();
    codes.removeDuplicates();
    return codes;
}

RiskGrade QuestionBank::gradeOf(const QuestionVersion &question) const
{
    RiskGrade worst = RiskGrade::Low;
    for (const QString &id : question.riskPoints) {
        if (const RiskPoint *point = riskPoint(id)) {
            worst = std::min(worst, point->grade);
        }
    }
    return worst;
}

QString QuestionBank::citation(const QString &articleId) const
{
    const LegalArticle *found = article(articleId);
    if (!found) {
        return articleId;
    }
    const Law *source = law(found->law);
    return QStringLiteral("《%1》%2").arg(source ? source->shortTitle : found->law, found->label);
}

} // namespace qingfeng
