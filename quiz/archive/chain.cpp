#include "quiz/archive/chain.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/package/signature.h"

namespace qingfeng {
namespace {

QByteArray signedBytes(const Receipt &receipt)
{
    QJsonObject object = toJson(receipt);
    object.remove(QStringLiteral("signature"));
    return canonicalJson(object);
}

} // namespace

QByteArray chainStart()
{
    return QByteArray(32, '\0');
}

QByteArray chainHash(const Attempt &attempt)
{
    return sha256(attempt.previousHash + canonicalJson(contentOf(attempt)));
}

void appendToChain(Attempt &attempt, qint64 seq, const QByteArray &headHash)
{
    attempt.seq = seq + 1;
    attempt.previousHash = headHash;
    attempt.hash = chainHash(attempt);
}

ChainReport verifyChain(const QList<Attempt> &attempts, qint64 seq, const QByteArray &headHash)
{
    ChainReport report;
    report.headHash = headHash;
    const auto fail = [&report](const Attempt &attempt, const QString &reason) {
        report.intact = false;
        report.firstBadSeq = attempt.seq;
        report.firstBadId = attempt.id;
        report.reason = reason;
        return report;
    };
    for (const Attempt &attempt : attempts) {
        if (attempt.seq != seq + 1) {
            return fail(attempt,
                QStringLiteral("expected number %1, found %2: an attempt was removed, inserted or moved")
                    .arg(seq + 1)
                    .arg(attempt.seq));
        }
        if (attempt.previousHash != report.headHash) {
            return fail(attempt, QStringLiteral("does not follow the attempt before it"));
        }
        if (chainHash(attempt) != attempt.hash) {
            return fail(attempt, QStringLiteral("content does not match its hash"));
        }
        seq = attempt.seq;
        report.headHash = attempt.hash;
        ++report.count;
    }
    return report;
}

QJsonObject toJson(const Receipt &receipt)
{
    return {{QStringLiteral("store"), receipt.store}, {QStringLiteral("seq"), receipt.seq},
        {QStringLiteral("head_hash"), QString::fromLatin1(receipt.headHash.toHex())},
        {QStringLiteral("server_time_ms"), receipt.serverTimeMs}, {QStringLiteral("key"), receipt.key},
        {QStringLiteral("signature"), QString::fromLatin1(receipt.signature.toBase64())}};
}

Result<Receipt> receiptFromJson(const QJsonObject &object)
{
    Receipt receipt;
    receipt.store = object.value(QStringLiteral("store")).toString();
    receipt.seq = object.value(QStringLiteral("seq")).toInteger();
    receipt.headHash = QByteArray::fromHex(object.value(QStringLiteral("head_hash")).toString().toLatin1());
    receipt.serverTimeMs = object.value(QStringLiteral("server_time_ms")).toInteger();
    receipt.key = object.value(QStringLiteral("key")).toString();
    receipt.signature = QByteArray::fromBase64(object.value(QStringLiteral("signature")).toString().toLatin1());
    if (receipt.store.isEmpty() || receipt.seq <= 0 || receipt.headHash.size() != 32
        || receipt.signature.size() != 64) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("incomplete receipt"));
    }
    return receipt;
}

Result<void> signReceipt(Receipt &receipt, const QByteArray &secret)
{
    const auto pair = keyPairFromSecret(secret);
    if (!pair) {
        return pair.error();
    }
    receipt.key = keyId(pair->publicKey);
    const auto signature = sign(signedBytes(receipt), secret);
    if (!signature) {
        return signature.error();
    }
    receipt.signature = *signature;
    return {};
}

bool verifyReceipt(const Receipt &receipt, const QByteArray &publicKey)
{
    return receipt.key == keyId(publicKey)
        && verifySignature(signedBytes(receipt), receipt.signature, publicKey);
}

} // namespace qingfeng
