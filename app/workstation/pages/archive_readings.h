#pragma once

#include "quiz/archive/mastery_history.h"
#include "quiz/archive/summary.h"

#include "app/widgets/bar_list.h"
#include "app/widgets/heat_map.h"
#include "app/widgets/line_chart.h"
#include "app/widgets/numbers_view.h"

#include <QDate>
#include <QHash>

/** What the archive says, in values for its plots, in numbers for its tables, and in words. */
namespace qingfeng {

/** Few right answers, or weak by mastery. */
bool isWeak(const RiskPointSummary &point, const MasteryReport &report);

/** The one sentence that comes first. */
QString archiveHeadline(const ArchiveSummary &archive, const MasteryReport &report);

/** 薄弱点: weak risk points, the gravest and weakest first. */
QList<Bar> weakBars(const ArchiveSummary &archive, const MasteryReport &report);
QString weakReading(const QList<Bar> &bars);

/** 掌握分 as a line. */
QList<LinePoint> scorePoints(const QList<MasteryOn> &history);
/** What moved in the last four weeks: 「发票管理」由薄弱到基本, or the score itself. */
QString scoreReading(const QList<MasteryOn> &history, const QuestionBank &bank);
Numbers scoreNumbers(const QList<MasteryOn> &history);

/** Risk points by post, own posts first. */
QList<HeatRow> heatRows(const MasteryReport &report, const QuestionBank &bank, const QStringList &posts);
QString heatReading(const MasteryReport &report);
Numbers heatNumbers(const QList<HeatRow> &rows);

/** Right answers by week (Monday to Sunday), the last @p weeks up to today; weeks without answers are gaps. */
QList<LinePoint> weeklyRates(const ArchiveSummary &archive, QDate today, int weeks);
QString weeksReading(const QList<LinePoint> &weeks);
Numbers weekNumbers(const QList<LinePoint> &weeks);

/** Answers by day, for the calendar. */
QHash<QDate, int> answersByDay(const ArchiveSummary &archive);
QString daysReading(const ArchiveSummary &archive, QDate today, int weeks);
/** Days of the last weeks with answers, newest first. */
Numbers dayNumbers(const ArchiveSummary &archive, QDate today, int weeks);

} // namespace qingfeng
