#pragma once

#include "quiz/report/report.h"

namespace qingfeng {

class PageCanvas;

/** Each draws the plot alone, below what was drawn before, on as many pages as it takes. */
void drawLineChart(PageCanvas &canvas, const ReportLine &line);
void drawBarChart(PageCanvas &canvas, const ReportBars &bars);
/** The weeks of the period, the last 53 of them when there are more. */
void drawCalendar(PageCanvas &canvas, const ReportCalendar &calendar);

} // namespace qingfeng
