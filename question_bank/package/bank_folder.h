#pragma once

#include "question_bank/package/package.h"

#include <QList>

namespace qingfeng {

/**
 * The `bank/` folder of a workstation: the package in use, the one before it, and nothing half-written.
 *
 * A new package is written beside the others, verified as read back from the disk, and only then becomes
 * `current.qfbank` by a rename; the old one stays as `previous.qfbank`. A fault at any moment leaves a folder
 * from which load() returns a whole bank.
 */
class BankFolder
{
public:
    /** @param trustedKeys public keys (32 bytes) whose packages may be used */
    BankFolder(QString path, QList<QByteArray> trustedKeys);

    /**
     * The current package, or the previous one if the current cannot be used. NotFound: there is none;
     * otherwise the error of the current package.
     */
    Result<BankPackage> load() const;

    /**
     * Takes a package into use.
     * @return its info, or Conflict: an older revision (rollback), or another content under the same revision ·
     *         the errors of readTrustedPackage() · Io. On any error the old bank stays in use.
     */
    Result<PackageInfo> apply(const QByteArray &bytes);

    QString currentPath() const;
    QString previousPath() const;

private:
    QString m_path;
    QList<QByteArray> m_trustedKeys;
};

/** Reads a whole file of at most @p maxBytes; Io or TooLarge. */
Result<QByteArray> readFile(const QString &path, qint64 maxBytes);

/** Writes a file so that it is there whole or not at all (temporary, fsync, rename). */
Result<void> writeFileAtomically(const QString &path, const QByteArray &bytes);

} // namespace qingfeng
