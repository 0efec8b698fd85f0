#include "app/widgets/line_chart.h"

#include "app/widgets/words.h"

#include <QPainter>
#include <QPainterPath>

namespace qingfeng {

LineChart::LineChart(const Theme &theme, const QString &accessibleName, QWidget *parent, Axis axis)
    : QWidget(parent)
    , m_theme(theme)
    , m_axis(axis)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(accessibleName);
    connect(&m_theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void LineChart::setPoints(const QList<LinePoint> &points, const QString &reading)
{
    m_points = points;
    QStringList values;
    for (const LinePoint &point : points) {
        if (point.share) {
            values.append(point.label + QLatin1Char(' ') + valueText(*point.share));
        }
    }
    setAccessibleDescription(
        values.isEmpty() ? reading : reading + QLatin1Char('\n') + values.join(QStringLiteral(", ")));
    update();
}

QString LineChart::valueText(double share) const
{
    return m_axis == Axis::Percent ? Words::percent(share) : QString::number(qRound(share * 100));
}

QSize LineChart::sizeHint() const
{
    return {size::card, m_theme.scaled(size::chart)};
}

QSize LineChart::minimumSizeHint() const
{
    return {size::card / 2, m_theme.scaled(size::chart)};
}

void LineChart::paintEvent(QPaintEvent *)
{
    if (m_points.isEmpty()) {
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours &c = m_theme.colours();
    const QFont small = m_theme.font(Type::Small);
    const QFontMetrics metrics(small);
    painter.setFont(small);

    const int axis = metrics.horizontalAdvance(QStringLiteral("100%")) + space::s;
    const QRectF plot(axis, metrics.height() / 2.0 + space::xs, width() - axis - space::xl,
        height() - 1.5 * metrics.height() - space::m);
    for (const double share : {0.0, 0.5, 1.0}) {
        const double y = plot.bottom() - share * plot.height();
        painter.setPen(QPen(c.line, space::hair));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(c.secondary);
        painter.drawText(QRectF(0, y - metrics.height() / 2.0, axis - space::s, metrics.height()),
            Qt::AlignRight | Qt::AlignVCenter, valueText(share));
    }

    const double step = m_points.size() > 1 ? plot.width() / double(m_points.size() - 1) : 0;
    QPainterPath path;
    QList<QPointF> dots;
    bool joined = false;
    for (qsizetype i = 0; i < m_points.size(); ++i) {
        const LinePoint &point = m_points.at(i);
        if (point.share) {
            const QPointF at(plot.left() + double(i) * step, plot.bottom() - *point.share * plot.height());
            if (joined) {
                path.lineTo(at);
            } else {
                path.moveTo(at);
            }
            dots.append(at);
        }
        joined = point.share.has_value();
    }
    painter.setPen(QPen(c.accent, size::focusRing, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    painter.setBrush(c.surface);
    for (const QPointF &dot : std::as_const(dots)) {
        painter.drawEllipse(dot, space::xs - 0.5, space::xs - 0.5);
    }

    // First, middle and last label; more would touch each other.
    painter.setPen(c.secondary);
    for (const qsizetype i : {qsizetype(0), m_points.size() / 2, m_points.size() - 1}) {
        const double x = plot.left() + double(i) * step;
        const double wide = metrics.horizontalAdvance(m_points.at(i).label) + space::s;
        const double left = std::clamp(x - wide / 2, 0.0, std::max(0.0, width() - wide));
        painter.drawText(QRectF(left, plot.bottom() + space::s, wide, metrics.height()), Qt::AlignCenter,
            m_points.at(i).label);
    }
}

} // namespace qingfeng
