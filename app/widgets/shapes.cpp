#include "app/widgets/shapes.h"

#include "app/widgets/words.h"

#include <algorithm>

#include <QPainter>

namespace qingfeng {

void drawGradeShape(QPainter &painter, const QRectF &box, RiskGrade grade, const Theme &theme)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.ink(inkOf(grade)));
    switch (grade) {
    case RiskGrade::High:
        painter.drawEllipse(box);
        break;
    case RiskGrade::Medium:
        painter.drawPolygon(QPolygonF({{box.center().x(), box.top()}, box.bottomRight(), box.bottomLeft()}));
        break;
    case RiskGrade::Low:
        painter.drawRect(box.adjusted(space::hair, space::hair, -space::hair, -space::hair));
        break;
    }
}

void drawBar(QPainter &painter, const QRectF &box, double share, const QColor &fill, const Theme &theme)
{
    const double radius = box.height() / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colours().track);
    painter.drawRoundedRect(box, radius, radius);
    if (share > 0) {
        QRectF full = box;
        full.setWidth(std::clamp(box.width() * share, box.height(), box.width()));
        painter.setBrush(fill);
        painter.drawRoundedRect(full, radius, radius);
    }
}

} // namespace qingfeng
