#pragma once

#include "quiz/obligation/work_calendar.h"

#include "question_bank/base/result.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace qingfeng {

/**
 * Reads a calendar file (resources/calendar/README.md has the format). Strict: an unknown key, a date that does
 * not exist or lies outside its year, days that do not add up, overlapping holidays, a worked day that is no
 * weekend or is a holiday, or a year that stands twice are InvalidArgument with "file: years[2].holidays[1].to"
 * in where(); TooLarge over 1 MiB or 50 years; TooNew for a later version of the format.
 */
Result<WorkCalendar> readWorkCalendar(const QByteArray &bytes, const QString &file);

/** The calendar that was built in. */
WorkCalendar builtInWorkCalendar();

struct LoadedCalendar
{
    WorkCalendar calendar;
    QStringList files; ///< that were taken over, in order
    QList<Error> faults; ///< of files that were left out
};

/**
 * The built-in calendar, overlaid by `cn.json` of each folder in order, as far as there is one. A file with a
 * fault is left out and reported: the calendar is usable in any case.
 */
LoadedCalendar loadWorkCalendar(const QStringList &folders);

} // namespace qingfeng
