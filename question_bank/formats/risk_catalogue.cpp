#include "question_bank/formats/risk_catalogue.h"

#include <QRegularExpression>

namespace qingfeng {
namespace {

/** A name without the marks that people set differently: 一般税源管理(税费管理员) → 一般税源管理税费管理员.
 */
QString plainName(const QString &name)
{
    QString plain;
    for (const QChar c : name.normalized(QString::NormalizationForm_KC)) {
        if (c.isLetterOrNumber()) {
            plain += c.toLower();
        }
    }
    return plain;
}

} // namespace

RiskCatalogue::RiskCatalogue(const QuestionBank &bank)
    : m_bank(bank)
{
    for (const Post &post : bank.posts()) {
        m_posts.insert(plainName(post.name), post.code);
        const qsizetype bracket = post.name.indexOf(QRegularExpression(QStringLiteral("[(（]")));
        if (bracket > 0) {
            m_posts.insert(plainName(post.name.left(bracket)), post.code);
        }
    }
    for (const RiskPoint &point : bank.riskPoints()) {
        m_points[plainName(point.name)].append(point.id);
    }
}

QStringList RiskCatalogue::riskPoints(const QStringList &path, QString &post) const
{
    static const QRegularExpression pointCode(QStringLiteral("P\\d{2}-R\\d{2,3}"));
    static const QRegularExpression postCode(QStringLiteral("(?<![A-Za-z0-9])P\\d{2}(?![0-9])"));
    QStringList found;
    for (const QString &step : path) {
        for (auto it = pointCode.globalMatch(step); it.hasNext();) {
            const QString id = it.next().captured();
            if (!found.contains(id)) {
                found.append(id);
            }
        }
        if (const auto match = postCode.match(step); match.hasMatch()) {
            post = match.captured();
        } else if (m_posts.contains(plainName(step))) {
            post = m_posts.value(plainName(step));
        }
    }
    if (!found.isEmpty()) {
        return found;
    }
    for (const QString &step : path) {
        const QStringList ids = m_points.value(plainName(step));
        for (const QString &id : ids) {
            const RiskPoint *point = m_bank.riskPoint(id);
            // The same name may stand under several posts: then the path has to say which.
            if (point && !found.contains(id) && (ids.size() == 1 || point->post == post)) {
                found.append(id);
            }
        }
    }
    return found;
}

} // namespace qingfeng
