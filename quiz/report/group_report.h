#pragma once

#include "quiz/obligation/work_calendar.h"
#include "quiz/people/roster.h"
#include "quiz/report/report.h"

#include "quiz/archive/attempt.h"

#include "question_bank/model/question_bank.h"

#include <memory>

namespace qingfeng {

enum class ReportScope { Unit, Department, Post, Theme };

/** Stable name: "unit", "department", "post", "theme". */
QString nameOf(ReportScope kind);

/** Fewer people than this: no rate is told, for it would tell what one of them answered. */
inline constexpr int fewestPeople = 3;

/** Everything that the report of a group is made from. */
struct GroupReportInput
{
    ReportScope kind = ReportScope::Unit;
    QString code; ///< of the department (with those below it), post or theme; ignored for the unit
    Roster roster;
    std::shared_ptr<const QuestionBank> bank; ///< never null
    QList<Attempt> attempts; ///< of everybody, any order, at least those of the period
    QDate from; ///< period, both days included
    QDate to;
    QDate today;
    WorkCalendar calendar;
    double passShare = 0.6; ///< 合格: right answers of valid ones
    qint64 writtenAtMs = 0; ///< UTC
    int utcOffsetSeconds = 0;
};

/**
 * 汇总报表 of a unit, department, post or theme: participation, completion, passes, right rates by post, risk
 * point and question, and who did not take part. What one person answered wrong is in none of it: a rate
 * stands only where at least fewestPeople answered, and of single people only how often they took part.
 *
 * Who counts is who held a fitting assignment on a day of the period, and an answer counts for the assignment
 * of its day. @return NotFound: no such department, post or theme
 */
Result<Report> groupReport(const GroupReportInput &input);

} // namespace qingfeng
