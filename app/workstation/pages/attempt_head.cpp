#include "app/workstation/pages/attempt_head.h"

#include "app/widgets/icons.h"

#include <QFocusEvent>
#include <QKeyEvent>
#include <QPainter>

namespace qingfeng {

AttemptHead::AttemptHead(
    const Theme &theme, Sign sign, const QString &stem, const QString &note, QWidget *parent)
    : QPushButton(parent)
    , m_theme(theme)
    , m_sign(std::move(sign))
    , m_stem(stem)
    , m_note(note)
{
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(stem);
    setAccessibleDescription(m_note.isEmpty() ? m_sign.word : m_sign.word + QStringLiteral(" · ") + m_note);
    connect(&m_theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

QSize AttemptHead::sizeHint() const
{
    return {size::column, m_theme.scaled(size::row) + space::m};
}

QSize AttemptHead::minimumSizeHint() const
{
    return {size::card, sizeHint().height()};
}

void AttemptHead::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours &c = m_theme.colours();
    const QRectF box = QRectF(rect()).adjusted(0, space::hair, 0, -space::hair);
    if (underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(c.hover);
        painter.drawRoundedRect(box, size::corner, size::corner);
    }
    if (m_ring) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(c.accent, size::focusRing));
        painter.drawRoundedRect(
            box.adjusted(space::hair, space::hair, -space::hair, -space::hair), size::corner, size::corner);
    }
    const double iconTop = (height() - size::icon) / 2.0;
    painter.drawPixmap(QPointF(space::m, iconTop),
        iconPixmap(m_sign.icon, m_theme.ink(m_sign.ink), size::icon, devicePixelRatioF()));
    painter.drawPixmap(QPointF(width() - space::m - size::icon, iconTop),
        iconPixmap(isChecked() ? QStringLiteral("up") : QStringLiteral("down"), c.secondary, size::icon,
            devicePixelRatioF()));

    const double left = space::m + size::icon + space::m;
    const double wide = width() - left - size::icon - 2 * space::m;
    const QFontMetrics body(m_theme.font(Type::Body));
    const QFontMetrics small(m_theme.font(Type::Small));
    const double top = (height() - body.height() - small.height()) / 2.0;
    painter.setFont(m_theme.font(Type::Body));
    painter.setPen(c.ink);
    painter.drawText(QRectF(left, top, wide, body.height()), Qt::AlignLeft | Qt::AlignVCenter,
        body.elidedText(m_stem, Qt::ElideRight, int(wide)));
    painter.setFont(m_theme.font(Type::Small));
    const QRectF below(left, top + body.height(), wide, small.height());
    painter.setPen(m_theme.ink(m_sign.ink));
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, m_sign.word);
    painter.setPen(c.secondary);
    painter.drawText(below.adjusted(small.horizontalAdvance(m_sign.word) + space::m, 0, 0, 0),
        Qt::AlignLeft | Qt::AlignVCenter, m_note);
}

void AttemptHead::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && !event->isAutoRepeat()) {
        click();
        return;
    }
    QPushButton::keyPressEvent(event);
}

void AttemptHead::focusInEvent(QFocusEvent *event)
{
    m_ring = event->reason() != Qt::MouseFocusReason && event->reason() != Qt::ActiveWindowFocusReason;
    QPushButton::focusInEvent(event);
    update();
}

void AttemptHead::focusOutEvent(QFocusEvent *event)
{
    m_ring = false;
    QPushButton::focusOutEvent(event);
    update();
}

} // namespace qingfeng
