#pragma once

#include "quiz/archive/annotation.h"
#include "quiz/archive/chain_check.h"

/**
 * 档案文件: attempts with the chain they stand in and what the server has confirmed of it, so that a file can
 * be checked with no server and no store. The form is `qingfeng-archive-1`:
 *
 *     {"format", "store", "person"?, "attempts": [toJson(Attempt)], "others"?: [{"seq", "previous_hash",
 * "hash"}], "head": {"seq", "hash"}, "receipts": [toJson(Receipt)], "annotations"?: [toJson(Annotation)]}
 */
namespace qingfeng {

inline constexpr QLatin1String archiveFormat("qingfeng-archive-1");

struct ArchiveFile
{
    /** The place of somebody else's attempt: on a shared PC the chain runs through the answers of several
     * people. */
    struct Place
    {
        qint64 seq = 0;
        QByteArray previousHash;
        QByteArray hash;
    };

    QString store; ///< UUID
    QString person; ///< whose attempts are told; empty = everybody's
    QList<Attempt> attempts; ///< ascending seq
    QList<Place> others; ///< ascending seq
    qint64 headSeq = 0;
    QByteArray headHash;
    QList<Receipt> receipts; ///< ascending seq
    QList<Annotation> annotations = {}; ///< of the attempts told; ascending number
};

/**
 * @param all         of the store, in chain order; those of others keep only their places when @p person is given
 * @param annotations of the store, ascending number; those of attempts that are not told are left out
 */
ArchiveFile makeArchive(const QString &store, const QList<Attempt> &all, const QList<Receipt> &receipts,
    const QString &person = {}, const QList<Annotation> &annotations = {});

QJsonObject toJson(const ArchiveFile &archive);
/** Strict; InvalidArgument names the field, TooNew is another version of the format. Hashes are read, not
 * checked. */
Result<ArchiveFile> archiveFromJson(const QJsonObject &object);

/** What a check of a file found. */
struct ArchiveCheck
{
    std::optional<ChainFault> fault; ///< of the chain
    qint64 receipts = 0; ///< that hold
    bool receiptsHold = true; ///< every one is for this store and, when a key was given, signed by the server
    QStringList annotationProblems; ///< technical English
    bool holds() const { return !fault && receiptsHold && annotationProblems.isEmpty(); }
};

/** @param receiptKey the server's public key; empty = receipts are compared with the chain, their signature
 * is not checked */
ArchiveCheck checkArchive(const ArchiveFile &archive, const QByteArray &receiptKey);

} // namespace qingfeng
