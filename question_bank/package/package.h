#pragma once

#include "question_bank/base/result.h"
#include "question_bank/model/question_bank.h"
#include "question_bank/package/signature.h"

#include <QByteArray>
#include <QString>

/**
 * 题库包 (`*.qfbank`): the signed form of a question bank. docs/question-bank.md has the bytes.
 *
 * Every object has a canonical JSON form (a picture its own bytes) and its SHA-256. The listing names kind, id,
 * version and hash of each, sorted; the manifest names unit, revision, creation time and the SHA-256 of the
 * listing; the signatures cover the manifest. So they hold however the objects came: whoever has the objects
 * can write the listing himself, and a delta need not carry it.
 *
 * The file is "QFBANK2\n" and one zstd frame: manifest, signatures, objects in the order of the listing. Version 1,
 * one JSON document with the listing inside the manifest, is still read.
 */
namespace qingfeng {

/** A package is refused above these sizes, packed and unpacked. */
constexpr qint64 maxPackageBytes = 64LL * 1024 * 1024;
constexpr qint64 maxUnpackedBytes = 256LL * 1024 * 1024;

/** One signature that was found to hold. */
struct PackageSignature
{
    SignatureAlgorithm algorithm = SignatureAlgorithm::Ed25519;
    QByteArray publicKey; ///< as stated by the package: compare it with a key you trust
    QString key; ///< keyId() of it
    bool operator==(const PackageSignature &) const = default;
};

/** What can be said of a package without its objects. */
struct PackageInfo
{
    int format = 2;
    QString unit;
    qint64 revision = 0;
    qint64 createdAtMs = 0;
    QStringList rollsBack; ///< manifest hashes of later revisions that this one takes back, by name
    QByteArray manifest; ///< canonical bytes
    QString manifestHash; ///< SHA-256 of them, hex
    QString signingKey; ///< keyId() of the first Ed25519 key that signed it
    QByteArray signingPublicKey; ///< 32 bytes, as stated by the package
    QList<PackageSignature> signatures; ///< all of them, each verified
    qint64 questions = 0;
    qint64 objects = 0; ///< of all kinds, with pictures
};

/** A package that was read, verified and understood. */
struct BankPackage
{
    PackageInfo info;
    QuestionBank bank;
};

/** Whether a second signature, by SM2 with SM3 (国密), is asked for. */
struct Sm2Policy
{
    bool required = false;
    QList<QByteArray> trustedKeys; ///< 65 bytes each; a signature by another key counts for nothing
};

struct BuildOptions
{
    QStringList rollsBack; ///< see PackageInfo
    QByteArray sm2Secret; ///< signs a second time when not empty
};

/**
 * Builds and signs the package of @p bank with an Ed25519 secret.
 * InvalidArgument: an id with control characters, a key that is none · TooLarge: over the bounds above
 */
Result<QByteArray> buildPackage(const QuestionBank &bank, const QByteArray &secret, const BuildOptions &options = {});

/** Adds a signature to a package; the others stay. Conflict: this key has signed it already. */
Result<QByteArray> addSignature(const QByteArray &package, const SigningKey &key);

/**
 * Reads a package and checks everything that can be checked without trust: magic, bounds, each object's hash,
 * manifest against objects, and that every signature is by the key it names.
 *
 * @return Corrupt: truncated or altered · NotPermitted: a signature does not hold, or there is no Ed25519 one ·
 *         TooLarge · TooNew: a format of a later version
 */
Result<BankPackage> readPackage(const QByteArray &bytes);

/** readPackage() without keeping the objects. */
Result<PackageInfo> inspectPackage(const QByteArray &bytes);

/**
 * readPackage(), and NotPermitted unless one of @p trustedKeys (32-byte public keys) signed it, and what
 * @p sm2 asks for is there too.
 */
Result<BankPackage> readTrustedPackage(
    const QByteArray &bytes, const QList<QByteArray> &trustedKeys, const Sm2Policy &sm2 = {});

/** The part of readTrustedPackage() that is about trust. */
Result<void> checkTrust(const PackageInfo &info, const QList<QByteArray> &trustedKeys, const Sm2Policy &sm2 = {});

} // namespace qingfeng
