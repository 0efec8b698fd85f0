#include "app/widgets/chips.h"

#include "app/widgets/button.h"
#include "app/widgets/flow_layout.h"

#include <algorithm>

namespace qingfeng {

Chips::Chips(const Theme &theme, const QString &accessibleName, QWidget *parent, Pick pick)
    : QWidget(parent)
    , m_theme(theme)
    , m_pick(pick)
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
    const QStringList before = chosenKeys();
    const auto same = [](const Chip &a, const Chip &b) { return a.key == b.key && a.text == b.text; };
    if (!chips.isEmpty() && chips.size() == m_chips.size()
        && std::equal(chips.cbegin(), chips.cend(), m_chips.cbegin(), same)) {
        return; // the focus stays where it is
    }
    m_chips = chips;
    qDeleteAll(m_buttons);
    m_buttons.clear();
    for (const Chip &chip : chips) {
        QString text = chip.text;
        auto *button = new Button(
            m_theme, Button::Kind::Chip, text.replace(QLatin1Char('&'), QLatin1String("&&")), this);
        button->setCheckable(true);
        button->setAutoExclusive(m_pick == Pick::One);
        button->setAccessibleName(chip.text);
        connect(button, &QAbstractButton::clicked, this, [this, key = chip.key] {
            if (m_pick == Pick::Several || m_chosen != key) {
                m_chosen = key;
                Q_EMIT chosenChanged(key);
            }
        });
        layout()->addWidget(button);
        m_buttons.append(button);
    }
    const bool stays = std::any_of(
        chips.cbegin(), chips.cend(), [this](const Chip &chip) { return chip.key == m_chosen; });
    if (m_pick == Pick::Several) {
        chooseKeys(before);
    } else if (!chips.isEmpty()) {
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

QStringList Chips::chosenKeys() const
{
    QStringList keys;
    for (qsizetype i = 0; i < m_chips.size(); ++i) {
        if (m_buttons.at(i)->isChecked()) {
            keys.append(m_chips.at(i).key);
        }
    }
    return keys;
}

void Chips::chooseKeys(const QStringList &keys)
{
    for (qsizetype i = 0; i < m_chips.size(); ++i) {
        m_buttons.at(i)->setChecked(keys.contains(m_chips.at(i).key));
    }
}

} // namespace qingfeng
