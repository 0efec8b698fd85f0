#include "app/widgets/stat_card.h"

#include "app/widgets/text_block.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace qingfeng {

StatCard::StatCard(const Theme &theme, const QString &title, QWidget *parent)
    : Card(Tone::Surface, parent)
    , m_title(new TextBlock(theme, {Type::Small, Ink::Secondary}, title, this))
    , m_number(new TextBlock(theme, {Type::Title, Ink::Primary}, {}, this))
    , m_unit(new TextBlock(theme, {Type::Small, Ink::Secondary}, {}, this))
    , m_reading(new TextBlock(theme, {Type::Small, Ink::Secondary}, {}, this))
{
    column()->setContentsMargins(space::l, space::m, space::l, space::m);
    column()->setSpacing(space::xs);
    m_number->setSingleLine(true);
    m_unit->setContentsMargins(0, 0, 0, space::xs);
    auto *line = new QHBoxLayout;
    line->setSpacing(space::xs);
    line->addWidget(m_number, 0, Qt::AlignBottom);
    line->addWidget(m_unit, 1, Qt::AlignBottom);
    column()->addWidget(m_title);
    column()->addLayout(line);
    column()->addWidget(m_reading);
    column()->addStretch();
    setMinimumWidth(size::card / 2 - space::xl);
}

void StatCard::setValue(const QString &number, const QString &unit, const QString &reading)
{
    m_number->setText(number);
    m_unit->setText(unit);
    m_reading->setText(reading);
    m_reading->setVisible(!reading.isEmpty());
    fitNumber();
    setAccessibleName(m_title->text());
    setAccessibleDescription(number + QLatin1Char(' ') + unit + QLatin1Char(' ') + reading);
}

void StatCard::resizeEvent(QResizeEvent *event)
{
    Card::resizeEvent(event);
    fitNumber();
}

/** Sets the number as large as leaves room for its unit. */
void StatCard::fitNumber()
{
    const int free = width() - 2 * space::l;
    for (const Type type : {Type::Title, Type::Heading, Type::Reading}) {
        m_number->setStyle({type, Ink::Primary});
        if (m_number->sizeHint().width() + space::xs + m_unit->minimumSizeHint().width() <= free) {
            break;
        }
    }
}

} // namespace qingfeng
