#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>

namespace qingfeng {

class Theme;

/**
 * The program's own set of icons: drawn on 24 × 24 with strokes of 1.5, recoloured by token. Names are those
 * of the files under resources/icons without ".svg"; an unknown name gives an empty picture.
 */
QPixmap iconPixmap(const QString &name, const QColor &colour, int logicalSize, qreal devicePixelRatio = 1.0);

/** For buttons: drawn in @p ink, in secondary ink when disabled. Make it anew when the theme changes. */
QIcon themedIcon(const QString &name, const Theme &theme, const QColor &ink);

/** The coloured sign of the program, for windows and the tray. */
QIcon programIcon();
/** One colour, for panels that want a quiet tray. */
QIcon monoTrayIcon(const QColor &ink);

} // namespace qingfeng
