#pragma once

#include "quiz/net/http_transport.h"
#include "quiz/net/sync_service.h"
#include "quiz/sync/sync_engine.h"

namespace qingfeng {

/** The part of SyncService that lives on its thread: store, transport and engine. */
class SyncWorker final : public QObject
{
    Q_OBJECT

public:
    SyncWorker(SyncSetup setup, const Clock &clock, Random &random);
    ~SyncWorker() override;

    /** Opens everything; begun() says how it went. */
    void begin();
    void runPass();
    void cancel();

Q_SIGNALS:
    void begun(const qingfeng::SyncStatus &status, qint64 windowDelayMs);
    void finished(const qingfeng::SyncReport &report);
    void bankChanged(std::shared_ptr<const qingfeng::QuestionBank> bank);
    void rosterChanged();

private:
    Result<void> open();
    void passFinished(const SyncReport &report);

    SyncSetup m_setup;
    const Clock &m_clock;
    Random &m_random;
    std::unique_ptr<LearningStore> m_store;
    std::unique_ptr<BankFolder> m_bankFolder;
    std::unique_ptr<HttpTransport> m_transport;
    std::unique_ptr<SyncEngine> m_engine; ///< last: uses all of the above
};

} // namespace qingfeng
