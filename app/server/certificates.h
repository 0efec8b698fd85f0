#pragma once

#include "question_bank/base/clock.h"
#include "question_bank/base/result.h"

#include <QString>
#include <QStringList>

namespace qingfeng::server {

struct TlsFiles
{
    QString authority; ///< ca.pem: what clients pin
    QString certificate; ///< server.pem, with the authority behind it
    QString key; ///< server.key, 0600
};

/**
 * The server's own certificate authority and the certificate it stands for (EC P-256, X.509 v3).
 *
 * Made at first use. The authority stays, for clients trust it by name; the server's certificate is made anew
 * when fewer than 30 days are left or it lacks one of the names.
 *
 * @param hosts  DNS names and IP addresses beside localhost, 127.0.0.1, ::1 and this machine's name
 */
Result<TlsFiles> ensureCertificates(const QString &folder, const QStringList &hosts, const Clock &clock);

} // namespace qingfeng::server
