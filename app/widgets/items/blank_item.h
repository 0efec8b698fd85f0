#pragma once

#include "app/widgets/items/item_view.h"

class QLineEdit;

namespace qingfeng {

class IconView;
class TextBlock;

/** One field for each blank of the stem. */
class BlankItem final : public ItemView
{
    Q_OBJECT

public:
    BlankItem(const Theme &theme, const QuestionItem &item, QWidget *parent);

    PartResponse response() const override;
    QWidget *missing() const override;
    QString hint() const override;
    QList<QWidget *> stops() const override;
    QWidget *press(const QKeyEvent &event) override;
    void showMarks(const PartResponse &response) override;
    bool wantsFocus() const override { return true; }

private:
    struct Row
    {
        QLineEdit *field = nullptr;
        IconView *icon = nullptr;
        TextBlock *result = nullptr;
    };

    Row makeRow(const Theme &theme, qsizetype position);

    QuestionItem m_item;
    QList<Row> m_rows;
};

} // namespace qingfeng
