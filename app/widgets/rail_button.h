#pragma once

#include "app/widgets/rail.h"

#include <QPushButton>

namespace qingfeng {

/** A place of the rail: icon above word, a bar at the edge when it is the one shown. */
class RailButton : public QPushButton
{
    Q_OBJECT

public:
    RailButton(const Theme &theme, const Place &place, QWidget *parent = nullptr);

    void setCount(int count);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    const Theme &m_theme;
    Place m_place;
    int m_count = 0;
    bool m_ring = false;
};

} // namespace qingfeng
