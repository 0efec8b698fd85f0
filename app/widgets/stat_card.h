#pragma once

#include "app/widgets/card.h"
#include "app/widgets/theme.h"

namespace qingfeng {

class TextBlock;

/** One number with its unit, what it is, and its reading in words. */
class StatCard : public Card
{
    Q_OBJECT

public:
    StatCard(const Theme &theme, const QString &title, QWidget *parent = nullptr);

    void setValue(const QString &number, const QString &unit, const QString &reading);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitNumber();

    TextBlock *m_title;
    TextBlock *m_number;
    TextBlock *m_unit;
    TextBlock *m_reading;
};

} // namespace qingfeng
