#pragma once

#include <QString>
#include <QTranslator>

class QCoreApplication;

namespace qingfeng {

/** The language of one program: its translation and Qt's own, and the locale for dates and numbers. */
class Language
{
public:
    /** @p application outlives it. */
    explicit Language(QCoreApplication &application);
    ~Language();

    /** "zh_CN" or "en"; another falls back to Chinese. Windows get QEvent::LanguageChange. */
    void use(const QString &name);
    QString name() const { return m_name; }

private:
    QCoreApplication &m_application;
    QTranslator m_own;
    QTranslator m_qt;
    QString m_name;
};

} // namespace qingfeng
