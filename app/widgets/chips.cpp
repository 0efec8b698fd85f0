#include "app/widgets/chips.h"

#include "app/widgets/button.h"
#include "app/widgets/flow_layout.h"

#include <algorithm>

namespace qingfeng {

Chips::Chips(const Theme &theme, const QString &accessibleName, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    auto *row = new FlowLayout(space::s, this);
    Q_UNUSED(row)
    setAccessibleName(accessibleName);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void Chips::setChips(const QList<Chip> &chips)
{
    m_chips = chips;
    qDeleteAll(m_buttons);
    m_buttons.clear();
    for (const Chip &chip : chips) {
        QString text = chip.text;
        auto *button = new Button(
            m_theme, Button::Kind::Chip, text.replace(QLatin1Char('&'), QLatin1String("&&")), this);
        button->setCheckable(true);
        button->setAutoExclusive(true);
        button->setAccessibleName(chip.text);
        connect(button, &QAbstractButton::clicked, this, [this, key = chip.key] {
            if (m_chosen != key) {
                m_chosen = key;
                Q_EMIT chosenChanged(key);
            }
        });
        layout()->addWidget(button);
        m_buttons.append(button);
    }
    const bool stays = std::any_of(
        chips.cbegin(), chips.cend(), [this](const Chip &chip) { return chip.key == m_chosen; });
    if (!chips.isEmpty()) {
        choose(stays ? m_chosen : chips.first().key);
    }
    updateGeometry();
}

void Chips::choose(const QString &key)
{
    m_chosen = key;
    for (qsizetype i = 0; i < m_chips.size(); ++i) {
        m_buttons.at(i)->setChecked(m_chips.at(i).key == key);
    }
}

} // namespace qingfeng
