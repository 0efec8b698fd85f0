#pragma once

#include "quiz/sync/sync_stage.h"

namespace qingfeng {

/** Reads the bank in use from its folder into @p context: null bank when there is none. */
void readBank(SyncContext &context);

/**
 * Asks which bank package is published and takes another one than ours into use: whole, of the stated hash,
 * signed by a pinned key, of a later revision. Otherwise the old bank stays, error() says why, an event tells the
 * administrator, and the same package is not fetched again by this version of the program.
 */
class BankStage final : public SyncStage
{
public:
    explicit BankStage(SyncContext &context);

    std::optional<HttpRequest> next() override;
    void take(const HttpReply &reply) override;

private:
    enum class Step { Manifest, Package, Done };

    void takeManifest(const HttpReply &reply);
    void takePackage(const HttpReply &reply);
    bool pinFirstKey();
    void refuse(const Error &error);
    QString refusalMark() const;

    Step m_step = Step::Manifest;
    ManifestInfo m_published;
    QString m_etag;
    bool m_startedOver = false;
};

} // namespace qingfeng
