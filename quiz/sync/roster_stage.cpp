#include "quiz/sync/roster_stage.h"

#include "question_bank/base/canonical_json.h"
#include "quiz/protocol/paths.h"

namespace qingfeng {
namespace {

QString rosterDocument()
{
    return QStringLiteral("roster");
}

} // namespace

RosterStage::RosterStage(SyncContext &context)
    : SyncStage(context)
{
}

std::optional<HttpRequest> RosterStage::next()
{
    if (m_asked) {
        return std::nullopt;
    }
    m_asked = true;
    const auto known = m_context.store.document(rosterDocument());
    const bool usable = known && m_context.store.roster();
    return getRequest(QByteArray(paths::rosterMe.data(), paths::rosterMe.size()), usable ? known->first : QString());
}

void RosterStage::take(const HttpReply &reply)
{
    if (reply.status == 304) {
        return;
    }
    const auto object = parseJsonObject(reply.body);
    const auto answer = object ? rosterAnswerFromJson(*object) : object.error();
    if (reply.status != 200 || !answer) {
        stop(unexpected(reply));
        return;
    }
    const QByteArray body = canonicalJson(toJson(answer->roster));
    const auto known = m_context.store.document(rosterDocument());
    const QString etag = QString::fromLatin1(reply.header(QByteArrayLiteral("ETag")));
    const bool changed = !known || known->second != body;
    if (!changed && known->first == etag) {
        return;
    }
    const auto saved = m_context.store.saveDocument(rosterDocument(), etag, body);
    if (!saved) {
        stop(saved.error());
        return;
    }
    m_context.report.rosterChanged = changed;
}

} // namespace qingfeng
