#include "app/workstation/gate/gate_surface.h"

#include "app/workstation/gate/null/null_surface.h"
#include "app/workstation/gate/x11/x11_surface.h"

#include <QGuiApplication>

namespace qingfeng {

std::unique_ptr<GateSurface> makeGateSurface()
{
    if (QGuiApplication::platformName() == QLatin1String("xcb")) {
        return std::make_unique<X11Surface>();
    }
    return std::make_unique<NullSurface>();
}

} // namespace qingfeng
