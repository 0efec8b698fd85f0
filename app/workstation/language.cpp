#include "app/workstation/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace qingfeng {

void installLanguage(QCoreApplication &application, const QString &language)
{
    const QString chosen = language == QLatin1String("en") ? language : QStringLiteral("zh_CN");
    QLocale::setDefault(QLocale(chosen));
    const auto install = [&application](const QString &name, const QString &folder) {
        auto *translator = new QTranslator(&application);
        if (translator->load(name, folder)) {
            QCoreApplication::installTranslator(translator);
        }
    };
    install(QStringLiteral("qtbase_") + chosen, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(QStringLiteral("qingfeng_") + chosen, QStringLiteral(":/i18n"));
}

} // namespace qingfeng
