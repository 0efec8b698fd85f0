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

/** A row of chips of which exactly one is chosen; wraps when it is narrow. Arrow keys move within. */
class Chips : public QWidget
{
    Q_OBJECT

public:
    Chips(const Theme &theme, const QString &accessibleName, QWidget *parent = nullptr);

    /** Replaces all chips; the chosen key stays chosen when it is still there, else the first one is. */
    void setChips(const QList<Chip> &chips);
    QString chosen() const { return m_chosen; }
    /** Chooses without a signal. */
    void choose(const QString &key);

Q_SIGNALS:
    void chosenChanged(const QString &key);

private:
    const Theme &m_theme;
    QList<Chip> m_chips;
    QList<Button *> m_buttons;
    QString m_chosen;
};

} // namespace qingfeng
