#include "quiz/obligation/work_calendar.h"

#include <utility>

namespace qingfeng {

WorkCalendar::WorkCalendar(QSet<QDate> holidays, QSet<QDate> workedWeekendDays)
    : m_workedWeekendDays(std::move(workedWeekendDays))
{
    for (const QDate &day : std::as_const(holidays)) {
        m_holidays.insert(day, QString());
    }
}

WorkCalendar::WorkCalendar(QMap<int, CalendarYear> years)
    : m_years(std::move(years))
{
    collect();
}

void WorkCalendar::collect()
{
    m_holidays.clear();
    m_workedWeekendDays.clear();
    for (const CalendarYear &year : std::as_const(m_years)) {
        m_holidays.insert(year.holidays);
        m_workedWeekendDays.unite(year.workedWeekendDays);
    }
}

DayKind WorkCalendar::kindOf(QDate day) const
{
    if (m_workedWeekendDays.contains(day)) {
        return DayKind::WorkedWeekend;
    }
    if (m_holidays.contains(day)) {
        return DayKind::Holiday;
    }
    return day.dayOfWeek() <= Qt::Friday ? DayKind::Workday : DayKind::Weekend;
}

bool WorkCalendar::isWorkday(QDate day) const
{
    const DayKind kind = kindOf(day);
    return kind == DayKind::Workday || kind == DayKind::WorkedWeekend;
}

QString WorkCalendar::holidayName(QDate day) const
{
    return m_holidays.value(day);
}

bool WorkCalendar::covers(QDate day) const
{
    const auto year = m_years.constFind(day.year());
    return year != m_years.constEnd() && year->published;
}

void WorkCalendar::overlay(const WorkCalendar &other)
{
    for (const CalendarYear &theirs : other.m_years) {
        const auto ours = m_years.constFind(theirs.year);
        const bool known = ours != m_years.constEnd() && ours->published;
        if (theirs.published && (!known || theirs.edition >= ours->edition)) {
            m_years.insert(theirs.year, theirs);
        }
    }
    collect();
}

int WorkCalendar::streak(const QSet<QDate> &studied, QDate today) const
{
    int days = 0;
    qsizetype left = studied.size();
    for (QDate day = today; left > 0; day = day.addDays(-1)) {
        if (studied.contains(day)) {
            ++days;
            --left;
        } else if (day != today && isWorkday(day)) {
            break;
        } else if (today.toJulianDay() - day.toJulianDay() > 4000) {
            break; // only days in the future are left
        }
    }
    return days;
}

} // namespace qingfeng
