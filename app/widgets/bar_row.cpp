#include "app/widgets/bar_row.h"

#include "app/widgets/shapes.h"
#include "app/widgets/text_block.h"
#include "app/widgets/words.h"

#include <cmath>

#include <QPainter>
#include <QTextLayout>

namespace qingfeng {

BarRow::BarRow(const Theme &theme, Bar bar, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_bar(std::move(bar))
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(m_bar.name);
    setAccessibleDescription(readingOf(m_bar));
    connect(&m_theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

QString readingOf(const Bar &bar)
{
    if (bar.count == 0) {
        //: %1 high risk, medium risk …
        return BarRow::tr("%1, not asked yet").arg(Words::of(bar.grade));
    }
    //: %1 high risk …, %2 a percentage.
    return BarRow::tr("%1, %2 right of %n answer(s)", nullptr, bar.count)
        .arg(Words::of(bar.grade), Words::percent(bar.share));
}

QString BarRow::figures() const
{
    if (m_bar.count == 0) {
        return tr("not asked yet");
    }
    //: %1 a percentage; beside a bar.
    return tr("%1 right · %n answer(s)", nullptr, m_bar.count).arg(Words::percent(m_bar.share));
}

int BarRow::nameWidth(int width) const
{
    const QFontMetrics small(m_theme.font(Type::Small));
    return width - m_theme.scaled(size::gradeShape) - space::s - small.horizontalAdvance(figures())
        - small.horizontalAdvance(Words::of(m_bar.grade)) - 2 * space::m;
}

int BarRow::heightForWidth(int width) const
{
    QTextLayout name(m_bar.name, m_theme.font(Type::Body));
    return int(std::ceil(layOutText(name, nameWidth(width), titleLineHeight))) + space::s + size::bar;
}

QSize BarRow::sizeHint() const
{
    const int wished = m_theme.scaled(size::column / 2);
    return {wished, heightForWidth(wished)};
}

void BarRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours &c = m_theme.colours();
    const int shape = m_theme.scaled(size::gradeShape);
    QTextLayout name(m_bar.name, m_theme.font(Type::Body));
    const double height = layOutText(name, nameWidth(width()), titleLineHeight);
    const double line = name.lineCount() > 0 ? height / name.lineCount() : height;

    drawGradeShape(painter, QRectF(0, (line - shape) / 2, shape, shape), m_bar.grade, m_theme);
    painter.setPen(c.ink);
    const double left = shape + space::s;
    name.draw(&painter, QPointF(left, 0));

    painter.setFont(m_theme.font(Type::Small));
    painter.setPen(m_theme.ink(inkOf(m_bar.grade)));
    const double nameEnd = name.lineCount() > 0 ? name.lineAt(0).naturalTextWidth() : 0;
    painter.drawText(QRectF(left + nameEnd + space::m, 0, width(), line), Qt::AlignLeft | Qt::AlignVCenter,
        Words::of(m_bar.grade));
    painter.setPen(c.secondary);
    painter.drawText(QRectF(0, 0, width(), line), Qt::AlignRight | Qt::AlignVCenter, figures());

    drawBar(painter, QRectF(0, height + space::s, width(), size::bar), m_bar.count > 0 ? m_bar.share : 0,
        m_bar.weak ? c.high : c.accent, m_theme);
}

} // namespace qingfeng
