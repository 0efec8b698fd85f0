#include "app/widgets/icons.h"

#include "app/widgets/theme.h"

#include <cmath>

#include <QFile>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

// Outside the namespace: the macro declares a function of the global one.
static void loadIconResources()
{
    Q_INIT_RESOURCE(icons);
}

namespace qingfeng {
namespace {

QByteArray source(const QString &name)
{
    loadIconResources();
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

constexpr int drawnOn = 24; ///< side of the grid that icons are drawn on
constexpr int iconSizes[] = {16, 20, 24, 32, 48, 64};

} // namespace

QPixmap iconPixmap(const QString &name, const QColor &colour, int logicalSize, qreal devicePixelRatio)
{
    const int pixels = int(std::ceil(logicalSize * devicePixelRatio));
    const QString key
        = QStringLiteral("qingfeng-icon/%1/%2/%3").arg(name, colour.name(QColor::HexArgb)).arg(pixels);
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        QByteArray svg = source(name);
        svg.replace("currentColor", colour.name().toLatin1());
        if (logicalSize > 2 * size::icon) {
            svg.replace("stroke-width=\"1.5\"",
                "stroke-width=\"" + QByteArray::number(illustrationStroke * drawnOn / logicalSize) + '"');
        }
        pixmap = QPixmap(pixels, pixels);
        pixmap.fill(Qt::transparent);
        QSvgRenderer renderer(svg);
        if (renderer.isValid()) {
            QPainter painter(&pixmap);
            painter.setRenderHint(QPainter::Antialiasing);
            renderer.render(&painter, QRectF(0, 0, pixels, pixels));
        }
        QPixmapCache::insert(key, pixmap);
    }
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

QIcon themedIcon(const QString &name, const Theme &theme, const QColor &ink)
{
    QIcon icon;
    for (const qreal ratio : {1.0, 2.0}) {
        icon.addPixmap(iconPixmap(name, ink, theme.scaled(size::icon), ratio));
        icon.addPixmap(iconPixmap(name, theme.colours().secondary, theme.scaled(size::icon), ratio), QIcon::Disabled);
    }
    return icon;
}

QIcon programIcon()
{
    QIcon icon;
    for (const int pixels : iconSizes) {
        icon.addPixmap(iconPixmap(QStringLiteral("qingfeng"), QColor(), pixels));
    }
    return icon;
}

QIcon monoTrayIcon(const QColor &ink)
{
    QIcon icon;
    for (const int pixels : iconSizes) {
        icon.addPixmap(iconPixmap(QStringLiteral("tray-mono"), ink, pixels));
    }
    return icon;
}

} // namespace qingfeng
