#include "app/widgets/notice.h"

#include "app/widgets/icons.h"
#include "app/widgets/text_block.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>

namespace qingfeng {

Notice::Notice(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_text(new TextBlock(theme, readingStyle(), {}, this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::m + size::icon + space::s, space::s, space::m, space::s);
    row->addWidget(m_text);
    connect(&m_theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    hide();
}

void Notice::inform(const QString &text)
{
    say(text, false);
}

void Notice::warn(const QString &text)
{
    say(text, true);
}

void Notice::clear()
{
    m_text->setText({});
    hide();
}

QString Notice::text() const
{
    return m_text->text();
}

void Notice::say(const QString &text, bool warning)
{
    m_warning = warning;
    m_text->setText(text);
    setAccessibleName(text);
    setVisible(true);
    update();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void Notice::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours &c = m_theme.colours();
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_warning ? c.highSoft : c.lowSoft);
    painter.drawRoundedRect(rect(), size::corner, size::corner);
    const int firstLine = space::s + m_theme.scaled(int(int(Type::Body) * readingLineHeight)) / 2;
    painter.drawPixmap(QPoint(space::m, firstLine - size::icon / 2),
        iconPixmap(m_warning ? QStringLiteral("emergency") : QStringLiteral("notice"),
            m_warning ? c.high : c.low, size::icon, devicePixelRatioF()));
}

} // namespace qingfeng
