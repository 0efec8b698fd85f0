#pragma once

#include "app/widgets/theme.h"

#include <QStyledItemDelegate>

namespace qingfeng {

/** A risk point in a list: grade by shape, name, how much of it was asked, and a thin bar of that. */
class RiskPointDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit RiskPointDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const Theme &m_theme;
};

} // namespace qingfeng
