#include "question_bank/package/package_scan.h"

#include "question_bank/base/canonical_json.h"

#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>

namespace qingfeng::packing {
namespace {

constexpr qsizetype maxKeyLine = 1024;
constexpr int maxSignatures = 8;

Error corrupt(const QString &detail)
{
    return Error(ErrorCode::Corrupt, detail);
}

Result<void> readSignatures(const QJsonArray &list, PackageInfo &info)
{
    if (list.size() > maxSignatures) {
        return corrupt(QStringLiteral("more than %1 signatures").arg(maxSignatures));
    }
    for (const QJsonValue value : list) {
        const QJsonObject entry = value.toObject();
        const auto algorithm = signatureAlgorithm(entry.value(QStringLiteral("algorithm")).toString());
        if (!algorithm) {
            continue; // of a later version: it adds trust for those who know it, and takes none away
        }
        const QByteArray publicKey
            = QByteArray::fromBase64(entry.value(QStringLiteral("public_key")).toString().toLatin1());
        const QByteArray signature
            = QByteArray::fromBase64(entry.value(QStringLiteral("signature")).toString().toLatin1());
        if (!verifySignature(*algorithm, info.manifest, signature, publicKey)) {
            return Error(ErrorCode::NotPermitted,
                QStringLiteral("the %1 signature does not hold").arg(algorithmName(*algorithm)));
        }
        info.signatures.append({*algorithm, publicKey, keyId(publicKey)});
        if (*algorithm == SignatureAlgorithm::Ed25519 && info.signingPublicKey.isEmpty()) {
            info.signingPublicKey = publicKey;
            info.signingKey = keyId(publicKey);
        }
    }
    if (info.signingPublicKey.isEmpty()) {
        return Error(ErrorCode::NotPermitted, QStringLiteral("the package is not signed"));
    }
    return {};
}

Result<PackageInfo> infoOf(const QJsonObject &manifest, const QJsonArray &signatures)
{
    PackageInfo info;
    info.format = manifest.value(QStringLiteral("format")).toInt();
    info.manifest = canonicalJson(manifest);
    info.manifestHash = sha256Hex(info.manifest);
    if (const auto verified = readSignatures(signatures, info); !verified) {
        return verified.error();
    }
    info.unit = manifest.value(QStringLiteral("unit")).toString();
    info.revision = manifest.value(QStringLiteral("revision")).toInteger();
    info.createdAtMs = manifest.value(QStringLiteral("created_at_ms")).toInteger();
    for (const QJsonValue hash : manifest.value(QStringLiteral("rolls_back")).toArray()) {
        info.rollsBack.append(hash.toString());
    }
    info.questions = manifest.value(QStringLiteral("questions")).toInteger();
    info.objects = manifest.value(QStringLiteral("objects")).toInteger();
    return info;
}

Result<PackageInfo> scanVersion2(
    const QByteArray &bytes, const VisitHead &visitHead, const VisitObject &visitObject)
{
    ZstdReader in(bytes, packageMagic().size(), maxUnpackedBytes);
    const auto head = readHeadLines(in);
    if (!head) {
        return head.error();
    }
    auto info = readHead(*head);
    if (!info) {
        return info;
    }
    if (const auto visited = visitHead(*head, *info); !visited) {
        return visited.error();
    }
    ListingHash listing;
    for (;;) {
        const auto end = in.atEnd();
        if (!end) {
            return end.error();
        }
        if (*end) {
            break;
        }
        const auto line = in.line(maxKeyLine);
        const auto object = line ? readObject(in, *line) : line.error();
        if (!object) {
            return object.error();
        }
        if (const auto added = listing.add(*object); !added) {
            return added.error();
        }
        if (const auto visited = visitObject(*object); !visited) {
            return visited.error();
        }
    }
    if (const auto fits = compareListing(listing, head->manifest); !fits) {
        return fits.error();
    }
    return info;
}

/** Version 1: {"manifest", "signatures", "objects"} in one document, objects by their hash. */
Result<PackageInfo> scanVersion1(
    const QByteArray &bytes, const VisitHead &visitHead, const VisitObject &visitObject)
{
    ZstdReader in(bytes, packageMagic().size(), maxUnpackedBytes);
    QByteArray json;
    for (;;) {
        const auto end = in.atEnd();
        if (!end) {
            return end.error();
        }
        if (*end) {
            break;
        }
        const auto piece = in.rest();
        if (!piece) {
            return piece.error();
        }
        json += *piece;
    }
    const auto document = parseJsonObject(json);
    if (!document) {
        return corrupt(document.error().toString());
    }
    json.clear();
    const QJsonObject manifest = document->value(QStringLiteral("manifest")).toObject();
    if (manifest.value(QStringLiteral("format")).toInt() != 1) {
        return Error(ErrorCode::TooNew, QStringLiteral("a manifest format of a later version"));
    }
    const QJsonArray signatures = document->value(QStringLiteral("signatures")).toArray();
    auto info = infoOf(manifest, signatures);
    if (!info) {
        return info;
    }
    if (const auto visited = visitHead({info->manifest, canonicalJson(signatures)}, *info); !visited) {
        return visited.error();
    }
    const QJsonObject objects = document->value(QStringLiteral("objects")).toObject();
    for (const QJsonValue value : manifest.value(QStringLiteral("entries")).toArray()) {
        const QJsonArray entry = value.toArray();
        const QString kind = entry.at(0).toString();
        const QString id = entry.at(1).toString();
        const QString hash = entry.at(3).toString();
        const auto object = objects.constFind(hash);
        if (object == objects.constEnd()) {
            return corrupt(QStringLiteral("%1 \"%2\" is listed but missing").arg(kind, id));
        }
        const PackedObject packed{
            {kind.toLatin1(), id.toUtf8(), entry.at(2).toInt()}, canonicalJson(object.value())};
        if (sha256Hex(packed.bytes) != hash) {
            return corrupt(QStringLiteral("%1 \"%2\" was altered").arg(kind, id));
        }
        if (const auto visited = visitObject(packed); !visited) {
            return visited.error();
        }
        ++info->objects;
        info->questions += packed.key.kind == "question";
    }
    return info;
}

} // namespace

Result<PackageInfo> readHead(const Head &head)
{
    const auto manifest = parseJsonObject(head.manifest);
    const QJsonDocument signatures = QJsonDocument::fromJson(head.signatures);
    if (!manifest || !signatures.isArray()) {
        return corrupt(QStringLiteral("manifest or signatures cannot be read"));
    }
    const int format = manifest->value(QStringLiteral("format")).toInt();
    if (format > formatVersion) {
        return Error(ErrorCode::TooNew, QStringLiteral("a manifest format of a later version"));
    }
    if (format != formatVersion || canonicalJson(*manifest) != head.manifest) {
        return corrupt(QStringLiteral("the manifest is not in its canonical form"));
    }
    return infoOf(*manifest, signatures.array());
}

Result<Head> readHeadLines(ZstdReader &in)
{
    const auto manifest = in.line(maxManifestBytes);
    if (!manifest) {
        return manifest.error();
    }
    const auto signatures = in.line(maxManifestBytes);
    if (!signatures) {
        return signatures.error();
    }
    return Head{*manifest, *signatures};
}

void write(ZstdWriter &out, const PackedObject &object, const QByteArray &mark)
{
    out.write(mark + object.key.kind + '\t' + object.key.id + '\t' + QByteArray::number(object.key.version)
        + '\t' + QByteArray::number(object.bytes.size()) + '\n');
    out.write(object.bytes);
    out.write(QByteArrayLiteral("\n"));
}

Result<ObjectKey> readKey(const QList<QByteArray> &fields)
{
    if (fields.size() < 3 || fields.at(0).isEmpty() || fields.at(1).isEmpty()) {
        return corrupt(QStringLiteral("an object without kind, id and version"));
    }
    bool fits = false;
    const int version = fields.at(2).toInt(&fits);
    if (!fits || version < 1 || QByteArray::number(version) != fields.at(2)) {
        return corrupt(QStringLiteral("an object without a version"));
    }
    return ObjectKey{fields.at(0), fields.at(1), version};
}

Result<PackedObject> readObject(ZstdReader &in, const QByteArray &line)
{
    const QList<QByteArray> fields = line.split('\t');
    const auto key = readKey(fields);
    bool fits = fields.size() == 4;
    const qint64 size = fits ? fields.at(3).toLongLong(&fits) : 0;
    if (!key || !fits || size < 0) {
        return key ? corrupt(QStringLiteral("an object without a size")) : key.error();
    }
    if (size > maxObjectBytes) {
        return Error(ErrorCode::TooLarge, QStringLiteral("an object of over %1 bytes").arg(maxObjectBytes));
    }
    auto bytes = in.bytes(qsizetype(size) + 1);
    if (!bytes) {
        return bytes.error();
    }
    if (!bytes->endsWith('\n')) {
        return corrupt(QStringLiteral("an object is longer than it says"));
    }
    bytes->chop(1);
    return PackedObject{*key, *bytes};
}

Result<void> ListingHash::add(const PackedObject &object)
{
    if (m_count > 0 && !(m_last < object.key)) {
        return corrupt(QStringLiteral("%1 \"%2\" stands twice or out of order")
                           .arg(QString::fromLatin1(object.key.kind), QString::fromUtf8(object.key.id)));
    }
    m_last = object.key;
    m_hash.addData(listingLine(object));
    ++m_count;
    m_questions += object.key.kind == "question";
    return {};
}

QString ListingHash::hex() const
{
    return QString::fromLatin1(m_hash.result().toHex());
}

Result<void> compareListing(const ListingHash &listing, const QByteArray &manifest)
{
    const auto read = parseJsonObject(manifest);
    if (!read || read->value(QStringLiteral("listing")).toString() != listing.hex()
        || read->value(QStringLiteral("objects")).toInteger() != listing.count()
        || read->value(QStringLiteral("questions")).toInteger() != listing.questions()) {
        return corrupt(QStringLiteral("the objects are not those that the manifest was signed for"));
    }
    return {};
}

Result<PackageInfo> scan(const QByteArray &bytes, const VisitHead &visitHead, const VisitObject &visitObject)
{
    if (bytes.size() > maxPackageBytes) {
        return Error(ErrorCode::TooLarge, QStringLiteral("the package is over the bound"));
    }
    if (bytes.startsWith(packageMagic())) {
        return scanVersion2(bytes, visitHead, visitObject);
    }
    if (bytes.startsWith("QFBANK1\n")) {
        return scanVersion1(bytes, visitHead, visitObject);
    }
    if (bytes.startsWith("QFBANK")) {
        return Error(ErrorCode::TooNew, QStringLiteral("a package format of a later version"));
    }
    return corrupt(QStringLiteral("not a question-bank package"));
}

} // namespace qingfeng::packing
