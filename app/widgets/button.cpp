#include "app/widgets/button.h"

#include "app/widgets/icons.h"

#include <QFocusEvent>
#include <QKeyEvent>
#include <QStyle>

namespace qingfeng {
namespace {

QString nameOf(Button::Kind kind)
{
    switch (kind) {
    case Button::Kind::Primary:
        return QStringLiteral("primary");
    case Button::Kind::Plain:
        return QStringLiteral("plain");
    case Button::Kind::Link:
        return QStringLiteral("link");
    case Button::Kind::Danger:
        return QStringLiteral("danger");
    case Button::Kind::Chip:
        return QStringLiteral("chip");
    case Button::Kind::Secondary:
        break;
    }
    return QStringLiteral("secondary");
}

} // namespace

Button::Button(const Theme &theme, Kind kind, const QString &text, QWidget *parent)
    : QPushButton(text, parent)
    , m_theme(theme)
    , m_kind(kind)
{
    setProperty("kind", nameOf(kind));
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&m_theme, &Theme::changed, this, &Button::refreshIcon);
}

void Button::setIconName(const QString &name)
{
    m_iconName = name;
    refreshIcon();
}

void Button::setKind(Kind kind)
{
    m_kind = kind;
    setProperty("kind", nameOf(kind));
    style()->unpolish(this);
    style()->polish(this);
    refreshIcon();
    updateGeometry();
}

void Button::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && !event->isAutoRepeat()) {
        click();
        return;
    }
    QPushButton::keyPressEvent(event);
}

void Button::focusInEvent(QFocusEvent *event)
{
    setRing(event->reason() != Qt::MouseFocusReason && event->reason() != Qt::ActiveWindowFocusReason);
    QPushButton::focusInEvent(event);
}

void Button::focusOutEvent(QFocusEvent *event)
{
    if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason) {
        setRing(false);
    }
    QPushButton::focusOutEvent(event);
}

void Button::refreshIcon()
{
    setIconSize(QSize(m_theme.scaled(size::icon), m_theme.scaled(size::icon)));
    if (m_iconName.isEmpty()) {
        setIcon({});
        return;
    }
    QColor ink = m_theme.colours().ink;
    if (m_kind == Kind::Primary) {
        ink = m_theme.colours().onAccent;
    } else if (m_kind == Kind::Plain) {
        ink = m_theme.colours().secondary;
    } else if (m_kind == Kind::Link) {
        ink = m_theme.colours().accent;
    } else if (m_kind == Kind::Danger) {
        ink = m_theme.colours().high;
    }
    setIcon(themedIcon(m_iconName, m_theme, ink));
}

void Button::setRing(bool ring)
{
    if (property("ring").toBool() != ring) {
        setProperty("ring", ring);
        style()->unpolish(this);
        style()->polish(this);
        update();
    }
}

} // namespace qingfeng
