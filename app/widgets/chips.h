#pragma once

#include "app/widgets/theme.h"

#include <QList>
#include <QWidget>

namespace qingfeng {

class Button;

/** One of the chips: a key for the program, a text for the reader. */
struct Chip
{
    QString key;
    QString text;
};

/**
 * A row of chips of which exactly one is chosen, or any number; wraps when it is narrow. Arrow keys move within one
 * of which one is chosen.
 */
class Chips : public QWidget
{
    Q_OBJECT

public:
    enum class Pick { One, Several };
    Chips(const Theme &theme, const QString &accessibleName, QWidget *parent = nullptr, Pick pick = Pick::One);

    /** Replaces all chips; the chosen key stays chosen when it is still there, else the first one is. */
    void setChips(const QList<Chip> &chips);
    QString chosen() const { return m_chosen; }
    /** Chooses without a signal. */
    void choose(const QString &key);
    /** The same where several may be chosen; none is a choice, too. */
    QStringList chosenKeys() const;
    void chooseKeys(const QStringList &keys);

Q_SIGNALS:
    /** @p key is the one that was pressed. */
    void chosenChanged(const QString &key);

private:
    const Theme &m_theme;
    QList<Chip> m_chips;
    QList<Button *> m_buttons;
    Pick m_pick;
    QString m_chosen;
};

} // namespace qingfeng
