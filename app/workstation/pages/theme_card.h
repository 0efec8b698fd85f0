#pragma once

#include "app/widgets/card.h"
#include "app/widgets/theme.h"

#include "question_bank/model/theme.h"

namespace qingfeng {

/** A calm card with the culture theme of the day, in two lines or in one, and the way to it: 「读一读」. */
class ThemeCard : public Card
{
    Q_OBJECT

public:
    enum class Form { Whole, Line };
    ThemeCard(const Theme &theme, const CultureTheme &culture, Form form, QWidget *parent = nullptr);
    /** The same card with something else to read. */
    ThemeCard(const Theme &theme, const QString &title, const QString &purpose, Form form, QWidget *parent = nullptr);

Q_SIGNALS:
    void readRequested();
};

} // namespace qingfeng
