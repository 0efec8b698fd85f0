#pragma once

#include "quiz/archive/summary.h"

#include "app/widgets/bar_list.h"
#include "app/widgets/line_chart.h"

#include <QHash>

/** What the archive page shows, worked out of a summary: sentences, bars and points. No widget here. */
namespace qingfeng {

/** Right rate under which a risk point is weak, when it was asked often enough to say so. */
bool isWeak(const RiskPointSummary &point);

/** One sentence about the learning so far. */
QString archiveHeadline(const ArchiveSummary &archive);

/** Weak first, then by grade; those not asked yet last. */
QList<Bar> archiveBars(const ArchiveSummary &archive);
/** What the bars say: the weakest, or that none is. */
QString barsReading(const ArchiveSummary &archive);

/** Right rate per week, Monday to Sunday, of the last @p weeks weeks, oldest first. */
QList<LinePoint> weeklyRates(const ArchiveSummary &archive, QDate today, int weeks);
QString weeksReading(const QList<LinePoint> &weeks);

QHash<QDate, int> answersByDay(const ArchiveSummary &archive);
/** On how many days of the last @p weeks weeks something was answered. */
QString daysReading(const ArchiveSummary &archive, QDate today, int weeks);

} // namespace qingfeng
