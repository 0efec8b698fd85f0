#pragma once

#include "quiz/sync/sync_stage.h"

namespace qingfeng {

/**
 * Fetches what administrators put on record about answers of this store, from the last one held on. Only what the
 * pinned key has signed for this store is kept. A server that knows no annotations yet has none.
 */
class AnnotationStage final : public SyncStage
{
public:
    explicit AnnotationStage(SyncContext &context);

    std::optional<HttpRequest> next() override;
    void take(const HttpReply &reply) override;

private:
    bool m_done = false;
};

} // namespace qingfeng
