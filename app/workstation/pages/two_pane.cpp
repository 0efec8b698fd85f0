#include "app/workstation/pages/two_pane.h"

#include "app/widgets/card.h"

#include <QHBoxLayout>

namespace qingfeng {
namespace {

/** Least width of a desk that has a list beside it, at a text scale of 100 %. */
constexpr int leastDesk = size::card + 2 * space::huge;

} // namespace

TwoPane::TwoPane(const Theme &theme, QWidget *side, QWidget *desk, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_side(side)
    , m_line(makeUpright(this))
    , m_desk(desk)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(side);
    row->addWidget(m_line);
    row->addWidget(desk, 1);
    connect(&m_theme, &Theme::changed, this, &TwoPane::arrange);
    arrange();
}

void TwoPane::showSide()
{
    m_sideShown = true;
    arrange();
}

void TwoPane::showDesk()
{
    m_sideShown = false;
    arrange();
}

void TwoPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void TwoPane::arrange()
{
    const int sideWidth = m_theme.scaled(size::sideList);
    const bool narrow = width() < sideWidth + m_theme.scaled(leastDesk);
    m_side->setMinimumWidth(narrow ? 0 : sideWidth);
    m_side->setMaximumWidth(narrow ? QWIDGETSIZE_MAX : sideWidth);
    m_side->setVisible(!narrow || m_sideShown);
    m_line->setVisible(!narrow);
    m_desk->setVisible(!narrow || !m_sideShown);
    if (narrow != m_narrow) {
        m_narrow = narrow;
        Q_EMIT narrowChanged(narrow);
    }
}

} // namespace qingfeng
