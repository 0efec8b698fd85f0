#include "app/workstation/gate/null/null_surface.h"

namespace qingfeng {

void NullSurface::prepare(QWidget *widget)
{
    m_widget = widget;
}

void NullSurface::cover(const QRect &root, const QList<QRect> &)
{
    if (m_widget) {
        m_widget->setGeometry(root);
        m_widget->show();
    }
}

void NullSurface::release()
{
    if (m_widget) {
        m_widget->hide();
    }
}

} // namespace qingfeng
