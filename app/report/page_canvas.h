#pragma once

#include "app/widgets/tokens.h"

#include <QFont>
#include <QPainter>
#include <QPdfWriter>
#include <QRectF>

#include <functional>

namespace qingfeng {

inline constexpr double point = 10; ///< one typographic point in the units of a page

/**
 * A4 pages that are filled from top to bottom. Lengths are tenths of a point, as the writer's own, so that
 * nothing is rounded on the way. Every page but the cover has a line of what it belongs to above, and its
 * number below.
 */
class PageCanvas
{
public:
    /** @param pages in all, for "page x of y"; 0 while they are counted */
    PageCanvas(QPdfWriter &writer, QString running, int pages);

    QPainter &painter() { return m_painter; }
    const Colours &colours() const { return m_colours; }
    QFont font(double points, bool bold = false) const;

    double left() const { return margin; }
    double width() const { return pageWidth - 2 * margin; }
    double y() const { return m_y; }
    int page() const { return m_page; }
    void skip(double height) { m_y += height; }

    /** What is drawn at the head of each further page until it is taken away; it moves y() itself. */
    void setRepeated(std::function<void()> draw) { m_repeated = std::move(draw); }
    /** Room for @p height, on the next page when this one has less. */
    void need(double height);
    void newPage();

    /** Writes lines of text, broken to @p width, and moves below them. */
    void write(const QString &text, const QFont &font, const QColor &colour);
    double heightOf(const QString &text, const QFont &font, double width);
    void draw(const QRectF &place, const QString &text, const QFont &font, const QColor &colour,
        Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignTop);
    void hairLine(double y);
    bool end() { return m_painter.end(); }

private:
    void drawMargins();

    static constexpr double pageWidth = 5953;
    static constexpr double pageHeight = 8419;
    static constexpr double margin = 560;

    QPdfWriter &m_writer;
    QPainter m_painter;
    Colours m_colours = coloursOf(Scheme::Light);
    QString m_running;
    int m_pages;
    int m_page = 1;
    double m_y = margin;
    std::function<void()> m_repeated;
};

} // namespace qingfeng
