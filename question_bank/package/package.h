#pragma once

#include "question_bank/base/result.h"
#include "question_bank/model/question_bank.h"

#include <QByteArray>
#include <QString>

/**
 * 题库包 (`*.qfbank`): the signed form of a question bank.
 *
 * Every object has a canonical JSON form and its SHA-256. The manifest lists (kind, id, version, hash), sorted,
 * with unit, revision and creation time; the signatures cover the manifest's canonical bytes, so they hold
 * however the objects came. The file is "QFBANK1\n" followed by one zstd frame of the canonical JSON
 * {"manifest", "signatures", "objects"}.
 */
namespace qingfeng {

/** A package is refused above these sizes, packed and unpacked. */
constexpr qint64 maxPackageBytes = 64LL * 1024 * 1024;
constexpr qint64 maxUnpackedBytes = 256LL * 1024 * 1024;

/** What can be said of a package without its objects. */
struct PackageInfo
{
    QString unit;
    qint64 revision = 0;
    qint64 createdAtMs = 0;
    QByteArray manifest; ///< canonical bytes
    QString manifestHash; ///< SHA-256 of them, hex
    QString signingKey; ///< keyId() of the key that signed it
    QByteArray signingPublicKey; ///< 32 bytes, as stated by the package: compare it with a key you trust
    qint64 questions = 0;
};

/** A package that was read, verified and understood. */
struct BankPackage
{
    PackageInfo info;
    QuestionBank bank;
};

/** Builds and signs the package of @p bank with an Ed25519 secret. */
Result<QByteArray> buildPackage(const QuestionBank &bank, const QByteArray &secret);

/**
 * Reads a package and checks everything that can be checked without trust: magic, bounds, each object's hash,
 * manifest against objects, and that the signature is by the key it names.
 *
 * @return Corrupt: truncated or altered · NotPermitted: the signature does not hold · TooLarge · TooNew: a
 *         format of a later version
 */
Result<BankPackage> readPackage(const QByteArray &bytes);

/** readPackage() without keeping the objects. */
Result<PackageInfo> inspectPackage(const QByteArray &bytes);

/** readPackage(), and NotPermitted unless it was signed by one of @p trustedKeys (32-byte public keys). */
Result<BankPackage> readTrustedPackage(const QByteArray &bytes, const QList<QByteArray> &trustedKeys);

} // namespace qingfeng
