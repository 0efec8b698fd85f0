#include "quiz/sync/annotation_stage.h"

#include <algorithm>

#include "question_bank/base/canonical_json.h"
#include "quiz/protocol/paths.h"

namespace qingfeng {

AnnotationStage::AnnotationStage(SyncContext &context)
    : SyncStage(context)
{
}

std::optional<HttpRequest> AnnotationStage::next()
{
    if (m_done || error()) {
        return std::nullopt;
    }
    const auto held = m_context.store.annotationCount();
    if (!held) {
        stop(held.error());
        return std::nullopt;
    }
    return getRequest(QByteArray(paths::annotations.data(), paths::annotations.size())
        + "?store=" + m_context.store.storeId().toLatin1() + "&after=" + QByteArray::number(*held));
}

void AnnotationStage::take(const HttpReply &reply)
{
    if (reply.status == 404) { // or nothing of this store has been sent yet
        m_done = true;
        return;
    }
    const auto object = parseJsonObject(reply.body);
    const auto page = object ? annotationPageFromJson(*object) : object.error();
    if (reply.status != 200 || !page) {
        stop(unexpected(reply));
        return;
    }
    const bool ours = std::all_of(
        page->annotations.cbegin(), page->annotations.cend(), [this](const Annotation &annotation) {
            return annotation.store == m_context.store.storeId()
                && verifyAnnotation(annotation, m_context.device.receiptKey);
        });
    if (!ours) {
        stop(Error(ErrorCode::Corrupt, QStringLiteral("an annotation is not signed by the server for this store")));
        return;
    }
    const auto kept = m_context.store.addAnnotations(page->annotations);
    if (!kept) {
        stop(kept.error());
        return;
    }
    m_context.report.annotationsReceived += int(page->annotations.size());
    m_done = !page->more || page->annotations.isEmpty();
}

} // namespace qingfeng
