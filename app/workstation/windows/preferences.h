#pragma once

#include "app/widgets/theme.h"

#include <QByteArray>
#include <QObject>
#include <QString>

class QSettings;

namespace qingfeng {

/** What a user chose about the looks of this program, kept from one run to the next. */
class Preferences : public QObject
{
    Q_OBJECT

public:
    /** @p settings outlives it. */
    explicit Preferences(QSettings &settings, QObject *parent = nullptr);

    /** Sets the theme as it was left, and from now on keeps what it is set to. */
    void keep(Theme &theme);

    /** "zh_CN" unless another was chosen. */
    QString language() const;
    void setLanguage(const QString &language);

    QByteArray geometry() const;
    void setGeometry(const QByteArray &geometry);

    /** True once: whether the hint that the window goes to the tray is still to be shown. */
    bool takeTrayHint();

private:
    QSettings &m_settings;
};

} // namespace qingfeng
