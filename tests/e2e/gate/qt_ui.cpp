// A UI on the workstation's own side of the gate: GateLink and GateSurface, with a field to type into.
//   qt_ui DIR --gate-fd 3 [--safe]
// Typing "ok" and Enter passes; what was typed goes to DIR/typed.
#include "app/gate/core/token.h"
#include "app/workstation/gate/gate_link.h"
#include "app/workstation/gate/gate_surface.h"

#include <QApplication>
#include <QFile>
#include <QLineEdit>
#include <QTimer>
#include <QVBoxLayout>
#include <QWidget>

#include <algorithm>

using qingfeng::GateLink;

namespace {

void pass(GateLink &link)
{
    qingfeng::gate::Secret secret{};
    const QByteArray bytes = link.secret();
    std::copy(bytes.begin(), bytes.end(), secret.begin());
    const std::string token = qingfeng::gate::makeToken(secret, "o-1", "settled");
    link.sendPass(QStringLiteral("o-1"), QStringLiteral("settled"), QString::fromStdString(token));
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    const QString folder = QApplication::arguments().value(1);
    QWidget page;
    page.setStyleSheet(QStringLiteral("background: #1e6f68; border: none; color: #1e6f68"));
    auto *field = new QLineEdit;
    auto *layout = new QVBoxLayout(&page);
    layout->addWidget(field);
    GateLink link(3);
    const auto surface = qingfeng::makeGateSurface();
    surface->prepare(&page);
    bool named = false;
    QObject::connect(
        &link, &GateLink::geometryChanged, &page, [&](const QRect &root, const QList<QRect> &screens) {
            if (!named) {
                link.sendWindow(surface->windowId());
            }
            surface->cover(root, screens);
            field->setFocus();
            if (!named) {
                named = true;
                QTimer::singleShot(50, &link, &GateLink::sendReady);
            }
        });
    QObject::connect(field, &QLineEdit::returnPressed, &page, [&] {
        QFile file(folder + QStringLiteral("/typed"));
        if (file.open(QIODevice::WriteOnly)) {
            file.write(field->text().toUtf8());
        }
        file.close();
        if (field->text() == QLatin1String("ok")) {
            pass(link);
        }
        field->clear();
    });
    QObject::connect(&link, &GateLink::released, &page, [&] {
        surface->release();
        QApplication::quit();
    });
    QObject::connect(&link, &GateLink::lost, &application, &QApplication::quit);
    return QApplication::exec();
}
