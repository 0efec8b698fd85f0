#include "app/report/report_charts.h"

#include "app/report/page_canvas.h"

#include <algorithm>
#include <utility>

#include <QPainterPath>

namespace qingfeng {
namespace {

constexpr int mostWeeks = 53;

/** The scale at the left: three lines with their values. */
void drawScale(PageCanvas &canvas, const QRectF &plot, const ReportLine &line, double top)
{
    for (const double share : {0.0, 0.5, 1.0}) {
        const double y = plot.bottom() - share * plot.height();
        canvas.painter().setPen(QPen(canvas.colours().line, 0.5 * point));
        canvas.painter().drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        canvas.draw(QRectF(plot.left() - 40 * point, y - 6 * point, 34 * point, 12 * point),
            textOf(share * top, line.kind), canvas.font(8), canvas.colours().secondary,
            Qt::AlignRight | Qt::AlignVCenter);
    }
}

} // namespace

void drawLineChart(PageCanvas &canvas, const ReportLine &line)
{
    const double height = 150 * point;
    canvas.need(height);
    const QRectF plot(
        canvas.left() + 40 * point, canvas.y() + 8 * point, canvas.width() - 60 * point, height - 34 * point);
    const double top = line.kind == ValueKind::Percent ? 1 : 100;
    drawScale(canvas, plot, line, top);
    const qint64 days
        = line.points.isEmpty() ? 0 : line.points.first().first.daysTo(line.points.last().first);
    const auto at = [&](const std::pair<QDate, double> &value) {
        const double along
            = days > 0 ? double(line.points.first().first.daysTo(value.first)) / double(days) : 0.5;
        return QPointF(plot.left() + along * plot.width(),
            plot.bottom() - std::clamp(value.second / top, 0.0, 1.0) * plot.height());
    };
    QPainterPath path;
    for (const auto &value : line.points) {
        path.elementCount() == 0 ? path.moveTo(at(value)) : path.lineTo(at(value));
    }
    QPainter &painter = canvas.painter();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(
        QPen(canvas.colours().accent, strokeWidth * point, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
    painter.setBrush(canvas.colours().surface);
    for (const auto &value : line.points) {
        painter.drawEllipse(at(value), 2 * point, 2 * point);
    }
    // First, middle and last date; more would touch each other.
    const qsizetype last = line.points.size() - 1;
    QList<qsizetype> labelled{0, last / 2, last};
    labelled.erase(std::unique(labelled.begin(), labelled.end()), labelled.end());
    for (const qsizetype i : std::as_const(labelled)) {
        if (i >= 0) {
            canvas.draw(QRectF(at(line.points.at(i)).x() - 40 * point, plot.bottom() + 4 * point, 80 * point,
                            12 * point),
                textOf(line.points.at(i).first, ValueKind::Date), canvas.font(8), canvas.colours().secondary,
                Qt::AlignHCenter | Qt::AlignVCenter);
        }
    }
    canvas.skip(height);
}

void drawBarChart(PageCanvas &canvas, const ReportBars &bars)
{
    const QFont body = canvas.font(9);
    const double nameWidth = 0.44 * canvas.width();
    const double markWidth = 36 * point;
    const double figuresWidth = 92 * point;
    for (const ReportBar &bar : bars.bars) {
        const double height = canvas.heightOf(bar.name, body, nameWidth) + 5 * point;
        canvas.need(height);
        const double y = canvas.y();
        canvas.draw(QRectF(canvas.left(), y, nameWidth, height), bar.name, body, canvas.colours().ink,
            Qt::AlignLeft | Qt::AlignVCenter);
        canvas.draw(QRectF(canvas.left() + nameWidth, y, markWidth, height), bar.mark, canvas.font(8),
            canvas.colours().secondary, Qt::AlignHCenter | Qt::AlignVCenter);
        const double from = canvas.left() + nameWidth + markWidth;
        const double length = canvas.width() - nameWidth - markWidth - figuresWidth;
        const QRectF track(from, y + height / 2 - 3 * point, length, 6 * point);
        canvas.painter().setPen(Qt::NoPen);
        canvas.painter().setBrush(canvas.colours().track);
        canvas.painter().drawRoundedRect(track, 3 * point, 3 * point);
        if (bar.share > 0) {
            canvas.painter().setBrush(canvas.colours().accent);
            canvas.painter().drawRoundedRect(
                QRectF(track.topLeft(),
                    QSizeF(std::max(6 * point, track.width() * std::min(bar.share, 1.0)), track.height())),
                3 * point, 3 * point);
        }
        canvas.draw(QRectF(track.right(), y, figuresWidth, height),
            textOf(bar.share, ValueKind::Percent) + QStringLiteral(" · ") + bar.figures, canvas.font(8),
            canvas.colours().secondary, Qt::AlignRight | Qt::AlignVCenter);
        canvas.skip(height);
    }
}

void drawCalendar(PageCanvas &canvas, const ReportCalendar &calendar)
{
    const QDate to = calendar.to;
    const QDate monday = calendar.from.addDays(1 - calendar.from.dayOfWeek());
    const QDate first = std::max(monday, to.addDays(1 - to.dayOfWeek() - 7 * (mostWeeks - 1)));
    const double label = 20 * point;
    const double side = std::min(14 * point, (canvas.width() - label) / mostWeeks);
    const double head = 14 * point;
    canvas.need(head + 7 * side + 8 * point);
    const double top = canvas.y() + head;
    const QFont small = canvas.font(7);
    static constexpr const char16_t *weekdays[] = {u"一", u"二", u"三", u"四", u"五", u"六", u"日"};
    for (int i = 0; i < 7; ++i) {
        canvas.draw(QRectF(canvas.left(), top + i * side, label, side), QString::fromUtf16(weekdays[i]),
            small, canvas.colours().secondary, Qt::AlignLeft | Qt::AlignVCenter);
    }
    int month = 0;
    double free = 0; // of a month's name
    for (QDate day = first; day <= to; day = day.addDays(1)) {
        const double x = canvas.left() + label + double(first.daysTo(day) / 7) * side;
        if (day.dayOfWeek() == 1 && day.month() != std::exchange(month, day.month()) && x >= free
            && (day >= calendar.from || calendar.from.month() == day.month())) {
            free = x + 24 * point;
            canvas.draw(QRectF(x, canvas.y(), 30 * point, head), QStringLiteral("%1月").arg(month), small,
                canvas.colours().secondary, Qt::AlignLeft | Qt::AlignVCenter);
        }
        if (day < calendar.from) {
            continue;
        }
        const QPointF centre(x + side / 2, top + (day.dayOfWeek() - 0.5) * side);
        const int answers = calendar.answers.value(day);
        const double radius = answers == 0 ? side / 10
                                           : side / 2
                * (answers >= 5        ? 0.9
                        : answers >= 2 ? 0.75
                                       : 0.55);
        canvas.painter().setPen(Qt::NoPen);
        canvas.painter().setBrush(answers == 0 ? canvas.colours().line : canvas.colours().accent);
        canvas.painter().drawEllipse(centre, radius, radius);
    }
    canvas.skip(head + 7 * side + 8 * point);
}

} // namespace qingfeng
