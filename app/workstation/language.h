#pragma once

#include <QString>

class QCoreApplication;

namespace qingfeng {

/**
 * Installs the translations of @p language ("zh_CN" or "en"; empty or unknown = Chinese, whatever the system's
 * locale says, for a PC that starts under LANG=C is still read by its cadre).
 */
void installLanguage(QCoreApplication &application, const QString &language);

} // namespace qingfeng
