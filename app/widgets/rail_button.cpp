#include "app/widgets/rail_button.h"

#include "app/widgets/icons.h"

#include <QFocusEvent>
#include <QPainter>

namespace qingfeng {

RailButton::RailButton(const Theme &theme, const Place &place, QWidget *parent)
    : QPushButton(place.text, parent)
    , m_theme(theme)
    , m_place(place)
{
    setCheckable(true);
    setAutoExclusive(true);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(place.text);
    setToolTip(place.shortcutHint);
    connect(&m_theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void RailButton::setCount(int count)
{
    m_count = count;
    setAccessibleDescription(count > 0 ? QString::number(count) : QString());
    update();
}

QSize RailButton::sizeHint() const
{
    return {m_theme.scaled(size::rail), m_theme.scaled(size::railItem)};
}

void RailButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours &c = m_theme.colours();
    const QRectF box = QRectF(rect()).adjusted(space::s, space::hair, -space::s, -space::hair);
    if (isChecked() || underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isChecked() ? c.accentSoft : c.hover);
        painter.drawRoundedRect(box, size::corner, size::corner);
    }
    if (m_ring) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(c.accent, size::focusRing));
        painter.drawRoundedRect(
            box.adjusted(space::hair, space::hair, -space::hair, -space::hair), size::corner, size::corner);
    }
    const QColor ink = isChecked() ? c.accent : c.secondary;
    const QFont font = m_theme.font(Type::Small, isChecked());
    const QFontMetrics metrics(font);
    const int icon = m_theme.scaled(size::largeIcon);
    const double top = (height() - icon - space::xs - metrics.height()) / 2.0;
    painter.drawPixmap(
        QPointF((width() - icon) / 2.0, top), iconPixmap(m_place.iconName, ink, icon, devicePixelRatioF()));
    painter.setFont(font);
    painter.setPen(isChecked() ? c.accent : c.ink);
    painter.drawText(
        QRectF(0, top + icon + space::xs, width(), metrics.height()), Qt::AlignCenter, m_place.text);

    if (m_count > 0) {
        const QString number = m_count > 99 ? QStringLiteral("99+") : QString::number(m_count);
        painter.setFont(m_theme.font(Type::Small, true));
        const double wide = std::max(metrics.height(), metrics.horizontalAdvance(number) + space::s);
        const QRectF badge(width() / 2.0 + space::s, top - space::xs, wide, metrics.height());
        painter.setPen(Qt::NoPen);
        painter.setBrush(c.accent);
        painter.drawRoundedRect(badge, badge.height() / 2, badge.height() / 2);
        painter.setPen(c.onAccent);
        painter.drawText(badge, Qt::AlignCenter, number);
    }
}

void RailButton::focusInEvent(QFocusEvent *event)
{
    m_ring = event->reason() != Qt::MouseFocusReason && event->reason() != Qt::ActiveWindowFocusReason;
    QPushButton::focusInEvent(event);
}

void RailButton::focusOutEvent(QFocusEvent *event)
{
    m_ring = false;
    QPushButton::focusOutEvent(event);
}

} // namespace qingfeng
