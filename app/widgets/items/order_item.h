#pragma once

#include "app/widgets/items/item_view.h"

namespace qingfeng {

class ChoiceRow;

/**
 * Rows that are pressed in the order they belong in; each shows the place it was given, and a second press takes it
 * back. Keys: A–Z and 1–9.
 */
class OrderItem final : public ItemView
{
    Q_OBJECT

public:
    OrderItem(const Theme &theme, const QuestionItem &item, const QStringList &shown,
        const PictureSource &pictures, QWidget *parent);

    PartResponse response() const override;
    QWidget *missing() const override;
    QString hint() const override;
    QList<QWidget *> stops() const override;
    QWidget *press(const QKeyEvent &event) override;
    void showMarks(const PartResponse &response) override;

private:
    void rowPressed(ChoiceRow *row);

    QuestionItem m_item;
    QList<ChoiceRow *> m_rows;
    QStringList m_sequence; ///< ids in the order given
};

} // namespace qingfeng
