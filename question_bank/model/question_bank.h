#pragma once

#include "question_bank/model/question.h"
#include "question_bank/model/risk.h"

#include <QHash>
#include <QList>

namespace qingfeng {

/**
 * 题库: posts, risk points, laws, articles and questions at one revision. A value; look-ups are by id and
 * constant time. Pointers stay valid until the bank is changed.
 */
class QuestionBank
{
public:
    QString unit; ///< code of the unit that publishes it
    qint64 revision = 0; ///< never goes back
    qint64 createdAtMs = 0; ///< UTC

    const QList<Post> &posts() const { return m_posts; }
    const QList<RiskPoint> &riskPoints() const { return m_riskPoints; }
    const QList<Law> &laws() const { return m_laws; }
    const QList<LegalArticle> &articles() const { return m_articles; }
    /** Every version held, in order of addition. */
    const QList<QuestionVersion> &questions() const { return m_questions; }

    void add(Post post);
    void add(RiskPoint riskPoint);
    void add(Law law);
    void add(LegalArticle article);
    void add(QuestionVersion question);

    const Post *post(const QString &code) const;
    const RiskPoint *riskPoint(const QString &id) const;
    const Law *law(const QString &id) const;
    const LegalArticle *article(const QString &id) const;
    /** The version with this number, or nullptr. */
    const QuestionVersion *question(const QString &id, int version) const;
    /** The highest version of a question, or nullptr. */
    const QuestionVersion *latest(const QString &questionId) const;

    /** Codes of the posts whose risk points the question names, sorted, without repeats. */
    QStringList postsOf(const QuestionVersion &question) const;
    /** The most severe grade among the question's risk points. */
    RiskGrade gradeOf(const QuestionVersion &question) const;
    /** 《税收征管法》第八十二条 for an article id; the id itself when it is unknown. */
    QString citation(const QString &articleId) const;

private:
    QList<Post> m_posts;
    QList<RiskPoint> m_riskPoints;
    QList<Law> m_laws;
    QList<LegalArticle> m_articles;
    QList<QuestionVersion> m_questions;
    QHash<QString, qsizetype> m_postIndex;
    QHash<QString, qsizetype> m_riskPointIndex;
    QHash<QString, qsizetype> m_lawIndex;
    QHash<QString, qsizetype> m_articleIndex;
    QHash<QString, QList<qsizetype>> m_questionIndex; ///< by id, ascending version
};

} // namespace qingfeng
