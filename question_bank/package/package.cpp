#include "question_bank/package/package.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/package/package_scan.h"

#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>

namespace qingfeng {
namespace {

using namespace packing;

constexpr int compressionLevel = 12;
constexpr int quickLevel = 6; ///< of large banks, which would take a minute at the other
constexpr qint64 largeBytes = 16LL * 1024 * 1024;

QJsonObject signatureEntry(const SigningKey &key, const QByteArray &signature)
{
    return {{QStringLiteral("algorithm"), algorithmName(key.algorithm)},
        {QStringLiteral("public_key"), QString::fromLatin1(key.pair.publicKey.toBase64())},
        {QStringLiteral("signature"), QString::fromLatin1(signature.toBase64())}};
}

Result<QJsonArray> signAll(const QByteArray &manifest, const QList<SigningKey> &keys)
{
    QJsonArray signatures;
    for (const SigningKey &key : keys) {
        const auto signature = sign(key, manifest);
        if (!signature) {
            return signature.error();
        }
        signatures.append(signatureEntry(key, *signature));
    }
    return signatures;
}

Result<QList<SigningKey>> keysFrom(const QByteArray &secret, const QByteArray &sm2Secret)
{
    const auto ed25519 = keyPairFromSecret(secret);
    if (!ed25519) {
        return ed25519.error();
    }
    QList<SigningKey> keys {{SignatureAlgorithm::Ed25519, *ed25519}};
    if (!sm2Secret.isEmpty()) {
        const auto sm2 = sm2KeyPairFromSecret(sm2Secret);
        if (!sm2) {
            return sm2.error();
        }
        keys.append({SignatureAlgorithm::Sm2, *sm2});
    }
    return keys;
}

/** An id stands in lines separated by tabs. */
bool isPlain(const ObjectKey &key)
{
    return !key.id.isEmpty()
        && std::none_of(key.id.cbegin(), key.id.cend(), [](char c) { return uchar(c) < 0x20; });
}

Result<QByteArray> checkedSize(QByteArray package)
{
    if (package.size() > maxPackageBytes) {
        return Error(ErrorCode::TooLarge,
            QStringLiteral("the package would have %1 bytes, over the bound of %2").arg(package.size()).arg(maxPackageBytes));
    }
    return package;
}

} // namespace

Result<QByteArray> buildPackage(const QuestionBank &bank, const QByteArray &secret, const BuildOptions &options)
{
    const auto keys = keysFrom(secret, options.sm2Secret);
    if (!keys) {
        return keys.error();
    }
    QList<PackedObject> objects;
    ListingHash listing;
    qint64 total = 0;
    for (ObjectKey &key : keysOf(bank)) {
        if (!isPlain(key)) {
            return Error(ErrorCode::InvalidArgument, QStringLiteral("an id with control characters"),
                QString::fromUtf8(key.id));
        }
        PackedObject object {key, bytesOf(bank, key)};
        total += object.bytes.size();
        if (object.bytes.size() > maxObjectBytes || total > maxUnpackedBytes) {
            return Error(ErrorCode::TooLarge, QStringLiteral("an object or the bank is over the bound"),
                QString::fromUtf8(key.id));
        }
        if (const auto added = listing.add(object); !added) {
            return added.error();
        }
        objects.append(std::move(object));
    }
    QJsonObject manifest {{QStringLiteral("format"), formatVersion}, {QStringLiteral("unit"), bank.unit},
        {QStringLiteral("revision"), bank.revision}, {QStringLiteral("created_at_ms"), bank.createdAtMs},
        {QStringLiteral("objects"), listing.count()}, {QStringLiteral("questions"), listing.questions()},
        {QStringLiteral("listing"), listing.hex()}};
    if (!options.rollsBack.isEmpty()) {
        manifest.insert(QStringLiteral("rolls_back"), QJsonArray::fromStringList(options.rollsBack));
    }
    const QByteArray canonical = canonicalJson(manifest);
    const auto signatures = signAll(canonical, *keys);
    if (!signatures) {
        return signatures.error();
    }
    ZstdWriter out(total > largeBytes ? quickLevel : compressionLevel);
    out.write(canonical + '\n' + canonicalJson(*signatures) + '\n');
    for (const PackedObject &object : std::as_const(objects)) {
        write(out, object);
    }
    const auto packed = out.finish();
    if (!packed) {
        return packed.error();
    }
    return checkedSize(packageMagic() + *packed);
}

Result<QByteArray> addSignature(const QByteArray &package, const SigningKey &key)
{
    ZstdWriter out(package.size() > largeBytes / 4 ? quickLevel : compressionLevel);
    const auto scanned = scan(
        package,
        [&](const Head &head, const PackageInfo &info) -> Result<void> {
            if (info.format != formatVersion) {
                return Error(ErrorCode::InvalidArgument,
                    QStringLiteral("a package of format %1 takes no further signature: build it anew").arg(info.format));
            }
            for (const PackageSignature &held : info.signatures) {
                if (held.publicKey == key.pair.publicKey) {
                    return Error(ErrorCode::Conflict, QStringLiteral("key %1 has signed it already").arg(held.key));
                }
            }
            const auto signature = sign(key, head.manifest);
            if (!signature) {
                return signature.error();
            }
            QJsonArray signatures = QJsonDocument::fromJson(head.signatures).array();
            signatures.append(signatureEntry(key, *signature));
            out.write(head.manifest + '\n' + canonicalJson(signatures) + '\n');
            return {};
        },
        [&out](const PackedObject &object) -> Result<void> {
            write(out, object);
            return {};
        });
    if (!scanned) {
        return scanned.error();
    }
    const auto packed = out.finish();
    if (!packed) {
        return packed.error();
    }
    return checkedSize(packageMagic() + *packed);
}

Result<BankPackage> readPackage(const QByteArray &bytes)
{
    BankPackage package;
    const auto info = scan(
        bytes,
        [&](const Head &, const PackageInfo &read) -> Result<void> {
            package.bank.unit = read.unit;
            package.bank.revision = read.revision;
            package.bank.createdAtMs = read.createdAtMs;
            // No question packs into less than some bytes, whatever the manifest says.
            package.bank.reserve(qsizetype(std::clamp<qint64>(read.questions, 0, bytes.size() / 16)));
            return {};
        },
        [&](const PackedObject &object) { return addObject(package.bank, object); });
    if (!info) {
        return info.error();
    }
    package.info = *info;
    return package;
}

Result<PackageInfo> inspectPackage(const QByteArray &bytes)
{
    auto package = readPackage(bytes);
    if (!package) {
        return package.error();
    }
    return package->info;
}

Result<void> checkTrust(const PackageInfo &info, const QList<QByteArray> &trustedKeys, const Sm2Policy &sm2)
{
    const auto signedBy = [&info](SignatureAlgorithm algorithm, const QList<QByteArray> &keys) {
        return std::any_of(info.signatures.cbegin(), info.signatures.cend(), [&](const PackageSignature &signature) {
            return signature.algorithm == algorithm && keys.contains(signature.publicKey);
        });
    };
    if (!signedBy(SignatureAlgorithm::Ed25519, trustedKeys)) {
        return Error(ErrorCode::NotPermitted,
            QStringLiteral("signed by key %1, which this PC does not trust").arg(info.signingKey));
    }
    if (sm2.required && !signedBy(SignatureAlgorithm::Sm2, sm2.trustedKeys)) {
        return Error(ErrorCode::NotPermitted,
            QStringLiteral("the policy asks for an SM2 signature by a trusted key, and there is none"));
    }
    return {};
}

Result<BankPackage> readTrustedPackage(
    const QByteArray &bytes, const QList<QByteArray> &trustedKeys, const Sm2Policy &sm2)
{
    auto package = readPackage(bytes);
    if (package) {
        if (const auto trusted = checkTrust(package->info, trustedKeys, sm2); !trusted) {
            return trusted.error();
        }
    }
    return package;
}

} // namespace qingfeng
