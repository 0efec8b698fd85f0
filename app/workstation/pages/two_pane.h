#pragma once

#include "app/widgets/theme.h"

#include <QWidget>

namespace qingfeng {

/**
 * A list at the side and a desk beside it. Where there is not room for both (a small window, large text), one of them
 * is shown at a time.
 */
class TwoPane : public QWidget
{
    Q_OBJECT

public:
    TwoPane(const Theme &theme, QWidget *side, QWidget *desk, QWidget *parent = nullptr);

    /** Whether only one of the two has room. */
    bool isNarrow() const { return m_narrow; }
    void showSide();
    void showDesk();

Q_SIGNALS:
    void narrowChanged(bool narrow);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();

    const Theme &m_theme;
    QWidget *m_side;
    QWidget *m_line;
    QWidget *m_desk;
    bool m_narrow = false;
    bool m_sideShown = false; ///< when narrow
};

} // namespace qingfeng
