#pragma once

#include "question_bank/base/file.h"
#include "question_bank/package/package.h"

#include <QList>

namespace qingfeng {

/**
 * The `bank/` folder of a workstation: the package in use, the one before it, and nothing half-written.
 *
 * A new package is written beside the others, verified as read back from the disk, and only then becomes
 * `current.qfbank` by a rename; the old one stays as `previous.qfbank`. A fault at any moment leaves a folder
 * from which load() returns a whole bank.
 *
 * Revisions never go back, except to a package whose manifest takes the bank in use back by name (its manifest
 * hash); and what was taken back so is not taken into use again.
 */
class BankFolder
{
public:
    /**
     * @param trustedKeys public keys (32 bytes) whose packages may be used
     * @param sm2         whether a second signature is asked for
     */
    BankFolder(QString path, QList<QByteArray> trustedKeys, Sm2Policy sm2 = {});

    /**
     * The current package, or the previous one if the current cannot be used. NotFound: there is none;
     * otherwise the error of the current package.
     */
    Result<BankPackage> load() const;

    /**
     * Takes a package into use, or a delta that fits the package in use.
     *
     * @return its info, or Conflict: an older revision (rollback), another content under the same revision, a
     *         revision that was taken back, a published question with another content, or a delta for another
     *         bank · the errors of readTrustedPackage() · Io. On any error the old bank stays in use.
     */
    Result<PackageInfo> apply(const QByteArray &bytes);

    QString currentPath() const;
    QString previousPath() const;

private:
    /** Bytes of the package that load() would return. */
    Result<QByteArray> bytesInUse() const;
    Result<void> mayFollow(const BankPackage &held, const BankPackage &next) const;
    Result<void> takeIntoUse(const QByteArray &bytes, bool held);

    QString m_path;
    QList<QByteArray> m_trustedKeys;
    Sm2Policy m_sm2;
};

} // namespace qingfeng
