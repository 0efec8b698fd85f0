#include "question_bank/package/package.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/model/bank_json.h"
#include "question_bank/package/signature.h"

#include <algorithm>
#include <memory>

#include <zstd.h>

#include <QHash>
#include <QJsonArray>

namespace qingfeng {
namespace {

constexpr int formatVersion = 1;
constexpr int compressionLevel = 12;

QByteArray magic()
{
    return QByteArrayLiteral("QFBANK1\n");
}

/** One object as it stands in manifest and package. */
struct Entry
{
    QString kind;
    QString id;
    int version = 1;
    QJsonObject object;
    QString hash; ///< of the object's canonical form
};

Entry entryOf(const QString &kind, const QString &id, int version, const QJsonObject &object)
{
    return {kind, id, version, object, sha256Hex(canonicalJson(object))};
}

QList<Entry> entriesOf(const QuestionBank &bank)
{
    QList<Entry> entries;
    for (const Post &post : bank.posts()) {
        entries.append(entryOf(QStringLiteral("post"), post.code, 1, toJson(post)));
    }
    for (const RiskPoint &point : bank.riskPoints()) {
        entries.append(entryOf(QStringLiteral("risk_point"), point.id, 1, toJson(point)));
    }
    for (const Law &law : bank.laws()) {
        entries.append(entryOf(QStringLiteral("law"), law.id, 1, toJson(law)));
    }
    for (const LegalArticle &article : bank.articles()) {
        entries.append(entryOf(QStringLiteral("article"), article.id, 1, toJson(article)));
    }
    for (const QuestionVersion &question : bank.questions()) {
        entries.append(entryOf(QStringLiteral("question"), question.id, question.version, toJson(question)));
    }
    std::sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) {
        return std::tie(a.kind, a.id, a.version) < std::tie(b.kind, b.id, b.version);
    });
    return entries;
}

QJsonObject manifestOf(const QuestionBank &bank, const QList<Entry> &entries)
{
    QJsonArray list;
    for (const Entry &entry : entries) {
        list.append(QJsonArray {entry.kind, entry.id, entry.version, entry.hash});
    }
    return {{QStringLiteral("format"), formatVersion}, {QStringLiteral("unit"), bank.unit},
        {QStringLiteral("revision"), bank.revision}, {QStringLiteral("created_at_ms"), bank.createdAtMs},
        {QStringLiteral("entries"), list}, {QStringLiteral("media"), QJsonArray()}};
}

Result<QByteArray> compress(const QByteArray &bytes)
{
    QByteArray packed(qsizetype(ZSTD_compressBound(std::size_t(bytes.size()))), Qt::Uninitialized);
    const std::size_t size = ZSTD_compress(
        packed.data(), std::size_t(packed.size()), bytes.constData(), std::size_t(bytes.size()), compressionLevel);
    if (ZSTD_isError(size)) {
        return Error(ErrorCode::Internal, QString::fromLatin1(ZSTD_getErrorName(size)));
    }
    packed.truncate(qsizetype(size));
    return packed;
}

/** Streams, so that a frame which lies about its size cannot make us allocate more than the bound. */
Result<QByteArray> decompress(const QByteArray &packed)
{
    const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
    QByteArray out;
    QByteArray block(qsizetype(ZSTD_DStreamOutSize()), Qt::Uninitialized);
    ZSTD_inBuffer input {packed.constData(), std::size_t(packed.size()), 0};
    std::size_t state = 1;
    while (input.pos < input.size || state != 0) {
        ZSTD_outBuffer output {block.data(), std::size_t(block.size()), 0};
        state = ZSTD_decompressStream(context.get(), &output, &input);
        if (ZSTD_isError(state)) {
            return Error(ErrorCode::Corrupt, QString::fromLatin1(ZSTD_getErrorName(state)));
        }
        out.append(block.constData(), qsizetype(output.pos));
        if (out.size() > maxUnpackedBytes) {
            return Error(ErrorCode::TooLarge, QStringLiteral("unpacked content is over the bound"));
        }
        if (output.pos == 0 && input.pos == input.size && state != 0) {
            return Error(ErrorCode::Corrupt, QStringLiteral("the file ends too early"));
        }
        if (state == 0 && input.pos < input.size) {
            return Error(ErrorCode::Corrupt, QStringLiteral("bytes after the end of the package"));
        }
    }
    return out;
}

Error corrupt(const QString &detail)
{
    return Error(ErrorCode::Corrupt, detail);
}

template <typename T> Result<void> addTo(QuestionBank &bank, const QJsonObject &object, const QString &expectedId)
{
    auto value = fromJson<T>(object);
    if (!value) {
        return value.error();
    }
    QString id;
    if constexpr (std::is_same_v<T, Post>) {
        id = value->code;
    } else {
        id = value->id;
    }
    if (id != expectedId) {
        return corrupt(QStringLiteral("object \"%1\" is listed as \"%2\"").arg(id, expectedId));
    }
    bank.add(std::move(*value));
    return {};
}

/** Kinds of a later version are kept out of the bank but not refused: a neighbour version must be readable. */
Result<void> addObject(QuestionBank &bank, const QString &kind, const QString &id, const QJsonObject &object)
{
    if (kind == QLatin1String("post")) {
        return addTo<Post>(bank, object, id);
    }
    if (kind == QLatin1String("risk_point")) {
        return addTo<RiskPoint>(bank, object, id);
    }
    if (kind == QLatin1String("law")) {
        return addTo<Law>(bank, object, id);
    }
    if (kind == QLatin1String("article")) {
        return addTo<LegalArticle>(bank, object, id);
    }
    if (kind == QLatin1String("question")) {
        return addTo<QuestionVersion>(bank, object, id);
    }
    return {};
}

Result<void> checkSignature(const QJsonArray &signatures, PackageInfo &info)
{
    for (const QJsonValue value : signatures) {
        const QJsonObject entry = value.toObject();
        if (entry.value(QStringLiteral("algorithm")).toString() != QLatin1String("ed25519")) {
            continue;
        }
        const QByteArray publicKey
            = QByteArray::fromBase64(entry.value(QStringLiteral("public_key")).toString().toLatin1());
        const QByteArray signature
            = QByteArray::fromBase64(entry.value(QStringLiteral("signature")).toString().toLatin1());
        if (!verifySignature(info.manifest, signature, publicKey)) {
            return Error(ErrorCode::NotPermitted, QStringLiteral("the Ed25519 signature does not hold"));
        }
        info.signingPublicKey = publicKey;
        info.signingKey = keyId(publicKey);
        return {};
    }
    return Error(ErrorCode::NotPermitted, QStringLiteral("the package is not signed"));
}

} // namespace

Result<QByteArray> buildPackage(const QuestionBank &bank, const QByteArray &secret)
{
    const auto pair = keyPairFromSecret(secret);
    if (!pair) {
        return pair.error();
    }
    const QList<Entry> entries = entriesOf(bank);
    const QJsonObject manifest = manifestOf(bank, entries);
    const auto signature = sign(canonicalJson(manifest), secret);
    if (!signature) {
        return signature.error();
    }
    QJsonObject objects;
    for (const Entry &entry : entries) {
        objects.insert(entry.hash, entry.object);
    }
    const QJsonObject entrySignature {{QStringLiteral("algorithm"), QStringLiteral("ed25519")},
        {QStringLiteral("public_key"), QString::fromLatin1(pair->publicKey.toBase64())},
        {QStringLiteral("signature"), QString::fromLatin1(signature->toBase64())}};
    const auto packed = compress(canonicalJson(QJsonObject {{QStringLiteral("manifest"), manifest},
        {QStringLiteral("signatures"), QJsonArray {entrySignature}}, {QStringLiteral("objects"), objects}}));
    if (!packed) {
        return packed.error();
    }
    return magic() + *packed;
}

Result<BankPackage> readPackage(const QByteArray &bytes)
{
    if (bytes.size() > maxPackageBytes) {
        return Error(ErrorCode::TooLarge, QStringLiteral("the package is over the bound"));
    }
    if (bytes.startsWith("QFBANK") && !bytes.startsWith(magic())) {
        return Error(ErrorCode::TooNew, QStringLiteral("a package format of a later version"));
    }
    if (!bytes.startsWith(magic())) {
        return corrupt(QStringLiteral("not a question-bank package"));
    }
    const auto json = decompress(bytes.mid(magic().size()));
    if (!json) {
        return json.error();
    }
    const auto document = parseJsonObject(*json);
    if (!document) {
        return corrupt(document.error().toString());
    }
    const QJsonObject manifest = document->value(QStringLiteral("manifest")).toObject();
    if (manifest.value(QStringLiteral("format")).toInt() != formatVersion) {
        return Error(ErrorCode::TooNew, QStringLiteral("a manifest format of a later version"));
    }

    BankPackage package;
    PackageInfo &info = package.info;
    info.manifest = canonicalJson(manifest);
    info.manifestHash = sha256Hex(info.manifest);
    const auto signature = checkSignature(document->value(QStringLiteral("signatures")).toArray(), info);
    if (!signature) {
        return signature.error();
    }
    info.unit = manifest.value(QStringLiteral("unit")).toString();
    info.revision = manifest.value(QStringLiteral("revision")).toInteger();
    info.createdAtMs = manifest.value(QStringLiteral("created_at_ms")).toInteger();
    package.bank.unit = info.unit;
    package.bank.revision = info.revision;
    package.bank.createdAtMs = info.createdAtMs;

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
        if (sha256Hex(canonicalJson(object.value())) != hash) {
            return corrupt(QStringLiteral("%1 \"%2\" was altered").arg(kind, id));
        }
        const auto added = addObject(package.bank, kind, id, object.value().toObject());
        if (!added) {
            return corrupt(QStringLiteral("%1 \"%2\": %3").arg(kind, id, added.error().toString()));
        }
    }
    info.questions = package.bank.questions().size();
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

Result<BankPackage> readTrustedPackage(const QByteArray &bytes, const QList<QByteArray> &trustedKeys)
{
    auto package = readPackage(bytes);
    if (package && !trustedKeys.contains(package->info.signingPublicKey)) {
        return Error(ErrorCode::NotPermitted,
            QStringLiteral("signed by key %1, which this PC does not trust").arg(package->info.signingKey));
    }
    return package;
}

} // namespace qingfeng
