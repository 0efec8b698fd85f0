#include "quiz/archive/archive_file.h"

#include <algorithm>
#include <limits>

#include <QJsonArray>
#include <QSet>

namespace qingfeng {
namespace {

QString hexOf(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toHex());
}

QByteArray hashIn(const QJsonObject &object, const char *name)
{
    return QByteArray::fromHex(object.value(QLatin1String(name)).toString().toLatin1());
}

Error faultIn(const char *list, qsizetype index, const Error &error)
{
    return Error(error.code(), error.detail(),
        QStringLiteral("%1[%2].%3").arg(QLatin1String(list)).arg(index).arg(error.where()));
}

Result<ArchiveFile::Place> placeFrom(const QJsonObject &object)
{
    const ArchiveFile::Place place{object.value(QStringLiteral("seq")).toInteger(),
        hashIn(object, "previous_hash"), hashIn(object, "hash")};
    if (place.seq < 1 || place.previousHash.size() != 32 || place.hash.size() != 32) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("a number and two hashes expected"));
    }
    return place;
}

/** Reads each entry of a list with @p read; an entry that cannot be read is named. */
template <typename Value, typename Read>
Result<QList<Value>> listIn(const QJsonObject &object, const char *name, Read &&read)
{
    QList<Value> list;
    for (const QJsonValue entry : object.value(QLatin1String(name)).toArray()) {
        const Result<Value> value = read(entry.toObject());
        if (!value) {
            return faultIn(name, list.size(), value.error());
        }
        list.append(*value);
    }
    return list;
}

} // namespace

ArchiveFile makeArchive(
    const QString &store, const QList<Attempt> &all, const QList<Receipt> &receipts, const QString &person,
    const QList<Annotation> &annotations)
{
    ArchiveFile archive{store, person, {}, {}, 0, chainStart(), receipts};
    for (const Attempt &attempt : all) {
        if (person.isEmpty() || attempt.person == person) {
            archive.attempts.append(attempt);
        } else {
            archive.others.append({attempt.seq, attempt.previousHash, attempt.hash});
        }
        archive.headSeq = attempt.seq;
        archive.headHash = attempt.hash;
    }
    if (!annotations.isEmpty()) {
        QSet<QString> told;
        for (const Attempt &attempt : std::as_const(archive.attempts)) {
            told.insert(attempt.id);
        }
        std::copy_if(annotations.cbegin(), annotations.cend(), std::back_inserter(archive.annotations),
            [&told](const Annotation &annotation) { return told.contains(annotation.attempt); });
    }
    return archive;
}

QJsonObject toJson(const ArchiveFile &archive)
{
    QJsonArray attempts;
    for (const Attempt &attempt : archive.attempts) {
        attempts.append(toJson(attempt));
    }
    QJsonArray receipts;
    for (const Receipt &receipt : archive.receipts) {
        receipts.append(toJson(receipt));
    }
    QJsonObject object{{QStringLiteral("format"), QString(archiveFormat)},
        {QStringLiteral("store"), archive.store}, {QStringLiteral("attempts"), attempts},
        {QStringLiteral("head"),
            QJsonObject{
                {QStringLiteral("seq"), archive.headSeq}, {QStringLiteral("hash"), hexOf(archive.headHash)}}},
        {QStringLiteral("receipts"), receipts}};
    if (!archive.person.isEmpty()) {
        object.insert(QStringLiteral("person"), archive.person);
    }
    if (!archive.annotations.isEmpty()) {
        QJsonArray annotations;
        for (const Annotation &annotation : archive.annotations) {
            annotations.append(toJson(annotation));
        }
        object.insert(QStringLiteral("annotations"), annotations);
    }
    if (!archive.others.isEmpty()) {
        QJsonArray others;
        for (const ArchiveFile::Place &place : archive.others) {
            others.append(QJsonObject{{QStringLiteral("seq"), place.seq},
                {QStringLiteral("previous_hash"), hexOf(place.previousHash)},
                {QStringLiteral("hash"), hexOf(place.hash)}});
        }
        object.insert(QStringLiteral("others"), others);
    }
    return object;
}

Result<ArchiveFile> archiveFromJson(const QJsonObject &object)
{
    const QString format = object.value(QStringLiteral("format")).toString();
    if (format != archiveFormat) {
        const bool later = format.startsWith(QLatin1String("qingfeng-archive-"));
        return Error(later ? ErrorCode::TooNew : ErrorCode::InvalidArgument,
            QStringLiteral("%1 expected").arg(archiveFormat), QStringLiteral("format"));
    }
    auto attempts = listIn<Attempt>(object, "attempts", attemptFromJson);
    auto others = listIn<ArchiveFile::Place>(object, "others", placeFrom);
    auto receipts = listIn<Receipt>(object, "receipts", receiptFromJson);
    auto annotations = listIn<Annotation>(object, "annotations", annotationFromJson);
    if (!attempts || !others || !receipts || !annotations) {
        return !attempts ? attempts.error()
            : !others    ? others.error()
            : !receipts  ? receipts.error()
                         : annotations.error();
    }
    const QJsonObject head = object.value(QStringLiteral("head")).toObject();
    ArchiveFile archive{object.value(QStringLiteral("store")).toString(),
        object.value(QStringLiteral("person")).toString(), std::move(*attempts), std::move(*others),
        head.value(QStringLiteral("seq")).toInteger(-1), hashIn(head, "hash"), std::move(*receipts),
        std::move(*annotations)};
    if (archive.store.isEmpty() || archive.headSeq < 0 || archive.headHash.size() != 32) {
        return Error(ErrorCode::InvalidArgument,
            QStringLiteral("store, and a head of a number and a hash, expected"),
            archive.store.isEmpty() ? QStringLiteral("store") : QStringLiteral("head"));
    }
    return archive;
}

ArchiveCheck checkArchive(const ArchiveFile &archive, const QByteArray &receiptKey)
{
    ArchiveCheck check;
    QList<ChainAnchor> confirmed;
    for (const Receipt &receipt : archive.receipts) {
        const bool holds
            = receipt.store == archive.store && (receiptKey.isEmpty() || verifyReceipt(receipt, receiptKey));
        check.receiptsHold = check.receiptsHold && holds;
        if (holds) {
            confirmed.append({receipt.seq, receipt.headHash});
        }
    }
    // Two lists make one chain; each keeps its own order, so that what was moved in it is seen.
    QList<ChainLink> links;
    auto place = archive.others.cbegin();
    const auto takePlacesBefore = [&](qint64 seq) {
        for (; place != archive.others.cend() && place->seq < seq; ++place) {
            links.append({place->seq, place->previousHash, place->hash, nullptr});
        }
    };
    for (const ChainLink &link : linksOf(archive.attempts)) {
        takePlacesBefore(link.seq);
        links.append(link);
    }
    takePlacesBefore(std::numeric_limits<qint64>::max());
    check.fault = findChainFault(archive.store, links, {archive.headSeq, archive.headHash}, confirmed);
    check.receipts = check.receiptsHold ? confirmed.size() : 0;
    const auto hashOf = [&archive](const QString &id) {
        const auto at = std::find_if(archive.attempts.cbegin(), archive.attempts.cend(),
            [&id](const Attempt &attempt) { return attempt.id == id; });
        return at == archive.attempts.cend() ? QByteArray() : chainHash(*at);
    };
    check.annotationProblems = annotationProblems(
        archive.annotations, archive.store, hashOf, receiptKey, AnnotationPlace::File);
    return check;
}

} // namespace qingfeng
