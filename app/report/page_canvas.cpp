#include "app/report/page_canvas.h"

#include <cmath>

#include <QTextOption>

namespace qingfeng {
namespace {

QTextOption wrapped(Qt::Alignment alignment)
{
    QTextOption option(alignment);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    return option;
}

} // namespace

PageCanvas::PageCanvas(QPdfWriter &writer, QString running, int pages)
    : m_writer(writer)
    , m_running(std::move(running))
    , m_pages(pages)
{
    writer.setResolution(int(72 * point));
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF());
    m_painter.begin(&writer);
    m_painter.setRenderHint(QPainter::Antialiasing);
    drawMargins();
}

QFont PageCanvas::font(double points, bool bold) const
{
    QFont font;
    font.setFamilies(fontFamilies());
    font.setPixelSize(int(std::round(points * point)));
    font.setBold(bold);
    // Shaping draws Latin letters and digits with variants that no character stands for: they could not be
    // searched.
    font.setStyleStrategy(QFont::PreferNoShaping);
    return font;
}

void PageCanvas::need(double height)
{
    if (m_y + height > pageHeight - margin - 20 * point) {
        newPage();
    }
}

void PageCanvas::newPage()
{
    m_writer.newPage();
    ++m_page;
    m_y = margin;
    drawMargins();
    if (m_repeated) {
        m_repeated();
    }
}

void PageCanvas::drawMargins()
{
    const QFont small = font(8);
    const double foot = pageHeight - margin;
    const QRectF below(left(), foot, width(), 14 * point);
    draw(below, QStringLiteral("第 %1 页，共 %2 页").arg(m_page).arg(m_pages), small, m_colours.secondary,
        Qt::AlignRight | Qt::AlignVCenter);
    draw(below, QStringLiteral("清风 · 廉政风险教育系统"), small, m_colours.secondary,
        Qt::AlignLeft | Qt::AlignVCenter);
    hairLine(foot - 4 * point);
    if (m_page > 1) {
        draw(QRectF(left(), m_y - 16 * point, width(), 12 * point), m_running, small, m_colours.secondary,
            Qt::AlignLeft | Qt::AlignVCenter);
        hairLine(m_y);
        m_y += 12 * point;
    }
}

double PageCanvas::heightOf(const QString &text, const QFont &font, double width)
{
    m_painter.setFont(font);
    return m_painter.boundingRect(QRectF(0, 0, width, 1e6), text, wrapped(Qt::AlignLeft | Qt::AlignTop))
        .height();
}

void PageCanvas::draw(const QRectF &place, const QString &text, const QFont &font, const QColor &colour,
    Qt::Alignment alignment)
{
    m_painter.setFont(font);
    m_painter.setPen(colour);
    m_painter.drawText(place, text, wrapped(alignment));
}

void PageCanvas::write(const QString &text, const QFont &font, const QColor &colour)
{
    if (text.isEmpty()) {
        return;
    }
    const double height = heightOf(text, font, width());
    need(height);
    draw(QRectF(left(), m_y, width(), height + point), text, font, colour);
    m_y += height;
}

void PageCanvas::hairLine(double y)
{
    m_painter.setPen(QPen(m_colours.line, 0.5 * point));
    m_painter.drawLine(QPointF(left(), y), QPointF(left() + width(), y));
}

} // namespace qingfeng
