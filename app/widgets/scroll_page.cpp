#include "app/widgets/scroll_page.h"

#include <algorithm>

#include <QKeyEvent>
#include <QScrollBar>
#include <QVBoxLayout>

namespace qingfeng {

ScrollPage::ScrollPage(int widest, QWidget *parent)
    : QScrollArea(parent)
    , m_widest(widest)
    , m_content(new QWidget)
    , m_column(new QVBoxLayout(m_content))
{
    m_column->setContentsMargins(space::xxl, space::xxl, space::xxl, space::huge);
    m_column->setSpacing(space::l);
    setWidget(m_content);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    m_content->setAutoFillBackground(false);
}

void ScrollPage::scaleWith(const Theme &theme)
{
    m_theme = &theme;
    connect(m_theme, &Theme::changed, this, &ScrollPage::fit);
    fit();
}

void ScrollPage::fit()
{
    const int widest = m_theme ? m_theme->scaled(m_widest) : m_widest;
    const int side = std::max(space::xxl, (viewport()->width() - widest) / 2);
    m_column->setContentsMargins(side, space::xxl, side, space::huge);
}

void ScrollPage::resizeEvent(QResizeEvent *event)
{
    fit();
    QScrollArea::resizeEvent(event);
}

void ScrollPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Home || event->key() == Qt::Key_End) {
        verticalScrollBar()->setValue(event->key() == Qt::Key_Home ? 0 : verticalScrollBar()->maximum());
        return;
    }
    QScrollArea::keyPressEvent(event);
}

} // namespace qingfeng
