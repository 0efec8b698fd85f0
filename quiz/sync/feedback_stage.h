#pragma once

#include "quiz/sync/sync_stage.h"

#include <QSet>

namespace qingfeng {

/**
 * 意见反馈 both ways: sends what people wrote, and fetches what the server has of this store's threads from the last
 * entry held on, its own among it, which is how a message is known to have arrived. One that the server refuses stays
 * here, is tried again with the next pass, and holds up no other. A server that knows no messages yet gets none.
 */
class FeedbackStage final : public SyncStage
{
public:
    explicit FeedbackStage(SyncContext &context);

    std::optional<HttpRequest> next() override;
    void take(const HttpReply &reply) override;
    bool concerns(const Problem &problem) const override;

private:
    void takeSent(const HttpReply &reply);
    void takePage(const HttpReply &reply);

    bool m_sending = true;
    bool m_done = false;
    int m_limit;
    QList<FeedbackEntry> m_run; ///< in the request under way
    QSet<QString> m_passedOver; ///< ids: sent, or refused, in this pass
};

} // namespace qingfeng
