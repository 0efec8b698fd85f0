#include "app/widgets/icon_view.h"

#include "app/widgets/icons.h"

#include <QPainter>

namespace qingfeng {

IconView::IconView(const Theme &theme, const QString &iconName, Ink ink, int side, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_iconName(iconName)
    , m_ink(ink)
{
    const auto fit = [this, side] {
        setFixedSize(m_theme.scaled(side), m_theme.scaled(side));
        update();
    };
    connect(&m_theme, &Theme::changed, this, fit);
    fit();
}

void IconView::setIcon(const QString &iconName, Ink ink)
{
    m_iconName = iconName;
    m_ink = ink;
    update();
}

void IconView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.drawPixmap(0, 0, iconPixmap(m_iconName, m_theme.ink(m_ink), width(), devicePixelRatioF()));
}

} // namespace qingfeng
