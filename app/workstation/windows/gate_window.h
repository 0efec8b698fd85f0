#pragma once

#include "app/workstation/core/learner.h"

#include "app/widgets/theme.h"

#include <QRect>
#include <QWidget>

namespace qingfeng {

class GatePage;
class SidePage;

/**
 * One window over all monitors: the gate page on the one with the pointer, side pages on the others. It
 * places and paints; what covers the desktop and holds the keyboard is the session gate's.
 */
class GateWindow : public QWidget
{
    Q_OBJECT

public:
    GateWindow(Learner &learner, Theme &theme, const Clock &clock, const QByteArray &gateSecret,
        QWidget *parent = nullptr);

    /** Whose signals say how it goes; begin() starts it. */
    GatePage *page() const { return m_page; }

    /**
     * Lays everything out anew. The question stays on its monitor while that exists.
     * @param root    the whole surface, in the window system's logical coordinates
     * @param screens the monitors within it; empty = one that fills the root
     */
    void setScreens(const QRect &root, const QList<QRect> &screens);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    SidePage *makeSide();
    QRect screenForPage(const QList<QRect> &screens) const;

    Learner &m_learner;
    Theme &m_theme;
    const Clock &m_clock;
    GatePage *m_page;
    QList<SidePage *> m_sides;
    QRect m_pageScreen;
};

} // namespace qingfeng
