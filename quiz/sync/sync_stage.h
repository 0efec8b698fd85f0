#pragma once

#include <memory>
#include <optional>

#include "question_bank/base/clock.h"
#include "question_bank/package/bank_folder.h"
#include "quiz/protocol/messages.h"
#include "quiz/store/learning_store.h"
#include "quiz/sync/device_config.h"
#include "quiz/sync/sync_report.h"
#include "quiz/sync/transport.h"

namespace qingfeng {

/** What the stages of one pass work on. */
struct SyncContext
{
    LearningStore &store;
    BankFolder &bankFolder;
    const QString &dataFolder;
    DeviceConfig &device;
    const Clock &clock;
    QString reporter; ///< who events of the sync itself are recorded for
    std::shared_ptr<const QuestionBank> bank; ///< in use; null when there is none
    QString bankManifestHash;
    SyncReport report;
};

/**
 * One concern of a pass, as a machine that names its next request and takes the reply. The engine brings
 * credentials, and deals itself with what is the same for all: no reply, 401, 403, 408, 429 and 5xx.
 */
class SyncStage
{
public:
    virtual ~SyncStage() = default;
    /** The next request; none when this stage is done, well or with error(). */
    virtual std::optional<HttpRequest> next() = 0;
    /** The reply to what next() named. */
    virtual void take(const HttpReply &reply) = 0;
    /** Whether a 403 with this problem is about what was sent, and not about the device: then it is taken here. */
    virtual bool concerns(const Problem &) const { return false; }
    /** Why the stage stopped early. The stages after it go on. */
    const std::optional<Error> &error() const { return m_error; }

protected:
    explicit SyncStage(SyncContext &context)
        : m_context(context)
    {
    }
    void stop(Error error)
    {
        if (!m_error) {
            m_error = std::move(error);
        }
    }

    SyncContext &m_context;

private:
    std::optional<Error> m_error;
};

/** The problem document of a reply, if it is one that can be read. */
std::optional<Problem> problemIn(const HttpReply &reply);

/** A reply that has no place where it came, as an error: status and problem code, never the body. */
Error unexpected(const HttpReply &reply);

/** GET of @p path, conditional when @p etag is not empty. */
HttpRequest getRequest(const QByteArray &path, const QString &etag = {});
/** POST of a JSON @p body. */
HttpRequest postRequest(const QByteArray &path, QByteArray body);

} // namespace qingfeng
