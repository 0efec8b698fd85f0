#include "quiz/report/report_xlsx.h"

#include "question_bank/formats/sheet/field_words.h"
#include "question_bank/formats/sheet/workbook.h"

#include <xlsxwriter.h>

#include <QDateTime>

namespace qingfeng {
namespace {

constexpr qsizetype longestSheetName = 31;
constexpr double widthOfCharacter = 2.1; ///< of a Chinese one, in Excel's units

class ReportBook
{
public:
    explicit ReportBook(lxw_workbook *book)
        : m_book(book)
    {
        m_heading = workbook_add_format(book);
        format_set_bold(m_heading);
        format_set_bg_color(m_heading, 0xE8F1EF);
        format_set_bottom(m_heading, LXW_BORDER_THIN);
        m_title = workbook_add_format(book);
        format_set_bold(m_title);
        format_set_font_size(m_title, 16);
        m_text = format(nullptr);
        format_set_text_wrap(m_text);
        m_percent = format("0%");
        m_date = format("yyyy-mm-dd");
        m_moment = format("yyyy-mm-dd hh:mm");
    }

    int write(const Report &report)
    {
        writeSummary(report);
        for (const ReportBlock &block : report.blocks) {
            const ReportTable table = tableOf(block);
            lxw_worksheet *sheet = writeTable(table);
            if (std::holds_alternative<ReportLine>(block)) {
                addChart(sheet, table, LXW_CHART_LINE);
            } else if (std::holds_alternative<ReportBars>(block)) {
                addChart(sheet, table, LXW_CHART_BAR);
            }
        }
        return m_error;
    }

private:
    void check(lxw_error error) { m_error = m_error == LXW_NO_ERROR ? error : m_error; }

    lxw_format *format(const char *number)
    {
        lxw_format *made = workbook_add_format(m_book);
        format_set_align(made, LXW_ALIGN_VERTICAL_TOP);
        if (number) {
            format_set_num_format(made, number);
        }
        return made;
    }

    lxw_worksheet *addSheet(const QString &name)
    {
        lxw_worksheet *sheet
            = workbook_add_worksheet(m_book, name.left(longestSheetName).toUtf8().constData());
        check(sheet ? LXW_NO_ERROR : LXW_ERROR_MEMORY_MALLOC_FAILED);
        return sheet;
    }

    void writeText(
        lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const QString &text, lxw_format *form)
    {
        check(worksheet_write_string(sheet, row, column, guarded(text).toUtf8().constData(), form));
    }

    void writeMoment(
        lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const QDateTime &moment, lxw_format *form)
    {
        const QDate day = moment.date();
        const QTime time = moment.time();
        lxw_datetime when{
            day.year(), day.month(), day.day(), time.hour(), time.minute(), double(time.second())};
        check(worksheet_write_datetime(sheet, row, column, &when, form));
    }

    void writeValue(
        lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const QVariant &value, ValueKind kind)
    {
        if (value.isNull()) {
            return;
        }
        switch (kind) {
        case ValueKind::Number:
            check(worksheet_write_number(sheet, row, column, value.toDouble(), nullptr));
            return;
        case ValueKind::Percent:
            check(worksheet_write_number(sheet, row, column, value.toDouble(), m_percent));
            return;
        case ValueKind::Date:
            writeMoment(sheet, row, column, value.toDate().startOfDay(Qt::UTC), m_date);
            return;
        case ValueKind::Moment:
            writeMoment(sheet, row, column, value.toDateTime(), m_moment);
            return;
        case ValueKind::Text:
            break;
        }
        writeText(sheet, row, column, value.toString(), m_text);
    }

    void writeSummary(const Report &report)
    {
        lxw_worksheet *sheet = addSheet(QStringLiteral("概要"));
        if (!sheet) {
            return;
        }
        check(worksheet_set_column(sheet, 0, 0, 22, nullptr));
        check(worksheet_set_column(sheet, 1, 1, 76, nullptr));
        lxw_row_t row = 0;
        writeText(sheet, row++, 0, report.title, m_title);
        writeText(sheet, row++, 0, report.subject, nullptr);
        for (const auto &[name, value] : report.cover) {
            writeText(sheet, row, 0, name, nullptr);
            writeText(sheet, row++, 1, value, m_text);
        }
        ++row;
        writeText(sheet, row, 0, QStringLiteral("项目"), m_heading);
        writeText(sheet, row++, 1, QStringLiteral("数值"), m_heading);
        for (const ReportFigure &figure : report.figures) {
            writeText(sheet, row, 0, figure.name, nullptr);
            writeValue(sheet, row++, 1, figure.value, figure.kind);
        }
        for (const QString &note : report.notes) {
            writeText(sheet, ++row, 0, note, nullptr);
        }
    }

    lxw_worksheet *writeTable(const ReportTable &table)
    {
        lxw_worksheet *sheet = addSheet(table.title);
        if (!sheet) {
            return nullptr;
        }
        for (qsizetype i = 0; i < table.columns.size(); ++i) {
            const auto column = lxw_col_t(i);
            const double width = std::max(table.columns.at(i).width * widthOfCharacter, 9.0);
            check(worksheet_set_column(sheet, column, column, width, nullptr));
            writeText(sheet, 0, column, table.columns.at(i).name, m_heading);
        }
        for (qsizetype row = 0; row < table.rows.size(); ++row) {
            for (qsizetype i = 0; i < table.columns.size(); ++i) {
                writeValue(sheet, lxw_row_t(row + 1), lxw_col_t(i), table.rows.at(row).at(i),
                    table.columns.at(i).kind);
            }
        }
        worksheet_freeze_panes(sheet, 1, 0);
        worksheet_repeat_rows(sheet, 0, 0);
        worksheet_set_landscape(sheet);
        worksheet_fit_to_pages(sheet, 1, 0);
        if (!table.rows.isEmpty()) {
            check(worksheet_autofilter(
                sheet, 0, 0, lxw_row_t(table.rows.size()), lxw_col_t(table.columns.size() - 1)));
        }
        return sheet;
    }

    /** The first column against the second, beside the table. */
    void addChart(lxw_worksheet *sheet, const ReportTable &table, lxw_chart_type type)
    {
        if (!sheet || table.rows.isEmpty()) {
            return;
        }
        lxw_chart *chart = workbook_add_chart(m_book, type);
        const QByteArray name = table.title.left(longestSheetName).toUtf8();
        lxw_chart_series *series = chart_add_series(chart, nullptr, nullptr);
        const auto last = lxw_row_t(table.rows.size());
        chart_series_set_categories(series, name.constData(), 1, 0, last, 0);
        chart_series_set_values(series, name.constData(), 1, 1, last, 1);
        chart_series_set_name(series, table.columns.at(1).name.toUtf8().constData());
        chart_title_set_name(chart, table.title.toUtf8().constData());
        chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
        lxw_chart_fill fill{};
        lxw_chart_line line{};
        fill.color = line.color = 0x1E6F68;
        if (type == LXW_CHART_LINE) {
            chart_series_set_line(series, &line);
            chart_axis_set_num_format(chart->x_axis, "yyyy-mm-dd");
        } else {
            chart_series_set_fill(series, &fill);
            chart_axis_set_reverse(chart->y_axis); // the first row on top
        }
        // The library's x axis of bars is the one of values.
        lxw_chart_axis *values = type == LXW_CHART_LINE ? chart->y_axis : chart->x_axis;
        chart_axis_set_min(values, 0);
        chart_axis_set_max(values, table.columns.at(1).kind == ValueKind::Percent ? 1 : 100);
        lxw_chart_options place{};
        place.x_scale = 1.4;
        place.y_scale = type == LXW_CHART_BAR ? std::max(1.0, double(last) / 14) : 1.0;
        check(worksheet_insert_chart_opt(sheet, 1, lxw_col_t(table.columns.size() + 1), chart, &place));
    }

    lxw_workbook *m_book;
    lxw_format *m_heading;
    lxw_format *m_title;
    lxw_format *m_text;
    lxw_format *m_percent;
    lxw_format *m_date;
    lxw_format *m_moment;
    lxw_error m_error = LXW_NO_ERROR;
};

} // namespace

Result<QByteArray> reportXlsx(const Report &report, qint64 createdAtMs)
{
    return makeWorkbook(
        createdAtMs, [&report](lxw_workbook *book) { return ReportBook(book).write(report); });
}

} // namespace qingfeng
