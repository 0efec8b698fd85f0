#include "quiz/net/sync_worker.h"

namespace qingfeng {
namespace {

QString lastSuccessValue()
{
    return QStringLiteral("sync_last_success_ms");
}

} // namespace

SyncWorker::SyncWorker(SyncSetup setup, const Clock &clock, Random &random)
    : m_setup(std::move(setup))
    , m_clock(clock)
    , m_random(random)
{
}

SyncWorker::~SyncWorker() = default;

Result<void> SyncWorker::open()
{
    auto device = loadDevice(m_setup.dataFolder);
    if (!device) {
        return device.error();
    }
    auto store = LearningStore::open(m_setup.database, m_clock, m_random);
    if (!store) {
        return store.error();
    }
    auto transport = HttpTransport::create(QUrl(device->config.serverUrl), device->caPem);
    if (!transport) {
        return transport.error();
    }
    m_store = std::move(*store);
    m_bankFolder
        = std::make_unique<BankFolder>(m_setup.dataFolder + QStringLiteral("/bank"), device->config.bankKeys);
    m_transport = std::move(*transport);
    m_engine = std::make_unique<SyncEngine>(
        *m_store, *m_bankFolder, std::move(*device), *m_transport, m_clock, m_random, m_setup.reporter);
    return {};
}

void SyncWorker::begin()
{
    const auto opened = open();
    if (!opened) {
        SyncStatus status;
        status.lastError = opened.error();
        Q_EMIT begun(status, 0);
        return;
    }
    SyncStatus status;
    status.enrolled = true;
    status.lastSuccessMs = m_store->value(lastSuccessValue()).toLongLong();
    const auto pending = m_store->outbox().pendingCount();
    status.pendingAttempts = pending ? *pending : 0;
    const DeviceConfig &device = m_engine->device();
    Q_EMIT begun(status, windowDelayMs(device.device, device.syncWindowSeconds));
}

void SyncWorker::runPass()
{
    if (m_engine && !m_engine->isRunning()) {
        m_engine->start([this](const SyncReport &report) { passFinished(report); });
    }
}

void SyncWorker::cancel()
{
    if (m_engine) {
        m_engine->cancel();
    }
}

void SyncWorker::passFinished(const SyncReport &report)
{
    if (report.succeeded()) {
        (void)m_store->setValue(lastSuccessValue(), QString::number(report.finishedAtMs));
    }
    if (report.bankChanged) {
        Q_EMIT bankChanged(m_engine->bank());
    }
    if (report.rosterChanged) {
        Q_EMIT rosterChanged();
    }
    Q_EMIT finished(report);
}

} // namespace qingfeng
