#pragma once

#include "quiz/sync/sync_stage.h"

namespace qingfeng {

/** Fetches the people whom this device works for, when they changed, and keeps them as the document "roster". */
class RosterStage final : public SyncStage
{
public:
    explicit RosterStage(SyncContext &context);

    std::optional<HttpRequest> next() override;
    void take(const HttpReply &reply) override;

private:
    bool m_asked = false;
};

} // namespace qingfeng
