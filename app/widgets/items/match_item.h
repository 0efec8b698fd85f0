#pragma once

#include "app/widgets/items/item_view.h"

namespace qingfeng {

class ChoiceRow;

/**
 * Two columns: a row on the left is chosen, then the row on the right that belongs to it; the next open row on the
 * left follows by itself. Keys: digits for the left, letters for the right.
 */
class MatchItem final : public ItemView
{
    Q_OBJECT

public:
    MatchItem(const Theme &theme, const QuestionItem &item, const QStringList &shown,
        const PictureSource &pictures, QWidget *parent);

    PartResponse response() const override;
    QWidget *missing() const override;
    QString hint() const override;
    QList<QWidget *> stops() const override;
    QWidget *press(const QKeyEvent &event) override;
    void showMarks(const PartResponse &response) override;

private:
    QWidget *makeColumn();
    void assign(ChoiceRow *target);
    void refresh();
    ChoiceRow *current() const;
    QString letterOf(const QString &targetId) const;

    const Theme &m_theme;
    QuestionItem m_item;
    QList<ChoiceRow *> m_left;
    QList<ChoiceRow *> m_right;
    QMap<QString, QString> m_pairs; ///< choice id → target id
};

} // namespace qingfeng
