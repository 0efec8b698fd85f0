#include "app/widgets/text_block.h"

#include <cmath>

#include <QPainter>
#include <QTextLayout>

namespace qingfeng {

double layOutText(QTextLayout &layout, double width, double lineHeight, Qt::Alignment alignment)
{
    QTextOption option(alignment);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    const double height = std::ceil(layout.font().pixelSize() * lineHeight);
    double y = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(width, 1.0));
        // The natural box of the line in the middle of the wished one; a smaller wish does not overlap.
        const double step = std::max(height, std::ceil(line.height()));
        line.setPosition(QPointF(0, y + (step - line.height()) / 2));
        y += step;
    }
    layout.endLayout();
    return y;
}

TextBlock::TextBlock(const Theme &theme, TextStyle style, const QString &text, QWidget *parent)
    : QLabel(text, parent)
    , m_theme(theme)
    , m_style(style)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&m_theme, &Theme::changed, this, &TextBlock::applyTheme);
    applyTheme();
}

void TextBlock::setStyle(TextStyle style)
{
    m_style = style;
    applyTheme();
}

void TextBlock::setInk(Ink ink)
{
    m_style.ink = ink;
    applyTheme();
}

void TextBlock::setSingleLine(bool single)
{
    m_singleLine = single;
    setWordWrap(!single);
    QSizePolicy policy(single ? QSizePolicy::Fixed : QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(!single);
    setSizePolicy(policy);
    updateGeometry();
}

int TextBlock::heightForWidth(int width) const
{
    const QMargins margins = contentsMargins();
    QTextLayout layout(text(), m_theme.font(m_style.type, m_style.bold));
    return int(std::ceil(layOut(layout, width - margins.left() - margins.right()))) + margins.top()
        + margins.bottom();
}

QSize TextBlock::sizeHint() const
{
    const QMargins margins = contentsMargins();
    QTextLayout layout(text(), m_theme.font(m_style.type, m_style.bold));
    const double limit = m_singleLine ? QWIDGETSIZE_MAX : m_theme.scaled(size::column);
    const double height = layOut(layout, limit);
    double width = 0;
    for (int i = 0; i < layout.lineCount(); ++i) {
        width = std::max(width, layout.lineAt(i).naturalTextWidth());
    }
    return {int(std::ceil(width)) + margins.left() + margins.right() + space::hair,
        int(std::ceil(height)) + margins.top() + margins.bottom()};
}

QSize TextBlock::minimumSizeHint() const
{
    const QSize wished = sizeHint();
    if (m_singleLine) {
        return wished;
    }
    const QFont font = m_theme.font(m_style.type, m_style.bold);
    return {std::min(wished.width(), 4 * font.pixelSize()),
        int(std::ceil(font.pixelSize() * m_style.lineHeight))};
}

void TextBlock::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(m_theme.ink(m_style.ink));
    QTextLayout layout(text(), m_theme.font(m_style.type, m_style.bold));
    const QRect area = contentsRect();
    const double height = layOut(layout, area.width());
    double top = area.top();
    if (alignment() & Qt::AlignVCenter) {
        top += std::max(0.0, std::floor((area.height() - height) / 2));
    }
    layout.draw(&painter, QPointF(area.left(), top));
}

double TextBlock::layOut(QTextLayout &layout, double width) const
{
    QString shown = text();
    shown.replace(QLatin1Char('\n'), QChar::LineSeparator);
    layout.setText(shown);
    return layOutText(layout, width, m_style.lineHeight, m_style.alignment);
}

void TextBlock::applyTheme()
{
    setFont(m_theme.font(m_style.type, m_style.bold));
    updateGeometry();
    update();
}

} // namespace qingfeng
