#pragma once

#include <QDate>
#include <QMap>
#include <QSet>
#include <QString>

namespace qingfeng {

/** What a day is to those who work Monday to Friday. */
enum class DayKind {
    Workday,
    WorkedWeekend, ///< 调休上班
    Weekend,
    Holiday, ///< of the year's notice, weekends within it too
};

/** One year as its notice has it. */
struct CalendarYear
{
    int year = 0;
    bool published = false; ///< false: the notice is not out, so nothing else is set
    QDate edition; ///< of the file it came from
    QString source; ///< the notice, with its number
    QString certainty; ///< how it was checked, in words
    QMap<QDate, QString> holidays; ///< each day off and the holiday's name
    QSet<QDate> workedWeekendDays;
    bool operator==(const CalendarYear &) const = default;
};

/**
 * Working days: Monday to Friday, less public holidays, plus the weekend days worked instead (调休). Both sets
 * are data published year by year, never computed. A year without data counts Monday to Friday; covers() says
 * so, and whoever decides something by it should pass that on.
 */
class WorkCalendar
{
public:
    WorkCalendar() = default;
    WorkCalendar(QSet<QDate> holidays, QSet<QDate> workedWeekendDays);
    explicit WorkCalendar(QMap<int, CalendarYear> years);

    DayKind kindOf(QDate day) const;
    bool isWorkday(QDate day) const;
    /** Name of the holiday that @p day belongs to, or empty. */
    QString holidayName(QDate day) const;
    /** Whether the notice for the year of @p day is known. */
    bool covers(QDate day) const;

    const QMap<int, CalendarYear> &years() const { return m_years; }
    /**
     * Takes over the years that @p other knows better: published ones that are not known here, or that come
     * from the same or a later edition. A year that @p other calls unpublished changes nothing.
     */
    void overlay(const WorkCalendar &other);

    /**
     * 连续学习天数: days studied in a row up to @p today. A day off without study does not break the row, and
     * neither does today before its answer.
     */
    int streak(const QSet<QDate> &studied, QDate today) const;

private:
    void collect();

    QMap<int, CalendarYear> m_years;
    QMap<QDate, QString> m_holidays; ///< of all years
    QSet<QDate> m_workedWeekendDays;
};

} // namespace qingfeng
