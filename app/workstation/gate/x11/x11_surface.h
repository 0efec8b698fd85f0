#pragma once

#include "app/workstation/gate/gate_surface.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

namespace qingfeng {

/**
 * The question's window on X11: override-redirect, exactly as large as the root, with keyboard, pointer and
 * focus.
 *
 * The grabs leave events to this program's own windows (owner_events), so combo boxes, menus and input
 * methods work; they are tried every 5 ms until obtained, then renewed every 50 ms. The geometry is set in
 * device pixels at the server, for Qt's own idea of it follows the scale and lags behind a hot-plug.
 */
class X11Surface final : public GateSurface
{
public:
    X11Surface();

    void prepare(QWidget *widget) override;
    void cover(const QRect &root, const QList<QRect> &screens) override;
    void release() override;
    quint32 windowId() const override;

private:
    void placeWindow();
    void assertInput();

    QPointer<QWidget> m_widget;
    QRect m_root;
    QTimer m_timer;
};

} // namespace qingfeng
