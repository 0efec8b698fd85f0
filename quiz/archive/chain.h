#pragma once

#include "quiz/archive/attempt.h"

#include <QList>

/**
 * The hash chain of one store: each attempt's hash covers its own canonical bytes and the hash before it, so
 * that nothing can be altered, removed or inserted without every later hash changing.
 */
namespace qingfeng {

/** 32 zero bytes: what stands before the first attempt of a store. */
QByteArray chainStart();

/** SHA-256(previousHash ‖ canonicalJson(contentOf(attempt))), 32 bytes. */
QByteArray chainHash(const Attempt &attempt);

/** Gives @p attempt its place after (@p seq, @p headHash) and computes its hash. */
void appendToChain(Attempt &attempt, qint64 seq, const QByteArray &headHash);

/** What a verification found. */
struct ChainReport
{
    qint64 count = 0; ///< attempts checked
    QByteArray headHash; ///< of the last good one
    bool intact = true;
    qint64 firstBadSeq = 0; ///< 0 when intact
    QString firstBadId;
    QString reason; ///< technical English, e.g. "content does not match its hash"
};

/** Checks attempts of one store in ascending seq, starting after (@p seq, @p headHash). */
ChainReport verifyChain(const QList<Attempt> &attempts, qint64 seq = 0, const QByteArray &headHash = chainStart());

/**
 * 回执: the server's countersignature that it held a store's chain up to @ref seq with this head. It travels
 * with exports, so that a later cut or rewrite is seen without asking the server.
 */
struct Receipt
{
    QString store;
    qint64 seq = 0;
    QByteArray headHash;
    qint64 serverTimeMs = 0; ///< UTC
    QString key; ///< keyId() of the signing key
    QByteArray signature; ///< Ed25519 over canonicalJson of all the fields above
};

QJsonObject toJson(const Receipt &receipt);
Result<Receipt> receiptFromJson(const QJsonObject &object);

/** Signs @p receipt in place with the server's key. */
Result<void> signReceipt(Receipt &receipt, const QByteArray &secret);
bool verifyReceipt(const Receipt &receipt, const QByteArray &publicKey);

} // namespace qingfeng
