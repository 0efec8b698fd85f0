#pragma once

#include "app/widgets/bar_list.h"

namespace qingfeng {

/** One bar of a BarList, painted: shape, name and word on the left, rate and count on the right, the bar
 * below. */
class BarRow : public QWidget
{
    Q_OBJECT

public:
    BarRow(const Theme &theme, Bar bar, QWidget *parent = nullptr);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString figures() const;
    int nameWidth(int width) const;

    const Theme &m_theme;
    Bar m_bar;
};

} // namespace qingfeng
