#pragma once

#include "quiz/sync/sync_stage.h"

namespace qingfeng {

/**
 * Sends gate events. One that the server refuses for good is passed over, so that it does not stop those after
 * it; its row stays in the database.
 */
class EventStage final : public SyncStage
{
public:
    static constexpr int maxBatch = 100;

    explicit EventStage(SyncContext &context);

    std::optional<HttpRequest> next() override;
    void take(const HttpReply &reply) override;

private:
    void acknowledge(qint64 seq);

    QList<StoredEvent> m_run;
    int m_limit = maxBatch;
};

/** The stored event in the form that travels: within every bound, so that no server need refuse it. */
GateEvent eventToSend(const StoredEvent &event, const QString &store);

} // namespace qingfeng
