#pragma once

#include <QList>
#include <QRect>

#include <memory>

class QWidget;

namespace qingfeng {

/**
 * How the question's window stands on the screen while the gate is closed; one implementation a platform.
 *
 * prepare() once, before the widget is shown; cover() when the geometry is first known and at every change;
 * release() once, when the gate has opened. The widget stays its owner's.
 */
class GateSurface
{
public:
    virtual ~GateSurface() = default;
    virtual void prepare(QWidget *widget) = 0;
    /** Shows the widget over the whole root, in device pixels, and takes keyboard and pointer. */
    virtual void cover(const QRect &root, const QList<QRect> &screens) = 0;
    /** Gives keyboard and pointer back and hides the widget. */
    virtual void release() = 0;
    /** What the gate must know the window by: an X window id; 0 where there is none. */
    virtual quint32 windowId() const = 0;
};

/** The surface for the platform that this QGuiApplication runs on; a plain window where there is no gate. */
std::unique_ptr<GateSurface> makeGateSurface();

} // namespace qingfeng
