#pragma once

#include "quiz/report/group_report.h"

#include <QHash>
#include <QMap>
#include <QSet>

namespace qingfeng {

/** Valid answers, and by whom. */
struct AnswerTally
{
    int answered = 0;
    int right = 0;
    QSet<QString> people;

    void add(const Attempt &attempt)
    {
        ++answered;
        right += attempt.outcome == Outcome::Right ? 1 : 0;
        people.insert(attempt.person);
    }
    /** Null while so few answered that it would speak of one of them. */
    QVariant rate() const
    {
        return people.size() >= fewestPeople ? QVariant(double(right) / answered) : QVariant();
    }
};

/** One who counts, and what is told of him: how often, never how well. */
struct Member
{
    const Person *person = nullptr;
    AnswerTally answers; ///< told as a number only
    QSet<QDate> days; ///< with a valid answer
    QSet<QString> riskPoints;
    int owed = 0; ///< working days
    int kept = 0; ///< of them, with an answer of whatever kind
};

/** What a group's report counts: who counts, and their answers by post, department, risk point, question and
 * week. */
class GroupFacts
{
public:
    explicit GroupFacts(const GroupReportInput &input);

    const GroupReportInput &in;
    const CultureTheme *theme; ///< of a theme's report
    QStringList departments; ///< of the report; empty = all
    QList<Member> members;
    AnswerTally all;
    int invalid = 0;
    QHash<QString, AnswerTally> byPost;
    QHash<QString, AnswerTally> byDepartment;
    QHash<QString, AnswerTally> byRiskPoint;
    QHash<QString, AnswerTally> byQuestion;
    QMap<QDate, QSet<QString>> byWeek; ///< Monday → who answered
    QMap<QString, std::pair<qint64, QByteArray>> heads; ///< store → newest attempt

    int participants() const;

private:
    QStringList below(const QString &top) const;
    bool isMember(const Person &person, QDate day) const;
    bool isAbout(const Attempt &attempt, const QuestionVersion *version) const;
    void collectMembers();
    void collectAnswers();
    void count(const Attempt &attempt, const QuestionVersion *version, QDate day, Member &member);
    /** Where the person worked on a day: the main assignment's department within the report. */
    QString departmentOn(const Person &person, QDate day) const;

    QHash<QString, qsizetype> m_index; ///< number → position in members
    QHash<QString, QSet<QDate>> m_daysOf; ///< days on which the person counts
    QHash<QString, QSet<QDate>> m_kept; ///< of them, with any answer
};

} // namespace qingfeng
