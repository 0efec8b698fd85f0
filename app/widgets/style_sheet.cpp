#include "app/widgets/style_sheet.h"

#include <cmath>

#include <QHash>

namespace qingfeng {
namespace {

/** With names of tokens in braces-free form "@name", so that the sheet reads as one. */
const char sheetTemplate[] = R"(
QPushButton[kind] {
    font-size: @body; min-height: @control; max-height: @control; border-radius: @corner;
    padding: 0 @l; border: @hair solid @line; background: @surface; color: @ink;
}
QPushButton[kind]:hover { background: @hover; border-color: @secondary; }
QPushButton[kind]:pressed { background: @track; }
QPushButton[kind][ring="true"]:focus {
    border: @ring solid @accent; padding: 0 @lr; min-height: @controlRing; max-height: @controlRing;
}
QPushButton[kind]:disabled { color: @secondary; background: @background; border-color: @line; }

QPushButton[kind="primary"] { background: @accent; color: @onAccent; border-color: @accent; padding: 0 @xl; }
QPushButton[kind="primary"]:hover { background: @accentHover; border-color: @accentHover; }
QPushButton[kind="primary"]:pressed { background: @accent; }
QPushButton[kind="primary"][ring="true"]:focus { border: @ring solid @ink; padding: 0 @xlr; }
QPushButton[kind="primary"]:disabled { background: @track; color: @secondary; border-color: @track; }

QPushButton[kind="plain"] {
    font-size: @small; min-height: @chip; max-height: @chip; padding: 0 @s;
    background: transparent; border-color: transparent; color: @secondary;
}
QPushButton[kind="plain"]:hover { color: @ink; background: @track; }
QPushButton[kind="plain"]:disabled { color: @line; background: transparent; border-color: transparent; }
QPushButton[kind="plain"]:checked { color: @accent; background: @accentSoft; }
QPushButton[kind="plain"][ring="true"]:focus {
    color: @ink; padding: 0 @sr; min-height: @chipRing; max-height: @chipRing;
}

QPushButton[kind="link"] {
    font-size: @small; min-height: @chip; max-height: @chip; padding: 0 @s;
    background: transparent; border-color: transparent; color: @accent;
}
QPushButton[kind="link"]:hover { background: @accentSoft; }
QPushButton[kind="link"][ring="true"]:focus {
    padding: 0 @sr; min-height: @chipRing; max-height: @chipRing;
}

QPushButton[kind="danger"] {
    font-size: @small; min-height: @chip; max-height: @chip; padding: 0 @m;
    background: @highSoft; border-color: @high; color: @high;
}
QPushButton[kind="danger"][ring="true"]:focus {
    border-color: @high; padding: 0 @mr; min-height: @chipRing; max-height: @chipRing;
}

QPushButton[kind="chip"] {
    font-size: @small; min-height: @chip; max-height: @chip; padding: 0 @m; border-radius: @pill;
}
QPushButton[kind="chip"]:checked { background: @accentSoft; border-color: @accent; color: @accent; }
QPushButton[kind="chip"][ring="true"]:focus {
    padding: 0 @mr; min-height: @chipRing; max-height: @chipRing;
}

QLineEdit {
    font-size: @body; min-height: @field; border: @hair solid @line; border-radius: @corner; padding: 0 @m;
    background: @surface; color: @ink; selection-background-color: @accent; selection-color: @onAccent;
}
QLineEdit:hover { border-color: @secondary; }
QLineEdit:focus { border: @ring solid @accent; padding: 0 @mr; }

QPlainTextEdit {
    font-size: @body; border: @hair solid @line; border-radius: @corner; padding: @xs @s;
    background: @surface; color: @ink; selection-background-color: @accent; selection-color: @onAccent;
}
QPlainTextEdit:focus { border: @ring solid @accent; padding: @xs @sr; }

QTableView {
    font-size: @small; background: @surface; color: @ink; border: @hair solid @line; gridline-color: @line;
    selection-background-color: @accentSoft; selection-color: @ink;
}
QTableView:focus { border: @ring solid @accent; }
QHeaderView { background: @hover; border: none; }
QHeaderView::section { font-size: @small; background: @hover; color: @secondary; border: none; padding: @xs @s; }
QTableCornerButton::section { background: @hover; border: none; }

QFrame[role="card"] { background: @surface; border: @hair solid @line; border-radius: @corner; }
QFrame[role="quiet-card"] { background: @hover; border: @hair solid @line; border-radius: @corner; }
QFrame[role="line"] { background: @line; border: none; min-height: @hair; max-height: @hair; }
QFrame[role="upright"] { background: @line; border: none; min-width: @hair; max-width: @hair; }

QScrollArea { background: transparent; border: none; }
QListView { background: transparent; border: none; outline: none; }
QScrollBar:vertical { background: transparent; width: @scroll; margin: 0; border: none; }
QScrollBar:horizontal { background: transparent; height: @scroll; margin: 0; border: none; }
QScrollBar::handle { background: @line; border-radius: @thumb; margin: @ring; }
QScrollBar::handle:vertical { min-height: @control; }
QScrollBar::handle:horizontal { min-width: @control; }
QScrollBar::handle:hover { background: @secondary; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }

QMenu { background: @surface; color: @ink; border: @hair solid @line; padding: @xs; font-size: @body; }
QMenu::item { padding: @s @xl @s @m; border-radius: @smallCorner; }
QMenu::item:selected { background: @accentSoft; color: @ink; }
QMenu::item:disabled { color: @secondary; }
QMenu::separator { height: @hair; background: @line; margin: @xs @s; }
QToolTip { background: @surface; color: @ink; border: @hair solid @line; padding: @xs @s; font-size: @small; }
)";

QString px(double value)
{
    return QString::number(std::lround(value)) + QStringLiteral("px");
}

} // namespace

QString styleSheet(const Colours &c, double textScale)
{
    const auto scaled = [textScale](int value) { return px(value * textScale); };
    const auto underRing = [](int value) { return px(value - size::focusRing + space::hair); };
    const double chipHeight = std::round(size::chip * textScale) - 2 * space::hair;
    const QHash<QString, QString> tokens{
        {QStringLiteral("background"), c.background.name()},
        {QStringLiteral("surface"), c.surface.name()},
        {QStringLiteral("line"), c.line.name()},
        {QStringLiteral("hover"), c.hover.name()},
        {QStringLiteral("track"), c.track.name()},
        {QStringLiteral("ink"), c.ink.name()},
        {QStringLiteral("secondary"), c.secondary.name()},
        {QStringLiteral("accent"), c.accent.name()},
        {QStringLiteral("accentHover"), c.accentHover.name()},
        {QStringLiteral("onAccent"), c.onAccent.name()},
        {QStringLiteral("accentSoft"), c.accentSoft.name()},
        {QStringLiteral("high"), c.high.name()},
        {QStringLiteral("highSoft"), c.highSoft.name()},
        {QStringLiteral("small"), scaled(int(Type::Small))},
        {QStringLiteral("body"), scaled(int(Type::Body))},
        {QStringLiteral("hair"), px(space::hair)},
        {QStringLiteral("ring"), px(size::focusRing)},
        {QStringLiteral("xs"), px(space::xs)},
        {QStringLiteral("s"), px(space::s)},
        {QStringLiteral("m"), px(space::m)},
        {QStringLiteral("l"), px(space::l)},
        {QStringLiteral("xl"), px(space::xl)},
        {QStringLiteral("sr"), underRing(space::s)},
        {QStringLiteral("mr"), underRing(space::m)},
        {QStringLiteral("lr"), underRing(space::l)},
        {QStringLiteral("xlr"), underRing(space::xl)},
        {QStringLiteral("corner"), px(size::corner)},
        {QStringLiteral("smallCorner"), px(size::smallCorner)},
        {QStringLiteral("pill"), px(std::floor(chipHeight / 2))},
        {QStringLiteral("chip"), px(chipHeight)},
        {QStringLiteral("chipRing"), px(chipHeight + 2 * space::hair - 2 * size::focusRing)},
        {QStringLiteral("controlRing"), px(std::round(size::control * textScale) - 2 * size::focusRing)},
        {QStringLiteral("control"), px(std::round(size::control * textScale) - 2 * space::hair)},
        {QStringLiteral("field"), px(std::round(size::control * textScale) - 2 * size::focusRing)},
        {QStringLiteral("scroll"), px(size::scrollBar)},
        {QStringLiteral("thumb"), px(size::scrollBar / 2.0 - 2)},
    };

    QString sheet;
    const QString text = QString::fromLatin1(sheetTemplate);
    qsizetype at = 0;
    while (at < text.size()) {
        const qsizetype mark = text.indexOf(QLatin1Char('@'), at);
        if (mark < 0) {
            sheet += QStringView(text).mid(at);
            break;
        }
        sheet += QStringView(text).mid(at, mark - at);
        qsizetype end = mark + 1;
        while (end < text.size() && text.at(end).isLetter()) {
            ++end;
        }
        const auto token = tokens.constFind(text.mid(mark + 1, end - mark - 1));
        Q_ASSERT(token != tokens.constEnd());
        sheet += *token;
        at = end;
    }
    return sheet;
}

} // namespace qingfeng
