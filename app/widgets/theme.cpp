#include "app/widgets/theme.h"

#include "app/widgets/style.h"
#include "app/widgets/style_sheet.h"

#include <algorithm>
#include <cmath>

#include <QApplication>
#include <QEvent>
#include <QPalette>

namespace qingfeng {
namespace {

QPalette paletteOf(const Colours &c)
{
    QPalette palette;
    palette.setColor(QPalette::Window, c.background);
    palette.setColor(QPalette::WindowText, c.ink);
    palette.setColor(QPalette::Base, c.surface);
    palette.setColor(QPalette::AlternateBase, c.hover);
    palette.setColor(QPalette::Text, c.ink);
    palette.setColor(QPalette::PlaceholderText, c.secondary);
    palette.setColor(QPalette::Button, c.surface);
    palette.setColor(QPalette::ButtonText, c.ink);
    palette.setColor(QPalette::BrightText, c.high);
    palette.setColor(QPalette::ToolTipBase, c.surface);
    palette.setColor(QPalette::ToolTipText, c.ink);
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, c.onAccent);
    palette.setColor(QPalette::Link, c.accent);
    palette.setColor(QPalette::LinkVisited, c.accent);
    palette.setColor(QPalette::Light, c.surface);
    palette.setColor(QPalette::Midlight, c.hover);
    palette.setColor(QPalette::Mid, c.line);
    palette.setColor(QPalette::Dark, c.line);
    palette.setColor(QPalette::Shadow, c.line);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, c.secondary);
    }
    return palette;
}

} // namespace

Theme::Theme(QApplication &application, QObject *parent)
    : QObject(parent)
    , m_application(application)
{
    m_systemIsDark = readSystemIsDark();
    m_application.setStyle(new Style); // the application owns it
    m_application.installEventFilter(this);
    apply();
}

void Theme::setMode(Mode mode)
{
    if (mode != m_mode) {
        m_mode = mode;
        apply();
    }
}

Scheme Theme::scheme() const
{
    switch (m_mode) {
    case Mode::Light:
        return Scheme::Light;
    case Mode::Dark:
        return Scheme::Dark;
    case Mode::HighContrast:
        return Scheme::HighContrast;
    case Mode::FollowSystem:
        break;
    }
    return m_systemIsDark ? Scheme::Dark : Scheme::Light;
}

void Theme::setTextScale(double scale)
{
    const double bounded = std::clamp(scale, 0.8, 2.0);
    if (!qFuzzyCompare(bounded, m_textScale)) {
        m_textScale = bounded;
        apply();
    }
}

QColor Theme::ink(Ink ink) const
{
    switch (ink) {
    case Ink::Secondary:
        return m_colours.secondary;
    case Ink::Accent:
        return m_colours.accent;
    case Ink::OnAccent:
        return m_colours.onAccent;
    case Ink::High:
        return m_colours.high;
    case Ink::Medium:
        return m_colours.medium;
    case Ink::Low:
        return m_colours.low;
    case Ink::Right:
        return m_colours.right;
    case Ink::Primary:
        break;
    }
    return m_colours.ink;
}

QFont Theme::font(Type type, bool bold) const
{
    QFont font;
    font.setFamilies(fontFamilies());
    font.setPixelSize(scaled(int(type)));
    font.setBold(bold);
    return font;
}

int Theme::scaled(int pixels) const
{
    return int(std::lround(pixels * m_textScale));
}

bool Theme::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ThemeChange) {
        const bool dark = readSystemIsDark();
        if (dark != m_systemIsDark) {
            m_systemIsDark = dark;
            if (m_mode == Mode::FollowSystem) {
                apply();
            }
        }
    }
    return QObject::eventFilter(watched, event);
}

void Theme::apply()
{
    m_colours = coloursOf(scheme());
    m_application.setPalette(paletteOf(m_colours));
    m_application.setFont(font(Type::Body));
    m_application.setStyleSheet(styleSheet(m_colours, m_textScale));
    Q_EMIT changed();
}

/** Qt 6.4 does not say it; the palette that the platform gives when none is set does. */
bool Theme::readSystemIsDark()
{
    const QPalette ours = QApplication::palette();
    QApplication::setPalette(QPalette());
    const bool dark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    QApplication::setPalette(ours);
    return dark;
}

} // namespace qingfeng
