#include "quiz/net/sync_service.h"

#include <algorithm>
#include <limits>

#include "quiz/net/sync_worker.h"

namespace qingfeng {
namespace {

constexpr int reopenMs = 60'000;

} // namespace

SyncService::SyncService(SyncSetup setup, const Clock &clock, Random &random, QObject *parent)
    : QObject(parent)
    , m_setup(std::move(setup))
    , m_clock(clock)
    , m_random(random)
    , m_schedule(random)
{
    m_elapsed.start();
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SyncService::passDue);
}

SyncService::~SyncService()
{
    stop();
}

void SyncService::start()
{
    stop();
    m_thread = std::make_unique<QThread>();
    m_thread->setObjectName(QStringLiteral("sync"));
    m_worker = new SyncWorker(m_setup, m_clock, m_random);
    m_worker->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &SyncWorker::begun, this, &SyncService::begun);
    connect(m_worker, &SyncWorker::finished, this, &SyncService::passFinished);
    connect(m_worker, &SyncWorker::bankChanged, this, &SyncService::bankChanged);
    connect(m_worker, &SyncWorker::rosterChanged, this, &SyncService::rosterChanged);
    m_thread->start();
    QMetaObject::invokeMethod(m_worker, &SyncWorker::begin, Qt::QueuedConnection);
}

void SyncService::stop()
{
    m_timer.stop();
    m_status.enrolled = false;
    if (!m_thread) {
        return;
    }
    // What the worker says from here on would arrive when it is gone: this report takes its place.
    disconnect(m_worker, nullptr, this, nullptr);
    std::optional<SyncReport> last;
    const auto kept = connect(
        m_worker, &SyncWorker::finished, this, [&last](const SyncReport &report) { last = report; },
        Qt::DirectConnection);
    QMetaObject::invokeMethod(m_worker, &SyncWorker::cancel, Qt::QueuedConnection);
    QMetaObject::invokeMethod(
        m_worker, [] { QThread::currentThread()->quit(); }, Qt::QueuedConnection);
    m_thread->wait();
    disconnect(kept);
    m_worker = nullptr;
    m_thread.reset();
    if (m_running) {
        passFinished(last.value_or(SyncReport()));
    }
}

void SyncService::attemptRecorded()
{
    ++m_status.pendingAttempts;
    Q_EMIT statusChanged();
    messageWritten();
}

void SyncService::messageWritten()
{
    if (m_status.enrolled) {
        m_schedule.attemptRecorded(m_elapsed.elapsed());
        rearm();
    }
}

bool SyncService::syncNow()
{
    if (!m_status.enrolled || (!m_running && !m_schedule.userAsked(m_elapsed.elapsed()))) {
        return false;
    }
    rearm();
    return true;
}

void SyncService::begun(const SyncStatus &status, qint64 windowDelayMs)
{
    m_status = status;
    m_schedule.begin(m_elapsed.elapsed(), windowDelayMs);
    rearm();
    const bool passing = status.lastError
        && (status.lastError->code() == ErrorCode::Unavailable || status.lastError->code() == ErrorCode::Io);
    if (passing) {
        m_timer.start(reopenMs); // a locked database or a folder that is not mounted yet
    }
    Q_EMIT statusChanged();
}

void SyncService::passDue()
{
    if (!m_status.enrolled || m_running) {
        if (m_worker && !m_running) {
            QMetaObject::invokeMethod(m_worker, &SyncWorker::begin, Qt::QueuedConnection);
        }
        return;
    }
    if (m_schedule.dueInMs(m_elapsed.elapsed()) > 0) {
        rearm(); // the timer was early
        return;
    }
    m_running = true;
    m_schedule.passStarted();
    QMetaObject::invokeMethod(m_worker, &SyncWorker::runPass, Qt::QueuedConnection);
    Q_EMIT statusChanged();
}

void SyncService::passFinished(const SyncReport &report)
{
    m_running = false;
    m_status.lastError = report.error;
    m_status.pendingAttempts = report.pendingAttempts;
    if (report.succeeded()) {
        m_status.lastSuccessMs = report.finishedAtMs;
    }
    m_schedule.passFinished(report, m_elapsed.elapsed());
    rearm();
    Q_EMIT finished(report);
    Q_EMIT statusChanged();
}

void SyncService::rearm()
{
    if (m_status.enrolled && !m_running) {
        const qint64 due = m_schedule.dueInMs(m_elapsed.elapsed());
        m_timer.start(int(std::min<qint64>(due, std::numeric_limits<int>::max())));
    }
}

} // namespace qingfeng
