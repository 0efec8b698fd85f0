#include "quiz/sync/feedback_stage.h"

#include <algorithm>

#include <QJsonDocument>

#include "question_bank/base/canonical_json.h"
#include "quiz/protocol/paths.h"

namespace qingfeng {
namespace {

constexpr int mostPending = 1000; ///< looked at in one pass
constexpr qint64 awaitedMs = 14LL * 86'400'000; ///< so long after it was written a message is looked out for

QByteArray messagesPath()
{
    return {paths::messages.data(), paths::messages.size()};
}

} // namespace

FeedbackStage::FeedbackStage(SyncContext &context)
    : SyncStage(context)
    , m_limit(maxMessagesPerPost)
{
}

std::optional<HttpRequest> FeedbackStage::next()
{
    if (m_done || error()) {
        return std::nullopt;
    }
    if (m_sending) {
        const auto pending = m_context.store.feedback().pending(mostPending);
        if (!pending) {
            stop(pending.error());
            return std::nullopt;
        }
        m_run.clear();
        for (const FeedbackEntry &entry : *pending) {
            if (!m_passedOver.contains(entry.id) && m_run.size() < m_limit) {
                m_run.append(entry);
            }
        }
        if (!m_run.isEmpty()) {
            return postRequest(messagesPath(), QJsonDocument(messagesToJson(m_run)).toJson(QJsonDocument::Compact));
        }
        m_sending = false;
    }
    const auto newest = m_context.store.feedback().newestNumber();
    if (!newest) {
        stop(newest.error());
        return std::nullopt;
    }
    return getRequest(messagesPath() + "?store=" + m_context.store.storeId().toLatin1()
        + "&after=" + QByteArray::number(*newest));
}

bool FeedbackStage::concerns(const Problem &problem) const
{
    return problem.code == QLatin1String("person-not-of-device") || problem.code == QLatin1String("store-not-yours");
}

void FeedbackStage::take(const HttpReply &reply)
{
    const auto problem = problemIn(reply);
    if (reply.status == 404 && problem && problem->code == QLatin1String("unknown-path")) {
        m_done = true;
        return;
    }
    m_sending ? takeSent(reply) : takePage(reply);
}

void FeedbackStage::takeSent(const HttpReply &reply)
{
    if (reply.status == 200) {
        for (const FeedbackEntry &entry : std::as_const(m_run)) {
            m_passedOver.insert(entry.id);
            ++m_context.report.messagesSent;
        }
        m_limit = maxMessagesPerPost;
        return;
    }
    if (!problemIn(reply)) {
        stop(unexpected(reply));
        return;
    }
    // Refused: alone it shows which one it is.
    if (m_run.size() > 1) {
        m_limit = std::max(1, int(m_run.size()) / 2);
        return;
    }
    m_passedOver.insert(m_run.first().id);
    ++m_context.report.messagesRefused;
}

void FeedbackStage::takePage(const HttpReply &reply)
{
    if (reply.status == 404) { // nothing of this store has been sent yet
        m_done = true;
        return;
    }
    const auto object = parseJsonObject(reply.body);
    const auto page = object ? feedbackPageFromJson(*object) : object.error();
    if (reply.status != 200 || !page) {
        stop(unexpected(reply));
        return;
    }
    const bool ours = std::all_of(page->entries.cbegin(), page->entries.cend(), [this](const FeedbackEntry &entry) {
        return entry.store == m_context.store.storeId() && entry.number > 0;
    });
    const auto received
        = ours ? m_context.store.feedback().take(page->entries) : Result<int>(Error(ErrorCode::Corrupt));
    if (!received) {
        stop(ours ? received.error() : Error(ErrorCode::Corrupt, QStringLiteral("a message is of another store")));
        return;
    }
    m_context.report.messagesReceived += *received;
    m_context.report.messagesChanged = m_context.report.messagesChanged || !page->entries.isEmpty();
    const QString recipients
        = QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(page->recipients)).toJson(QJsonDocument::Compact));
    if (m_context.store.value(messageRecipientsKey()) != recipients) {
        (void)m_context.store.setValue(messageRecipientsKey(), recipients);
    }
    m_done = !page->more || page->entries.isEmpty();
    const auto awaited = m_context.store.feedback().isAwaited(m_context.clock.utcMs() - awaitedMs);
    m_context.report.messagesAwaited = awaited && *awaited;
}

} // namespace qingfeng
