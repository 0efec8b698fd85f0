#include "app/workstation/windows/preferences.h"

#include <QMetaEnum>
#include <QSettings>

namespace qingfeng {
namespace {

const QLatin1String modeKey("appearance/mode");
const QLatin1String scaleKey("appearance/text_scale");
const QLatin1String languageKey("language");
const QLatin1String geometryKey("window/geometry");
const QLatin1String trayHintKey("window/tray_hint_shown");

} // namespace

Preferences::Preferences(QSettings &settings, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
{
}

void Preferences::keep(Theme &theme)
{
    const QMetaEnum modes = QMetaEnum::fromType<Theme::Mode>();
    bool known = false;
    const int mode = modes.keyToValue(m_settings.value(modeKey).toString().toLatin1().constData(), &known);
    if (known) {
        theme.setMode(Theme::Mode(mode));
    }
    // Earlier versions offered other sizes: the nearest of today's is taken.
    theme.setTextScale(textScales[nearestTextScale(m_settings.value(scaleKey, 1.0).toDouble())]);
    connect(&theme, &Theme::changed, this, [this, &theme, modes] {
        m_settings.setValue(modeKey, QString::fromLatin1(modes.valueToKey(int(theme.mode()))));
        m_settings.setValue(scaleKey, theme.textScale());
    });
}

QString Preferences::language() const
{
    return m_settings.value(languageKey, QStringLiteral("zh_CN")).toString();
}

void Preferences::setLanguage(const QString &language)
{
    m_settings.setValue(languageKey, language);
}

QByteArray Preferences::geometry() const
{
    return m_settings.value(geometryKey).toByteArray();
}

void Preferences::setGeometry(const QByteArray &geometry)
{
    m_settings.setValue(geometryKey, geometry);
}

bool Preferences::takeTrayHint()
{
    if (m_settings.value(trayHintKey).toBool()) {
        return false;
    }
    m_settings.setValue(trayHintKey, true);
    return true;
}

} // namespace qingfeng
