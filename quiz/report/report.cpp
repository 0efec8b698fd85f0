#include "quiz/report/report.h"

#include <cmath>

#include <QDateTime>
#include <QJsonArray>

namespace qingfeng {
namespace {

QJsonValue jsonOf(const QVariant &value, ValueKind kind)
{
    if (value.isNull()) {
        return QJsonValue::Null;
    }
    switch (kind) {
    case ValueKind::Number:
    case ValueKind::Percent:
        return value.toDouble();
    case ValueKind::Date:
        return value.toDate().toString(Qt::ISODate);
    case ValueKind::Moment:
        return value.toDateTime().toString(Qt::ISODate);
    case ValueKind::Text:
        break;
    }
    return value.toString();
}

QJsonObject jsonOf(const ReportTable &table)
{
    QJsonArray columns;
    for (const ReportColumn &column : table.columns) {
        columns.append(column.name);
    }
    QJsonArray rows;
    for (const QVariantList &row : table.rows) {
        QJsonArray cells;
        for (qsizetype i = 0; i < row.size(); ++i) {
            cells.append(jsonOf(row.at(i), table.columns.at(i).kind));
        }
        rows.append(cells);
    }
    return {{QStringLiteral("title"), table.title}, {QStringLiteral("columns"), columns},
        {QStringLiteral("rows"), rows}};
}

ReportTable asTable(const ReportTable &table)
{
    return table;
}

ReportTable asTable(const ReportLine &line)
{
    ReportTable table{line.title, line.note,
        {{QStringLiteral("日期"), ValueKind::Date, 6}, {line.value, line.kind, 8}}, {}};
    for (const auto &[day, value] : line.points) {
        table.rows.append({day, value});
    }
    return table;
}

ReportTable asTable(const ReportBars &bars)
{
    ReportTable table{bars.title, bars.note,
        {{QStringLiteral("名称"), ValueKind::Text, 20}, {bars.value, ValueKind::Percent, 6},
            {QStringLiteral("等级"), ValueKind::Text, 5}, {QStringLiteral("依据"), ValueKind::Text, 12}},
        {}};
    for (const ReportBar &bar : bars.bars) {
        table.rows.append({bar.name, bar.share, bar.mark, bar.figures});
    }
    return table;
}

ReportTable asTable(const ReportCalendar &calendar)
{
    ReportTable table{calendar.title, calendar.note,
        {{QStringLiteral("日期"), ValueKind::Date, 6}, {QStringLiteral("作答"), ValueKind::Number, 4}}, {}};
    for (auto day = calendar.answers.cbegin(); day != calendar.answers.cend(); ++day) {
        table.rows.append({day.key(), day.value()});
    }
    return table;
}

} // namespace

QString textOf(const QVariant &value, ValueKind kind)
{
    if (value.isNull()) {
        return QStringLiteral("—");
    }
    switch (kind) {
    case ValueKind::Number: {
        const double number = value.toDouble();
        return QString::number(number, 'f', number == std::floor(number) ? 0 : 1);
    }
    case ValueKind::Percent:
        return QString::number(std::round(100.0 * value.toDouble()), 'f', 0) + QLatin1Char('%');
    case ValueKind::Date:
        return value.toDate().toString(QStringLiteral("yyyy-MM-dd"));
    case ValueKind::Moment:
        return value.toDateTime().toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    case ValueKind::Text:
        break;
    }
    return value.toString();
}

ReportTable tableOf(const ReportBlock &block)
{
    return std::visit([](const auto &part) { return asTable(part); }, block);
}

ReportTable figuresTable(const Report &report)
{
    ReportTable table{QStringLiteral("概要"), {},
        {{QStringLiteral("项目"), ValueKind::Text, 12}, {QStringLiteral("数值"), ValueKind::Text, 10}}, {}};
    for (const ReportFigure &figure : report.figures) {
        table.rows.append({figure.name, textOf(figure.value, figure.kind)});
    }
    return table;
}

QJsonObject toJson(const Report &report)
{
    QJsonArray cover;
    for (const auto &[name, value] : report.cover) {
        cover.append(QJsonObject{{QStringLiteral("name"), name}, {QStringLiteral("value"), value}});
    }
    QJsonArray figures;
    for (const ReportFigure &figure : report.figures) {
        figures.append(QJsonObject{{QStringLiteral("name"), figure.name},
            {QStringLiteral("value"), jsonOf(figure.value, figure.kind)}});
    }
    QJsonArray tables;
    for (const ReportBlock &block : report.blocks) {
        tables.append(jsonOf(tableOf(block)));
    }
    return {{QStringLiteral("kind"), report.kind}, {QStringLiteral("title"), report.title},
        {QStringLiteral("subject"), report.subject},
        {QStringLiteral("from"), report.from.toString(Qt::ISODate)},
        {QStringLiteral("to"), report.to.toString(Qt::ISODate)}, {QStringLiteral("cover"), cover},
        {QStringLiteral("summary"), report.summary}, {QStringLiteral("figures"), figures},
        {QStringLiteral("tables"), tables},
        {QStringLiteral("notes"), QJsonArray::fromStringList(report.notes)}};
}

} // namespace qingfeng
