#include "quiz/obligation/calendar_file.h"

#include "question_bank/base/canonical_json.h"

#include "work_calendar_embedded.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>

namespace qingfeng {
namespace {

constexpr qint64 maxCalendarBytes = 1 << 20;
constexpr int maxYears = 50;
constexpr int maxHolidayDays = 20;

/** A place in the file while it is read; the first thing that is wrong stays. */
class Reader
{
public:
    explicit Reader(QString file)
        : m_file(std::move(file))
    {
    }

    void fail(const QString &where, const QString &detail)
    {
        if (!m_error) {
            m_error = Error(ErrorCode::InvalidArgument, detail, m_file + QStringLiteral(": ") + where);
        }
    }
    bool failed() const { return m_error.has_value(); }
    Error error() const { return *m_error; }

    void onlyKeys(const QJsonObject &object, const QStringList &keys, const QString &where)
    {
        for (const QString &key : object.keys()) {
            if (!keys.contains(key)) {
                fail(where + key, QStringLiteral("unknown key"));
            }
        }
    }

    QString text(const QJsonObject &object, const QString &key, const QString &where)
    {
        const QJsonValue value = object.value(key);
        if (!value.isString() || value.toString().trimmed().isEmpty()) {
            fail(where + key, QStringLiteral("a text is expected"));
        }
        return value.toString();
    }

    QDate date(const QJsonValue &value, const QString &where)
    {
        const QDate day = QDate::fromString(value.toString(), QStringLiteral("yyyy-MM-dd"));
        if (!day.isValid()) {
            fail(where, QStringLiteral("a date like 2026-02-17 is expected"));
        }
        return day;
    }

    QJsonArray list(const QJsonObject &object, const QString &key, const QString &where)
    {
        if (!object.value(key).isArray()) {
            fail(where + key, QStringLiteral("a list is expected"));
        }
        return object.value(key).toArray();
    }

private:
    const QString m_file;
    std::optional<Error> m_error;
};

void readHoliday(Reader &reader, const QJsonValue &value, const QString &where, CalendarYear &year)
{
    const QJsonObject object = value.toObject();
    const QString at = where + QLatin1Char('.');
    reader.onlyKeys(object,
        {QStringLiteral("name"), QStringLiteral("from"), QStringLiteral("to"), QStringLiteral("days")}, at);
    const QString name = reader.text(object, QStringLiteral("name"), at);
    const QDate from = reader.date(object.value(QStringLiteral("from")), at + QStringLiteral("from"));
    const QDate to = reader.date(object.value(QStringLiteral("to")), at + QStringLiteral("to"));
    if (reader.failed()) {
        return;
    }
    const QDate earliest(year.year - 1, 12, 25); // a New Year's break may begin before the year
    if (from < earliest || from > QDate(year.year, 12, 31)) {
        return reader.fail(at + QStringLiteral("from"), QStringLiteral("the day lies outside the year"));
    }
    if (to < from || to.year() != year.year || from.daysTo(to) >= maxHolidayDays) {
        return reader.fail(at + QStringLiteral("to"),
            QStringLiteral("a day of the year, not before `from`, at most %1 days long").arg(maxHolidayDays));
    }
    if (object.value(QStringLiteral("days")).toInt(-1) != from.daysTo(to) + 1) {
        return reader.fail(at + QStringLiteral("days"), QStringLiteral("the days do not add up"));
    }
    for (QDate day = from; day <= to; day = day.addDays(1)) {
        if (year.holidays.contains(day)) {
            return reader.fail(where, QStringLiteral("overlaps another holiday"));
        }
        year.holidays.insert(day, name);
    }
}

CalendarYear readYear(Reader &reader, const QJsonValue &value, const QString &where)
{
    const QString at = where + QLatin1Char('.');
    CalendarYear year;
    if (!value.isObject()) {
        reader.fail(where, QStringLiteral("an object is expected"));
        return year;
    }
    const QJsonObject object = value.toObject();
    reader.onlyKeys(object,
        {QStringLiteral("year"), QStringLiteral("published"), QStringLiteral("source"), QStringLiteral("certainty"),
            QStringLiteral("holidays"), QStringLiteral("workdays")},
        at);
    year.year = object.value(QStringLiteral("year")).toInt(0);
    if (year.year < 2000 || year.year > 2100) {
        reader.fail(at + QStringLiteral("year"), QStringLiteral("a year from 2000 to 2100 is expected"));
    }
    if (!object.value(QStringLiteral("published")).isBool()) {
        reader.fail(at + QStringLiteral("published"), QStringLiteral("true or false is expected"));
    }
    year.published = object.value(QStringLiteral("published")).toBool();
    year.source = reader.text(object, QStringLiteral("source"), at);
    year.certainty = reader.text(object, QStringLiteral("certainty"), at);
    const QJsonArray holidays = reader.list(object, QStringLiteral("holidays"), at);
    const QJsonArray workdays = reader.list(object, QStringLiteral("workdays"), at);
    if (!year.published && !(holidays.isEmpty() && workdays.isEmpty())) {
        reader.fail(at + QStringLiteral("published"), QStringLiteral("a year that is not published has no days"));
    }
    if (year.published && holidays.isEmpty()) {
        reader.fail(at + QStringLiteral("holidays"), QStringLiteral("a published year has holidays"));
    }
    for (qsizetype i = 0; i < holidays.size() && !reader.failed(); ++i) {
        readHoliday(reader, holidays.at(i), at + QStringLiteral("holidays[%1]").arg(i), year);
    }
    for (qsizetype i = 0; i < workdays.size() && !reader.failed(); ++i) {
        const QString place = at + QStringLiteral("workdays[%1]").arg(i);
        const QDate day = reader.date(workdays.at(i), place);
        if (reader.failed()) {
            break;
        }
        if (day.year() != year.year || day.dayOfWeek() <= Qt::Friday) {
            reader.fail(place, QStringLiteral("a Saturday or Sunday of the year is expected"));
        } else if (year.holidays.contains(day)) {
            reader.fail(place, QStringLiteral("the day is a holiday too"));
        } else if (year.workedWeekendDays.contains(day)) {
            reader.fail(place, QStringLiteral("the day stands twice"));
        }
        year.workedWeekendDays.insert(day);
    }
    return year;
}

} // namespace

Result<WorkCalendar> readWorkCalendar(const QByteArray &bytes, const QString &file)
{
    if (bytes.size() > maxCalendarBytes) {
        return Error(ErrorCode::TooLarge, QStringLiteral("a calendar has at most 1 MiB"), file);
    }
    const auto document = parseJsonObject(bytes);
    if (!document) {
        const QString where = document.error().where();
        return Error(document.error().code(), document.error().detail(),
            where.isEmpty() ? file : file + QStringLiteral(": ") + where);
    }
    Reader reader(file);
    if (document->value(QStringLiteral("format")).toString() != QLatin1String("qingfeng-work-calendar")) {
        reader.fail(QStringLiteral("format"), QStringLiteral("\"qingfeng-work-calendar\" is expected"));
        return reader.error();
    }
    const int version = document->value(QStringLiteral("version")).toInt(0);
    if (version > 1) {
        return Error(ErrorCode::TooNew, QStringLiteral("version %1 of the format").arg(version), file);
    }
    if (version != 1) {
        reader.fail(QStringLiteral("version"), QStringLiteral("1 is expected"));
    }
    reader.onlyKeys(*document,
        {QStringLiteral("format"), QStringLiteral("version"), QStringLiteral("edition"), QStringLiteral("years")},
        QString());
    const QDate edition = reader.date(document->value(QStringLiteral("edition")), QStringLiteral("edition"));
    const QJsonArray list = reader.list(*document, QStringLiteral("years"), QString());
    if (list.size() > maxYears) {
        return Error(ErrorCode::TooLarge, QStringLiteral("a calendar has at most %1 years").arg(maxYears), file);
    }
    QMap<int, CalendarYear> years;
    for (qsizetype i = 0; i < list.size() && !reader.failed(); ++i) {
        const QString where = QStringLiteral("years[%1]").arg(i);
        CalendarYear year = readYear(reader, list.at(i), where);
        year.edition = edition;
        if (years.contains(year.year)) {
            reader.fail(where + QStringLiteral(".year"), QStringLiteral("the year stands twice"));
        }
        years.insert(year.year, std::move(year));
    }
    if (reader.failed()) {
        return reader.error();
    }
    return WorkCalendar(std::move(years));
}

WorkCalendar builtInWorkCalendar()
{
    const std::string_view text = embeddedCalendars.front().text;
    auto calendar = readWorkCalendar(
        QByteArray(text.data(), qsizetype(text.size())), QStringLiteral("built-in calendar"));
    Q_ASSERT_X(calendar, "builtInWorkCalendar", qPrintable(calendar.error().toString()));
    return calendar ? std::move(*calendar) : WorkCalendar();
}

LoadedCalendar loadWorkCalendar(const QStringList &folders)
{
    LoadedCalendar loaded {builtInWorkCalendar(), {}, {}};
    for (const QString &folder : folders) {
        const QString path = QDir(folder).filePath(QStringLiteral("cn.json"));
        QFile file(path);
        if (!file.exists()) {
            continue;
        }
        if (!file.open(QIODevice::ReadOnly)) {
            loaded.faults.append(Error(ErrorCode::Io, file.errorString(), path));
            continue;
        }
        const auto calendar = readWorkCalendar(file.read(maxCalendarBytes + 1), path);
        if (!calendar) {
            loaded.faults.append(calendar.error());
            continue;
        }
        loaded.calendar.overlay(*calendar);
        loaded.files.append(path);
    }
    return loaded;
}

} // namespace qingfeng
