#include "app/workstation/pages/theme_card.h"

#include "app/widgets/button.h"
#include "app/widgets/text_block.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace qingfeng {

ThemeCard::ThemeCard(const Theme &theme, const CultureTheme &culture, QWidget *parent)
    : Card(Card::Tone::Quiet, parent)
{
    //: %1 title of a culture theme.
    const QString title = tr("These days: %1").arg(culture.title);
    setAccessibleName(title);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::l);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(space::xs);
    texts->addWidget(new TextBlock(theme, {Type::Body, Ink::Primary, true}, title, this));
    texts->addWidget(new TextBlock(theme, {Type::Small, Ink::Secondary}, culture.purpose, this));
    row->addLayout(texts, 1);
    auto *read = new Button(theme, Button::Kind::Plain, tr("&Read it"), this);
    read->setAccessibleDescription(culture.title);
    row->addWidget(read, 0, Qt::AlignVCenter);
    column()->addLayout(row);
    connect(read, &QAbstractButton::clicked, this, &ThemeCard::readRequested);
}

} // namespace qingfeng
