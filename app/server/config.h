#pragma once

#include "app/server/http/http_server.h"
#include "app/server/service/admission.h"
#include "question_bank/base/result.h"

#include <QString>
#include <QStringList>

namespace qingfeng::server {

/** Everything that an administrator can set; flags win over the file, the file over the defaults. */
struct ServerConfig
{
    QString dataFolder = QStringLiteral("/var/lib/qingfeng-server");
    QStringList hosts; ///< names and addresses beside localhost that the certificate is for
    QString homePage; ///< of the unit's accounts in statements; empty = made from the unit's code
    int syncWindowSeconds = 600;
    QString logLevel = QStringLiteral("info"); ///< trace, debug, info, warn, error
    bool logJson = false; ///< one JSON object a line, in place of text
    QString metricsListen; ///< address:port of /metrics; empty = none
    QString certificate; ///< PEM chain of the house's own authority; empty = the server makes its own
    QString certificateKey;
    QString certificateAuthority; ///< what clients pin then
    QStringList deskRecipients; ///< name and office of everybody who reads what people write; shown to them
    QStringList trustedProxies; ///< addresses whose X-Forwarded-For is believed
    AdmissionSettings admission;
    HttpSettings http; ///< without the certificate's files
};

/**
 * Reads a TOML file over @p config. InvalidArgument names the line of a syntax error, or the key that is
 * unknown, of another type or out of bounds.
 */
Result<void> readConfig(const QString &path, ServerConfig &config);

/** "127.0.0.1:8443", "[::1]:0" → address and port. */
Result<void> setListen(const QString &text, ServerConfig &config);

} // namespace qingfeng::server
