#include "app/workstation/pages/theme_card.h"

#include "app/widgets/button.h"
#include "app/widgets/text_block.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace qingfeng {

ThemeCard::ThemeCard(const Theme &theme, const CultureTheme &culture, Form form, QWidget *parent)
    //: %1 title of a culture theme.
    : ThemeCard(theme, tr("These days: %1").arg(culture.title), culture.purpose, form, parent)
{
}

ThemeCard::ThemeCard(const Theme &theme, const QString &title, const QString &purpose, Form form, QWidget *parent)
    : Card(Card::Tone::Quiet, parent)
{
    setAccessibleName(title);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::l);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(space::xs);
    const bool whole = form == Form::Whole;
    auto *head = new TextBlock(theme, {whole ? Type::Body : Type::Small, Ink::Primary, whole}, title, this);
    head->setAlignment(Qt::AlignVCenter);
    texts->addWidget(head);
    if (whole) {
        texts->addWidget(new TextBlock(theme, {Type::Small, Ink::Secondary}, purpose, this));
    } else {
        column()->setContentsMargins(space::m, 0, 0, 0);
        setToolTip(purpose);
        setAccessibleDescription(purpose);
    }
    row->addLayout(texts, 1);
    auto *read = new Button(theme, Button::Kind::Plain, tr("&Read it"), this);
    read->setAccessibleDescription(title);
    row->addWidget(read, 0, Qt::AlignVCenter);
    column()->addLayout(row);
    connect(read, &QAbstractButton::clicked, this, &ThemeCard::readRequested);
}

} // namespace qingfeng
