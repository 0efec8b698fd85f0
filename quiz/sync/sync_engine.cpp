#include "quiz/sync/sync_engine.h"

#include <algorithm>

#include <QLoggingCategory>

#include "quiz/protocol/paths.h"
#include "quiz/sync/annotation_stage.h"
#include "quiz/sync/attempt_stage.h"
#include "quiz/sync/bank_stage.h"
#include "quiz/sync/event_stage.h"
#include "quiz/sync/feedback_stage.h"
#include "quiz/sync/roster_stage.h"

namespace qingfeng {
namespace {

Q_LOGGING_CATEGORY(logSync, "qingfeng.sync")

// An hour, give or take, so that devices which met once do not meet every hour.
constexpr qint64 shortestRestMs = 54 * 60'000;
constexpr qint64 longestRestMs = 66 * 60'000;
// Who waits for an answer is not kept waiting; few do at a time.
constexpr qint64 shortestLookMs = 4 * 60'000;
constexpr qint64 longestLookMs = 6 * 60'000;

bool isTransient(const Error &error)
{
    return error.code() == ErrorCode::Unavailable || error.code() == ErrorCode::TimedOut;
}

} // namespace

SyncEngine::SyncEngine(LearningStore &store, BankFolder &bankFolder, EnrolledDevice device, Transport &transport,
    const Clock &clock, Random &random, QString reporter)
    : m_device(std::move(device))
    , m_context {store, bankFolder, m_device.dataFolder, m_device.config, clock, std::move(reporter), {}, {}, {}}
    , m_transport(transport)
    , m_random(random)
    , m_session(store, m_device, clock, random)
    , m_backoff(random)
{
}

SyncEngine::~SyncEngine()
{
    cancel();
}

void SyncEngine::start(Done done)
{
    Q_ASSERT(!isRunning());
    m_done = std::move(done);
    m_pass = std::make_shared<char>();
    m_context.report = {};
    m_context.report.startedAtMs = m_context.clock.utcMs();
    if (!m_context.bank) {
        readBank(m_context);
    }
    m_stages.clear();
    m_stages.push_back(std::make_unique<AttemptStage>(m_context, !m_compared));
    m_stages.push_back(std::make_unique<EventStage>(m_context));
    m_stages.push_back(std::make_unique<FeedbackStage>(m_context));
    m_stages.push_back(std::make_unique<BankStage>(m_context));
    m_stages.push_back(std::make_unique<RosterStage>(m_context));
    m_stages.push_back(std::make_unique<AnnotationStage>(m_context));
    m_stage = 0;
    advance();
}

void SyncEngine::cancel()
{
    if (!isRunning()) {
        return;
    }
    m_context.report.cancelled = true;
    m_pass.reset();
    m_transport.abort();
    finish(std::nullopt);
}

/** Goes to the next request of the pass, or ends it. */
void SyncEngine::advance()
{
    for (; m_stage < m_stages.size(); ++m_stage) {
        SyncStage &stage = *m_stages[m_stage];
        if (auto request = stage.next()) {
            m_request = std::move(*request);
            m_tokenRenewed = false;
            if (m_session.hasToken()) {
                send(m_request);
            } else {
                askForToken();
            }
            return;
        }
        if (stage.error() && !m_context.report.error) {
            m_context.report.error = stage.error();
        }
    }
    m_compared = true;
    finish(m_context.report.error);
}

void SyncEngine::send(HttpRequest request)
{
    request.headers.append({QByteArrayLiteral("Authorization"), m_session.authorization()});
    request.headers.append({QByteArray(protocolHeader), QByteArray::number(newestProtocol)});
    m_transport.send(std::move(request), [this, pass = std::weak_ptr(m_pass)](Result<HttpReply> reply) {
        if (pass.expired()) {
            return;
        }
        if (!reply) {
            finish(reply.error());
        } else {
            takeReply(*reply);
        }
    });
}

void SyncEngine::askForToken()
{
    auto request = m_session.tokenRequest();
    if (!request) {
        finish(request.error());
        return;
    }
    request->headers.append({QByteArray(protocolHeader), QByteArray::number(newestProtocol)});
    m_transport.send(std::move(*request), [this, pass = std::weak_ptr(m_pass)](Result<HttpReply> reply) {
        if (pass.expired()) {
            return;
        }
        if (!reply) {
            finish(reply.error());
        } else {
            takeToken(*reply);
        }
    });
}

void SyncEngine::takeToken(const HttpReply &reply)
{
    if (endsPass(reply)) {
        return;
    }
    const auto answer = m_session.takeToken(reply);
    if (!answer) {
        finish(answer.error());
    } else if (*answer == DeviceSession::Answer::Again) {
        askForToken();
    } else {
        send(m_request);
    }
}

void SyncEngine::takeReply(const HttpReply &reply)
{
    if (reply.status == 401 && !m_tokenRenewed) {
        m_tokenRenewed = true;
        m_session.dropToken();
        askForToken();
        return;
    }
    SyncStage &stage = *m_stages[m_stage];
    const auto problem = problemIn(reply);
    if (reply.status == 401 || (reply.status == 403 && !(problem && stage.concerns(*problem)))) {
        m_session.dropToken();
        // Only the server itself can send a device away; a stranger's 403 is a fault on the way.
        finish(problem ? Error(ErrorCode::NotPermitted, unexpected(reply).detail()) : unexpected(reply));
        return;
    }
    if (!endsPass(reply)) {
        stage.take(reply);
        advance();
    }
}

bool SyncEngine::endsPass(const HttpReply &reply)
{
    const auto problem = problemIn(reply);
    if (problem && problem->code == QLatin1String("protocol-unsupported")) {
        finish(Error(ErrorCode::TooNew, QStringLiteral("the server no longer speaks this program's protocol")));
        return true;
    }
    if (reply.status != 408 && reply.status != 429 && reply.status < 500) {
        return false;
    }
    finish(Error(ErrorCode::Unavailable, unexpected(reply).detail()),
        retryAfterMs(reply.header(QByteArrayLiteral("Retry-After")), m_session.serverNowMs()));
    return true;
}

void SyncEngine::finish(std::optional<Error> error, std::optional<qint64> retryAfter)
{
    SyncReport &report = m_context.report;
    // What stopped the pass says more than what stopped a stage before it.
    report.error = std::move(error);
    report.finishedAtMs = m_context.clock.utcMs();
    report.bankRevision = m_context.bank ? m_context.bank->revision : 0;
    const auto pending = m_context.store.outbox().pendingCount();
    report.pendingAttempts = pending ? *pending : 0;
    scheduleNext(retryAfter);
    if (report.error) {
        qCWarning(logSync, "pass stopped: %s", qUtf8Printable(report.error->toString()));
    } else {
        qCInfo(logSync, "pass done: %d attempts and %d events acknowledged, %lld pending",
            report.attemptsAcknowledged, report.eventsAcknowledged, static_cast<long long>(report.pendingAttempts));
    }
    m_pass.reset();
    // The caller may start the next pass, or end this object, from within.
    const Done done = std::exchange(m_done, nullptr);
    const SyncReport copy = report;
    done(copy);
}

void SyncEngine::scheduleNext(std::optional<qint64> retryAfter)
{
    SyncReport &report = m_context.report;
    if (report.error && isTransient(*report.error)) {
        const qint64 wait = m_backoff.nextMs();
        report.delayNamedByServer = retryAfter.has_value();
        // On top of what the server asks for, a little chance: it asked many.
        report.nextAttemptMs = retryAfter ? *retryAfter + randomBetween(m_random, 0, *retryAfter / 10 + 1000) : wait;
        return;
    }
    m_backoff.reset();
    report.nextAttemptMs = report.messagesAwaited ? randomBetween(m_random, shortestLookMs, longestLookMs)
                                                  : randomBetween(m_random, shortestRestMs, longestRestMs);
}

} // namespace qingfeng
