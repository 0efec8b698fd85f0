#include "app/widgets/folding_row.h"

#include <QBoxLayout>

namespace qingfeng {

FoldingRow::FoldingRow(const Theme &theme, int least, int spacing, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_least(least)
    , m_row(new QBoxLayout(QBoxLayout::LeftToRight, this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(spacing);
    connect(&m_theme, &Theme::changed, this, &FoldingRow::fold);
}

void FoldingRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fold();
}

void FoldingRow::fold()
{
    const auto direction
        = width() < m_theme.scaled(m_least) ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight;
    if (m_row->direction() != direction) {
        m_row->setDirection(direction);
        updateGeometry();
    }
}

} // namespace qingfeng
