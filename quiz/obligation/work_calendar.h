#pragma once

#include <QDate>
#include <QSet>

namespace qingfeng {

/**
 * Working days: Monday to Friday, less public holidays, plus the weekend days worked instead (调休). Both sets
 * are data published year by year, never computed.
 */
class WorkCalendar
{
public:
    WorkCalendar() = default;
    WorkCalendar(QSet<QDate> holidays, QSet<QDate> workedWeekendDays);

    bool isWorkday(QDate day) const;

    /**
     * 连续学习天数: days studied in a row up to @p today. A day off without study does not break the row, and
     * neither does today before its answer.
     */
    int streak(const QSet<QDate> &studied, QDate today) const;

private:
    QSet<QDate> m_holidays;
    QSet<QDate> m_workedWeekendDays;
};

} // namespace qingfeng
