#include "quiz/archive/annotation.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/base/uuid.h"
#include "question_bank/package/signature.h"

#include <algorithm>

namespace qingfeng {
namespace {

QByteArray annotationContent(const Annotation &annotation)
{
    QJsonObject object = toJson(annotation);
    object.remove(QStringLiteral("signature"));
    return canonicalJson(object);
}

} // namespace

QJsonObject toJson(const Annotation &annotation)
{
    return {{QStringLiteral("id"), annotation.id}, {QStringLiteral("store"), annotation.store},
        {QStringLiteral("attempt"), annotation.attempt},
        {QStringLiteral("attempt_hash"), QString::fromLatin1(annotation.attemptHash.toHex())},
        {QStringLiteral("person"), annotation.person}, {QStringLiteral("number"), annotation.number},
        {QStringLiteral("author"), annotation.author}, {QStringLiteral("text"), annotation.text},
        {QStringLiteral("written_at_ms"), annotation.writtenAtMs}, {QStringLiteral("key"), annotation.key},
        {QStringLiteral("signature"), QString::fromLatin1(annotation.signature.toBase64())}};
}

Result<Annotation> annotationFromJson(const QJsonObject &object)
{
    const auto text = [&object](const char *name) { return object.value(QLatin1String(name)).toString(); };
    Annotation annotation;
    annotation.id = text("id");
    annotation.store = text("store");
    annotation.attempt = text("attempt");
    annotation.attemptHash = QByteArray::fromHex(text("attempt_hash").toLatin1());
    annotation.person = text("person");
    annotation.number = object.value(QStringLiteral("number")).toInteger();
    annotation.author = text("author");
    annotation.text = text("text");
    annotation.writtenAtMs = object.value(QStringLiteral("written_at_ms")).toInteger(-1);
    annotation.key = text("key");
    annotation.signature = QByteArray::fromBase64(text("signature").toLatin1());
    const char *wrong = !isUuid(annotation.id)                                  ? "id"
        : !isUuid(annotation.store)                                             ? "store"
        : !isUuid(annotation.attempt)                                           ? "attempt"
        : annotation.attemptHash.size() != 32                                   ? "attempt_hash"
        : annotation.person.isEmpty() || annotation.person.size() > 200         ? "person"
        : annotation.number < 1                                                 ? "number"
        : annotation.author.isEmpty()                                           ? "author"
        : annotation.author.size() > Annotation::maxAuthor                      ? "author"
        : annotation.text.isEmpty() || annotation.text.size() > Annotation::maxText ? "text"
        : annotation.writtenAtMs < 0                                            ? "written_at_ms"
        : annotation.signature.size() != 64                                     ? "signature"
                                                                                : nullptr;
    if (wrong != nullptr) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("missing, too long or of another form"),
            QLatin1String(wrong));
    }
    return annotation;
}

Result<void> signAnnotation(Annotation &annotation, const QByteArray &secret)
{
    const auto pair = keyPairFromSecret(secret);
    if (!pair) {
        return pair.error();
    }
    annotation.key = keyId(pair->publicKey);
    const auto signature = sign(annotationContent(annotation), secret);
    if (!signature) {
        return signature.error();
    }
    annotation.signature = *signature;
    return {};
}

bool verifyAnnotation(const Annotation &annotation, const QByteArray &publicKey)
{
    return annotation.key == keyId(publicKey)
        && verifySignature(annotationContent(annotation), annotation.signature, publicKey);
}

QStringList annotationProblems(const QList<Annotation> &annotations, const QString &store,
    const std::function<QByteArray(const QString &attempt)> &hashOf, const QByteArray &publicKey,
    AnnotationPlace place)
{
    const bool inStore = place == AnnotationPlace::Store;
    QStringList problems;
    qint64 last = 0;
    for (const Annotation &annotation : annotations) {
        const QString which = QStringLiteral("annotation %1 (%2): ").arg(annotation.number).arg(annotation.id);
        const QByteArray hash = hashOf(annotation.attempt);
        if (annotation.store != store) {
            problems.append(which + QStringLiteral("of another store"));
        } else if (!publicKey.isEmpty() && !verifyAnnotation(annotation, publicKey)) {
            problems.append(which + QStringLiteral("not signed by this server, or altered"));
        } else if (hash.isEmpty() && !inStore) {
            problems.append(which + QStringLiteral("its attempt is missing"));
        } else if (!hash.isEmpty() && hash != annotation.attemptHash) {
            problems.append(which + QStringLiteral("its attempt is not as it was"));
        }
        if (annotation.number <= last) {
            problems.append(which + QStringLiteral("told twice, or in another order"));
        } else if (inStore && annotation.number != last + 1) {
            problems.append(QStringLiteral("annotation %1: missing").arg(last + 1));
        }
        last = std::max(last, annotation.number);
    }
    return problems;
}

QList<Annotation> annotationsOf(const QList<Annotation> &annotations, const QString &attempt)
{
    QList<Annotation> found;
    std::copy_if(annotations.cbegin(), annotations.cend(), std::back_inserter(found),
        [&attempt](const Annotation &annotation) { return annotation.attempt == attempt; });
    return found;
}

} // namespace qingfeng
