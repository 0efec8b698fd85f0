#pragma once

#include "app/widgets/heat_map.h"

#include <QAbstractButton>

namespace qingfeng {

/** One cell of a heat map. */
class HeatCell : public QAbstractButton
{
    Q_OBJECT

public:
    HeatCell(const Theme &theme, HeatPoint point, QWidget *parent = nullptr);

    const HeatPoint &point() const { return m_point; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    const Theme &m_theme;
    HeatPoint m_point;
};

} // namespace qingfeng
