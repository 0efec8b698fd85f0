#include "app/widgets/empty_state.h"

#include "app/widgets/button.h"
#include "app/widgets/icon_view.h"
#include "app/widgets/text_block.h"

#include <QVBoxLayout>

namespace qingfeng {

EmptyState::EmptyState(const Theme &theme, const QString &iconName, const QString &title, const QString &text,
    const QString &action, QWidget *parent)
    : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::xl, space::l, space::xl, space::l);
    column->setSpacing(0);
    column->addStretch(2);
    column->addWidget(
        new IconView(theme, iconName, Ink::Accent, size::illustration, this), 0, Qt::AlignHCenter);
    column->addSpacing(space::l);
    column->addWidget(new TextBlock(
        theme, {Type::Heading, Ink::Primary, false, titleLineHeight, Qt::AlignHCenter}, title, this));
    column->addSpacing(space::s);
    column->addWidget(new TextBlock(
        theme, {Type::Body, Ink::Secondary, false, readingLineHeight, Qt::AlignHCenter}, text, this));
    if (!action.isEmpty()) {
        column->addSpacing(space::xl);
        auto *button = new Button(theme, Button::Kind::Primary, action, this);
        connect(button, &QAbstractButton::clicked, this, &EmptyState::acted);
        column->addWidget(button, 0, Qt::AlignHCenter);
    }
    column->addStretch(3);
    setAccessibleName(title);
    setAccessibleDescription(text);
}

} // namespace qingfeng
