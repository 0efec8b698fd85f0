#pragma once

#include "question_bank/model/law_change.h"
#include "question_bank/model/marking.h"
#include "question_bank/model/media.h"
#include "question_bank/model/question.h"
#include "question_bank/model/risk.h"
#include "question_bank/model/theme.h"

#include <QHash>
#include <QList>
#include <QMap>
#include <QSet>

namespace qingfeng {

/**
 * 题库: posts, risk points, laws, articles, questions, themes, stories and pictures at one revision. A value;
 * look-ups are by id and constant time. Pointers stay valid until the bank is changed.
 *
 * Made for 100,000 questions in 200 MB: texts that repeat (ids, authors, keywords, the choices of true/false) are
 * held once.
 */
class QuestionBank
{
public:
    QString unit; ///< code of the unit that publishes it
    qint64 revision = 0; ///< never goes back
    qint64 createdAtMs = 0; ///< UTC
    MarkingRules marking;

    const QList<Post> &posts() const { return m_posts; }
    const QList<RiskPoint> &riskPoints() const { return m_riskPoints; }
    const QList<Law> &laws() const { return m_laws; }
    const QList<LegalArticle> &articles() const { return m_articles; }
    /** Every version held, in order of addition. */
    const QList<QuestionVersion> &questions() const { return m_questions; }
    const QList<CultureTheme> &themes() const { return m_themes; }
    const QList<Story> &stories() const { return m_stories; }
    const QList<FestivalYear> &festivals() const { return m_festivals; }
    /** History of the laws, in order of addition. */
    const QList<LawChange> &lawChanges() const { return m_lawChanges; }
    const QList<Acceptance> &acceptances() const { return m_acceptances; }
    /** Pictures by media name. */
    const QMap<QString, QByteArray> &media() const { return m_media; }

    /** Each adds, or replaces what has the same key. */
    void add(Post post);
    void add(RiskPoint riskPoint);
    void add(Law law);
    void add(LegalArticle article);
    void add(CultureTheme theme);
    void add(Story story);
    void add(FestivalYear festivals);
    void add(LawChange change);
    void add(Acceptance acceptance);

    /**
     * Adds a version, or replaces one that was never published.
     *
     * @return Conflict: the version was published and this is another content, or would make it a draft again.
     *         Its state may go on (withdrawn, recheck), see review.h.
     */
    Result<void> add(QuestionVersion question);

    /**
     * Adds a picture.
     * @return its media name, or the errors of mediaName(), or TooLarge over maxMediaBytes in all
     */
    Result<QString> addMedia(const QByteArray &bytes);
    /** Takes a picture out; nothing happens when there is none of that name. */
    void removeMedia(const QString &name);

    /** Makes room for so many versions. */
    void reserve(qsizetype questions);

    const Post *post(const QString &code) const;
    const RiskPoint *riskPoint(const QString &id) const;
    const Law *law(const QString &id) const;
    const LegalArticle *article(const QString &id) const;
    const CultureTheme *theme(const QString &id) const;
    const Story *story(const QString &id) const;
    /** The version with this number, or nullptr. */
    const QuestionVersion *question(const QString &id, int version) const;
    /** The highest version of a question, or nullptr. */
    const QuestionVersion *latest(const QString &questionId) const;
    bool isLatest(const QuestionVersion &question) const;

    /** Every version that names a risk point of this post, in order of addition. */
    QList<const QuestionVersion *> questionsOfPost(const QString &code) const;
    QList<const QuestionVersion *> questionsOfRiskPoint(const QString &id) const;

    /** Codes of the posts whose risk points the question names, sorted, without repeats. */
    QStringList postsOf(const QuestionVersion &question) const;
    /** The most severe grade among the question's risk points. */
    RiskGrade gradeOf(const QuestionVersion &question) const;
    /** 《税收征管法》第八十二条 for an article id; the id itself when it is unknown. */
    QString citation(const QString &articleId) const;

private:
    qint32 indexOf(const QString &id, int version) const;
    void share(QString &text);
    void share(QStringList &list);
    void shareTexts(QuestionItem &item);
    void shareTexts(QuestionVersion &question);

    QList<Post> m_posts;
    QList<RiskPoint> m_riskPoints;
    QList<Law> m_laws;
    QList<LegalArticle> m_articles;
    QList<QuestionVersion> m_questions;
    QList<CultureTheme> m_themes;
    QList<Story> m_stories;
    QList<FestivalYear> m_festivals;
    QList<LawChange> m_lawChanges;
    QList<Acceptance> m_acceptances;
    QMap<QString, QByteArray> m_media;
    qint64 m_mediaBytes = 0;
    QHash<QString, qsizetype> m_postIndex;
    QHash<QString, qsizetype> m_riskPointIndex;
    QHash<QString, qsizetype> m_lawIndex;
    QHash<QString, qsizetype> m_articleIndex;
    QHash<QString, qint32> m_latest; ///< question id → its highest version
    QList<qint32> m_before; ///< for each version the next lower one of its question, or −1
    QHash<QString, QList<qint32>> m_byRiskPoint;
    QSet<QString> m_texts; ///< one copy of each text that repeats
    QHash<QStringList, QStringList> m_lists;
    QList<QList<Choice>> m_trueFalse; ///< the few choice lists that all true/false items use
};

} // namespace qingfeng
