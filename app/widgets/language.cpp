#include "app/widgets/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

// Outside the namespace: the macro declares a function of the global one.
static void loadTranslationResources()
{
    Q_INIT_RESOURCE(qf_translations);
}

namespace qingfeng {

Language::Language(QCoreApplication &application)
    : m_application(application)
{
    loadTranslationResources();
}

Language::~Language()
{
    m_application.removeTranslator(&m_own);
    m_application.removeTranslator(&m_qt);
}

void Language::use(const QString &name)
{
    m_name = name == QLatin1String("en") ? QStringLiteral("en") : QStringLiteral("zh_CN");
    QLocale::setDefault(QLocale(m_name));
    m_application.removeTranslator(&m_own);
    m_application.removeTranslator(&m_qt);
    if (m_qt.load(QStringLiteral("qtbase_") + m_name, QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        m_application.installTranslator(&m_qt);
    }
    if (m_own.load(QStringLiteral(":/i18n/qingfeng_%1.qm").arg(m_name))) {
        m_application.installTranslator(&m_own);
    }
}

} // namespace qingfeng
