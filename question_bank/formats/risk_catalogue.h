#pragma once

#include "question_bank/model/question_bank.h"

#include <QHash>

namespace qingfeng {

/** Finds posts and risk points of a bank by what a category of another system is called. */
class RiskCatalogue
{
public:
    /** @p bank stays the caller's and must live as long. */
    explicit RiskCatalogue(const QuestionBank &bank);

    /** Risk points that the path names, by id or by name; @p post is set to the post that it names. */
    QStringList riskPoints(const QStringList &path, QString &post) const;

private:
    const QuestionBank &m_bank;
    QHash<QString, QString> m_posts; ///< plain name → code
    QHash<QString, QStringList> m_points; ///< plain name → ids
};

} // namespace qingfeng
