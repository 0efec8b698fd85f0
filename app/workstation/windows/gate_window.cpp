#include "app/workstation/windows/gate_window.h"

#include "app/workstation/pages/gate_page.h"
#include "app/workstation/pages/side_page.h"

#include <QCursor>
#include <QPainter>

namespace qingfeng {

GateWindow::GateWindow(
    Learner &learner, Theme &theme, const Clock &clock, const QByteArray &gateSecret, QWidget *parent)
    : QWidget(parent, Qt::Window | Qt::FramelessWindowHint)
    , m_learner(learner)
    , m_theme(theme)
    , m_clock(clock)
    , m_page(new GatePage(learner, theme, gateSecret, this))
{
    setWindowTitle(tr("Qingfeng"));
    setAttribute(Qt::WA_OpaquePaintEvent);
    setFocusProxy(m_page);
    connect(&m_theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void GateWindow::setScreens(const QRect &root, const QList<QRect> &screens)
{
    const QList<QRect> all = screens.isEmpty() ? QList<QRect>{root} : screens;
    setGeometry(root);
    m_pageScreen = screenForPage(all);
    m_page->setGeometry(m_pageScreen.translated(-root.topLeft()));

    qsizetype used = 0;
    for (const QRect &screen : all) {
        if (screen == m_pageScreen || m_pageScreen.contains(screen)) {
            continue; // its own monitor, or one that mirrors it
        }
        if (used == m_sides.size()) {
            m_sides.append(makeSide());
        }
        SidePage *side = m_sides.at(used++);
        side->setGeometry(screen.translated(-root.topLeft()));
        side->show();
    }
    while (m_sides.size() > used) {
        m_sides.takeLast()->deleteLater();
    }
    m_page->raise();
}

SidePage *GateWindow::makeSide()
{
    auto *side = new SidePage(m_theme, m_clock, this);
    if (const CultureTheme *theme = m_learner.theme()) {
        side->setLine(theme->title, theme->purpose);
        side->setPicture(theme->pictures.value(0),
            [this](const QString &media) { return m_learner.bank().media().value(media); });
    }
    return side;
}

QRect GateWindow::screenForPage(const QList<QRect> &screens) const
{
    if (screens.contains(m_pageScreen)) {
        return m_pageScreen;
    }
    for (const QRect &screen : screens) {
        if (screen.contains(QCursor::pos())) {
            return screen;
        }
    }
    return screens.first();
}

void GateWindow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.colours().background);
}

} // namespace qingfeng
