#include "app/workstation/debug_info.h"

#include <QGuiApplication>
#include <QScreen>
#include <QSysInfo>

namespace qingfeng {

QString debugInfo(const DataFolder &folder, const QuestionBank &bank)
{
    QStringList lines {QStringLiteral("qingfeng " QF_VERSION ", Qt ") + QString::fromLatin1(qVersion()),
        QSysInfo::prettyProductName() + QStringLiteral(", ") + QSysInfo::kernelVersion(),
        QStringLiteral("platform ") + QGuiApplication::platformName() + QStringLiteral(", session ")
            + qEnvironmentVariable("XDG_SESSION_TYPE", QStringLiteral("?")) + QStringLiteral(", desktop ")
            + qEnvironmentVariable("XDG_CURRENT_DESKTOP", QStringLiteral("?")),
        QStringLiteral("data ") + folder.path(),
        QStringLiteral("bank %1 revision %2, %3 questions")
            .arg(bank.unit)
            .arg(bank.revision)
            .arg(bank.questions().size())};
    for (const QScreen *screen : QGuiApplication::screens()) {
        lines.append(QStringLiteral("screen %1x%2 at %3 %")
                         .arg(screen->size().width())
                         .arg(screen->size().height())
                         .arg(screen->devicePixelRatio() * 100));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace qingfeng
