#include "quiz/obligation/work_calendar.h"

#include <utility>

namespace qingfeng {

WorkCalendar::WorkCalendar(QSet<QDate> holidays, QSet<QDate> workedWeekendDays)
    : m_holidays(std::move(holidays))
    , m_workedWeekendDays(std::move(workedWeekendDays))
{
}

bool WorkCalendar::isWorkday(QDate day) const
{
    if (m_workedWeekendDays.contains(day)) {
        return true;
    }
    return day.dayOfWeek() <= Qt::Friday && !m_holidays.contains(day);
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
