#pragma once

#include "quiz/archive/attempt.h"

#include "question_bank/model/question_bank.h"

#include <QDate>
#include <QList>

namespace qingfeng {

/** What the archive says about one risk point. */
struct RiskPointSummary
{
    QString riskPoint;
    QString name;
    QString post;
    RiskGrade grade = RiskGrade::Medium;
    int questions = 0; ///< in the bank today
    int seen = 0; ///< of them, asked at least once
    int answered = 0; ///< valid attempts
    int right = 0;
    int lastStudyDay = 0; ///< 0 when never
    /** Right answers in 0…1 of valid attempts; 0 when there are none. */
    double rightRate() const { return answered > 0 ? double(right) / answered : 0.0; }
};

/** One study day, for the calendar and the line. */
struct DaySummary
{
    QDate day;
    int answered = 0;
    int right = 0;
};

/**
 * 学习档案 in numbers: everything derived from attempts, nothing stored. Valid attempts are those that are not a
 * rapid guess; 不确定 counts as answered and not right.
 */
struct ArchiveSummary
{
    int answered = 0;
    int right = 0;
    int invalid = 0; ///< rapid guesses, not in answered
    int answeredToday = 0;
    int rightToday = 0;
    int streakDays = 0; ///< 连续学习天数
    int studyDays = 0; ///< days with at least one valid attempt
    int coveredRiskPoints = 0; ///< own and common risk points with a valid attempt
    int totalRiskPoints = 0; ///< own and common risk points that the bank has questions on
    QList<RiskPointSummary> riskPoints; ///< own posts first, then common; high before low; those with questions
    QList<DaySummary> days; ///< ascending, days with an attempt only
    QList<Attempt> recent; ///< newest first, at most 50
    double rightRate() const { return answered > 0 ? double(right) / answered : 0.0; }
};

class WorkCalendar;

/**
 * Sums up one person's attempts against a bank.
 *
 * @param attempts  of one person, any order
 * @param posts     held today, main first; the common post is added
 */
ArchiveSummary summarise(const QList<Attempt> &attempts, const QuestionBank &bank, const QStringList &posts,
    const WorkCalendar &calendar, QDate today);

/** The calendar date of a study day. */
QDate dateOfStudyDay(int studyDay);

} // namespace qingfeng
