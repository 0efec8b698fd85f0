#include "app/workstation/gate/x11/x11_surface.h"

#include <QGuiApplication>

#include <xcb/xcb.h>

#include <cstdlib>
#include <memory>

namespace qingfeng {

namespace {

constexpr int untilObtainedMs = 5;
constexpr int renewMs = 50;

struct FreeDeleter
{
    void operator()(void *memory) const { std::free(memory); }
};
template <typename T> using Reply = std::unique_ptr<T, FreeDeleter>;

/** Qt's own connection, so that the grabs belong to the client whose windows get the events. */
xcb_connection_t *qtConnection()
{
    const auto *x11 = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
    return x11 != nullptr ? x11->connection() : nullptr;
}

bool grabKeyboard(xcb_connection_t *c, xcb_window_t window)
{
    const Reply<xcb_grab_keyboard_reply_t> reply(xcb_grab_keyboard_reply(c,
        xcb_grab_keyboard(c, 1, window, XCB_CURRENT_TIME, XCB_GRAB_MODE_ASYNC, XCB_GRAB_MODE_ASYNC),
        nullptr));
    return reply && reply->status == XCB_GRAB_STATUS_SUCCESS;
}

bool grabPointer(xcb_connection_t *c, xcb_window_t window)
{
    constexpr auto events = std::uint16_t(XCB_EVENT_MASK_BUTTON_PRESS | XCB_EVENT_MASK_BUTTON_RELEASE
        | XCB_EVENT_MASK_POINTER_MOTION | XCB_EVENT_MASK_ENTER_WINDOW | XCB_EVENT_MASK_LEAVE_WINDOW);
    const Reply<xcb_grab_pointer_reply_t> reply(xcb_grab_pointer_reply(c,
        xcb_grab_pointer(c, 1, window, events, XCB_GRAB_MODE_ASYNC, XCB_GRAB_MODE_ASYNC, XCB_WINDOW_NONE,
            XCB_CURSOR_NONE, XCB_CURRENT_TIME),
        nullptr));
    return reply && reply->status == XCB_GRAB_STATUS_SUCCESS;
}

/** Override-redirect windows get no focus from a window manager. */
void takeFocus(xcb_connection_t *c, xcb_window_t window)
{
    const Reply<xcb_get_input_focus_reply_t> focus(
        xcb_get_input_focus_reply(c, xcb_get_input_focus(c), nullptr));
    if (focus && focus->focus != window) {
        xcb_set_input_focus(c, XCB_INPUT_FOCUS_POINTER_ROOT, window, XCB_CURRENT_TIME);
    }
}

} // namespace

X11Surface::X11Surface()
{
    m_timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { assertInput(); });
}

void X11Surface::prepare(QWidget *widget)
{
    m_widget = widget;
    widget->setWindowFlags(Qt::Window | Qt::FramelessWindowHint | Qt::BypassWindowManagerHint);
    widget->setAttribute(Qt::WA_NativeWindow);
}

quint32 X11Surface::windowId() const
{
    return m_widget ? quint32(m_widget->winId()) : 0;
}

void X11Surface::cover(const QRect &root, const QList<QRect> &)
{
    if (!m_widget) {
        return;
    }
    m_root = root;
    const qreal ratio = m_widget->devicePixelRatioF();
    m_widget->setGeometry(
        QRectF(root.x() / ratio, root.y() / ratio, root.width() / ratio, root.height() / ratio)
            .toAlignedRect());
    m_widget->show();
    m_widget->raise();
    m_widget->activateWindow();
    placeWindow();
    m_timer.start(untilObtainedMs);
}

void X11Surface::placeWindow()
{
    xcb_connection_t *c = qtConnection();
    if (c == nullptr) {
        return;
    }
    const std::uint32_t values[] = {std::uint32_t(m_root.x()), std::uint32_t(m_root.y()),
        std::uint32_t(m_root.width()), std::uint32_t(m_root.height()), XCB_STACK_MODE_ABOVE};
    xcb_configure_window(c, windowId(),
        XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y | XCB_CONFIG_WINDOW_WIDTH | XCB_CONFIG_WINDOW_HEIGHT
            | XCB_CONFIG_WINDOW_STACK_MODE,
        values);
    xcb_flush(c);
}

void X11Surface::assertInput()
{
    xcb_connection_t *c = qtConnection();
    if (c == nullptr || !m_widget) {
        m_timer.stop();
        return;
    }
    const xcb_window_t window = windowId();
    const bool keyboard = grabKeyboard(c, window);
    const bool pointer = grabPointer(c, window);
    takeFocus(c, window);
    xcb_flush(c);
    m_timer.setInterval(keyboard && pointer ? renewMs : untilObtainedMs);
}

void X11Surface::release()
{
    m_timer.stop();
    if (xcb_connection_t *c = qtConnection()) {
        xcb_ungrab_keyboard(c, XCB_CURRENT_TIME);
        xcb_ungrab_pointer(c, XCB_CURRENT_TIME);
        xcb_flush(c);
    }
    if (m_widget) {
        m_widget->hide();
    }
}

} // namespace qingfeng
