#pragma once

#include <QDate>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <utility>
#include <variant>

/**
 * 报表: what a report says, apart from how it is written down. Values keep their types, so that a spreadsheet
 * gets numbers and dates; textOf() is what a person reads. All words are Chinese: a report is an official
 * paper.
 */
namespace qingfeng {

/** Of a value: what a QVariant holds and how it is shown. A null value is "—". */
enum class ValueKind {
    Text, ///< QString
    Number, ///< int, qint64 or double
    Percent, ///< double in 0…1
    Date, ///< QDate
    Moment, ///< QDateTime
};

/** "12", "83%", "2026-11-24", "2026-11-24 09:15". */
QString textOf(const QVariant &value, ValueKind kind);

struct ReportColumn
{
    QString name;
    ValueKind kind = ValueKind::Text;
    int width = 6; ///< in Chinese characters, for the share of a page or sheet
};

struct ReportTable
{
    QString title;
    QString note; ///< how to read it, one sentence; may be empty
    QList<ReportColumn> columns;
    QList<QVariantList> rows;
};

/** A value over time. */
struct ReportLine
{
    QString title;
    QString note;
    QString value; ///< name of what is plotted
    ValueKind kind = ValueKind::Number; ///< Number: 0…100; Percent: 0…1
    QList<std::pair<QDate, double>> points;
};

struct ReportBar
{
    QString name;
    QString mark; ///< a word beside the name: 高风险
    double share = 0; ///< 0…1
    QString figures; ///< what it rests on: "3 / 4 题"
};

struct ReportBars
{
    QString title;
    QString note;
    QString value; ///< name of the share
    QList<ReportBar> bars;
};

/** Days and what was answered on them. */
struct ReportCalendar
{
    QString title;
    QString note;
    QDate from;
    QDate to;
    QMap<QDate, int> answers; ///< days with any
};

using ReportBlock = std::variant<ReportTable, ReportLine, ReportBars, ReportCalendar>;

struct ReportFigure
{
    QString name;
    QVariant value;
    ValueKind kind = ValueKind::Number;
};

struct Report
{
    QString kind; ///< person, unit, department, post, theme
    QString title; ///< 电子学习档案
    QString subject; ///< whom or what it is about
    QDate from; ///< period, both days included
    QDate to;
    QList<std::pair<QString, QString>> cover;
    QString summary; ///< one or two sentences
    QList<ReportFigure> figures;
    QList<ReportBlock> blocks;
    QStringList notes; ///< how the figures are meant
    /** What is signed or written at the end, with the lines of room for it. */
    QList<std::pair<QString, int>> signatures;
};

/** The numbers behind a block, as a table. */
ReportTable tableOf(const ReportBlock &block);
/** The figures as a table of two columns, each value as text. */
ReportTable figuresTable(const Report &report);

/** {"kind", "title", "subject", "from", "to", "cover", "summary", "figures", "tables", "notes"}; values keep
 * their types. */
QJsonObject toJson(const Report &report);

} // namespace qingfeng
