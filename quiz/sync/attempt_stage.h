#pragma once

#include <QJsonArray>
#include <QMap>
#include <QSet>

#include "quiz/sync/sync_stage.h"

namespace qingfeng {

/**
 * Sends the outbox's attempts, in chain order and batches of one unbroken run each.
 *
 * Only a receipt moves the outbox: signed by the pinned key, for a head that is ours. What the server refuses for
 * good is set aside (Outbox::quarantine) and passed over; a server that asks for it later is offered it again.
 */
class AttemptStage final : public SyncStage
{
public:
    static constexpr int maxBatch = 100;

    /** @param compare  ask which head the server holds even if there is nothing to send, and send what it lost */
    AttemptStage(SyncContext &context, bool compare);

    std::optional<HttpRequest> next() override;
    void take(const HttpReply &reply) override;
    bool concerns(const Problem &problem) const override;

private:
    enum class Asked { Batch, Statement, Receipts };

    bool takeRun();
    QByteArray takeBody();
    void takeAck(const HttpReply &reply);
    void takeRefusal(const HttpReply &reply);
    void takeStatement(const HttpReply &reply);
    void takeReceipts(const HttpReply &reply);
    void gap(qint64 expectedSeq);
    void conflict(const QJsonArray &ids);
    void strangers(const QJsonArray &people);
    void fork();
    void narrow();
    void setAside(const Attempt &attempt, const QString &reason);
    bool keepAside();
    bool isCountersigned(const Receipt &receipt) const;

    Asked m_asked = Asked::Batch;
    bool m_compare;
    bool m_receiptsAsked = false;
    QList<Attempt> m_run; ///< in the request under way
    QList<Attempt> m_doubted; ///< the server says it holds them otherwise: to be looked at
    QMap<qint64, QString> m_aside; ///< seq → id, beyond the acknowledged seq
    QSet<qint64> m_held; ///< seen on the server just as they are here
    QSet<qint64> m_offeredAgain;
    qint64 m_after = 0; ///< everything up to here was dealt with in this pass
    qint64 m_forced = 0; ///< set aside, but asked for: goes alone
    int m_limit = maxBatch;
    int m_ceiling = maxBatch; ///< lowered by 413
    int m_gaps = 0;
};

} // namespace qingfeng
