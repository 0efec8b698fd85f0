#pragma once

#include "app/widgets/items/item_view.h"

namespace qingfeng {

class ChoiceRow;

/** Rows of which one (single, true/false) or several (multiple) are chosen. Keys: A–Z and 1–9. */
class ChoiceItem final : public ItemView
{
    Q_OBJECT

public:
    ChoiceItem(const Theme &theme, const QuestionItem &item, const QStringList &shown,
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
};

} // namespace qingfeng
