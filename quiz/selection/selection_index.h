#pragma once

#include "question_bank/model/question_bank.h"

#include <QHash>

#include <vector>

namespace qingfeng {

/**
 * A bank prepared for choosing: what does not depend on the person is decided once, and questions stand by post, so
 * that a choice looks at the questions of the person's posts alone. Made when a bank is taken into use; the bank
 * must outlive it unchanged.
 */
class SelectionIndex
{
public:
    /**
     * @param difficulties  b of a question on the Rasch scale by question id, from item analysis; 0 where there is
     *                      none
     */
    explicit SelectionIndex(const QuestionBank &bank, const QHash<QString, double> &difficulties = {});

    /** The latest version of a question that may be asked as far as the bank can say. */
    struct Entry
    {
        const QuestionVersion *question = nullptr;
        int version = 0; ///< of the question, like audience: a choice looks at entries alone
        Audience audience = Audience::All;
        quint64 hash = 0; ///< of the id, the same on every machine
        double difficulty = 0; ///< b
        qint64 fromDay = 0; ///< in force on these Julian days
        qint64 untilDay = 0;
        bool partyRulesAlone = false;
        bool oneRiskPoint = true;
    };
    /** A question as one of a post. */
    struct Place
    {
        int entry = 0;
        const RiskPoint *point = nullptr; ///< the most severe of this post
        double weight = 0; ///< of its severity
        int pointNumber = 0; ///< 0 … riskPointCount() − 1
    };

    const QuestionBank &bank() const { return m_bank; }
    int riskPointCount() const { return int(m_points.size()); }
    const std::vector<Entry> &entries() const { return m_entries; }
    const std::vector<Place> &ofPost(const QString &post) const;
    const std::vector<int> &ofArticle(const QString &article) const;
    /** Position of a question among the entries, or −1. */
    int find(const QString &questionId) const { return m_byId.value(questionId, -1); }

private:
    const QuestionBank &m_bank;
    std::vector<Entry> m_entries;
    QHash<QString, int> m_byId;
    QHash<const RiskPoint *, int> m_points;
    QHash<QString, std::vector<Place>> m_byPost;
    QHash<QString, std::vector<int>> m_byArticle;
};

} // namespace qingfeng
