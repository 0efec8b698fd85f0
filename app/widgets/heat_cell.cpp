#include "app/widgets/heat_cell.h"

#include "app/widgets/shapes.h"
#include "app/widgets/text_block.h"
#include "app/widgets/words.h"

#include <cmath>

#include <QKeyEvent>
#include <QPainter>
#include <QTextLayout>

namespace qingfeng {
namespace {

constexpr int nameLines = 2;

/** A text cut so that it fits so many lines. */
QString cutToLines(const QString &text, const QFont &font, double width, int lines)
{
    QTextLayout layout(text, font);
    layOutText(layout, width, titleLineHeight);
    if (layout.lineCount() <= lines) {
        return text;
    }
    const QTextLine last = layout.lineAt(lines - 1);
    return text.left(last.textStart() + last.textLength() - 1) + QChar(0x2026);
}

} // namespace

HeatCell::HeatCell(const Theme &theme, HeatPoint point, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_point(std::move(point))
{
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(m_point.name);
    setAccessibleDescription(readingOf(m_point));
    setToolTip(m_point.name + QLatin1Char('\n') + readingOf(m_point));
    connect(&m_theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

QSize HeatCell::sizeHint() const
{
    const int line = int(std::ceil(m_theme.scaled(int(Type::Small)) * titleLineHeight));
    return {m_theme.scaled(size::heatCell), (nameLines + 1) * line + 2 * space::s + space::xs};
}

void HeatCell::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours &c = m_theme.colours();
    struct Shade
    {
        QColor fill;
        QColor edge;
        QColor ink;
    };
    const Shade shades[] = {{c.surface, c.line, c.secondary}, {c.highSoft, c.high, c.high},
        {c.mediumSoft, c.medium, c.medium}, {c.accentSoft, c.accent, c.accent}, {c.accent, c.accent, c.onAccent}};
    const Shade shade = shades[int(m_point.level)];
    const bool firm = m_point.level == MasteryLevel::Firm;
    painter.setBrush(shade.fill);
    painter.setPen(hasFocus() ? QPen(firm ? c.ink : c.accent, size::focusRing)
                              : QPen(underMouse() ? shade.edge : c.line, space::hair,
                                  m_point.level == MasteryLevel::Untested ? Qt::DashLine : Qt::SolidLine));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), size::smallCorner, size::smallCorner);

    const QFont small = m_theme.font(Type::Small);
    const double wide = width() - 2 * space::s;
    QTextLayout name(cutToLines(m_point.name, small, wide, nameLines), small);
    layOutText(name, wide, titleLineHeight);
    painter.setPen(firm ? c.onAccent : c.ink);
    name.draw(&painter, QPointF(space::s, space::s));

    // Marks, none to four, then the word: told apart without colour, too.
    const int line = int(std::ceil(m_theme.scaled(int(Type::Small)) * titleLineHeight));
    const QRectF foot(space::s, height() - space::s - line, wide, line);
    const double mark = m_theme.scaled(size::levelMark);
    constexpr int marks = 4;
    for (int i = 0; i < marks; ++i) {
        const QRectF box(foot.left() + i * (mark + 2), foot.center().y() - 3, mark, size::bar);
        painter.setPen(QPen(shade.ink, space::hair));
        painter.setBrush(i < int(m_point.level) ? QBrush(shade.ink) : QBrush(Qt::NoBrush));
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
    }
    painter.setFont(m_theme.font(Type::Small, true));
    painter.setPen(shade.ink);
    painter.drawText(foot, Qt::AlignRight | Qt::AlignVCenter, Words::of(m_point.level));
}

void HeatCell::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if ((enter || event->key() == Qt::Key_Space) && !event->isAutoRepeat()) {
        click();
        return;
    }
    event->ignore(); // arrows are the map's
}

} // namespace qingfeng
