#include "question_bank/model/publication.h"

#include "question_bank/model/review.h"

namespace qingfeng {
namespace {

QString whereOf(const QuestionVersion &question)
{
    return QStringLiteral("%1 version %2").arg(question.id).arg(question.version);
}

/** A version that the new sources no longer hold. */
Result<QuestionVersion> carriedOver(const QuestionVersion &before, bool superseded)
{
    if (superseded || before.state == ReviewState::Withdrawn) {
        return before;
    }
    return withdraw(before, QStringLiteral("no longer among the sources"));
}

} // namespace

Result<void> publishAfter(QuestionBank &bank, const QuestionBank &old)
{
    if (bank.revision <= old.revision) {
        return Error(ErrorCode::Conflict,
            QStringLiteral("revision %1 does not follow the published revision %2: raise it")
                .arg(bank.revision)
                .arg(old.revision));
    }
    const QList<QuestionVersion> questions = bank.questions();
    for (const QuestionVersion &question : questions) {
        const QuestionVersion *before = old.question(question.id, question.version);
        QuestionVersion next = question;
        if (before && wasPublished(*before)) {
            if (!sameContent(*before, question)) {
                return Error(ErrorCode::Conflict,
                    QStringLiteral("a published version never changes: give what is new the version %1")
                        .arg(question.version + 1),
                    whereOf(question));
            }
            next.publishedRevision = before->publishedRevision;
            if (question.state == ReviewState::Approved) {
                next.state = ReviewState::Published;
            }
        } else if (question.state == ReviewState::Approved) {
            const auto published = publish(question, bank.revision);
            if (!published) {
                return published.error();
            }
            next = *published;
        }
        if (const auto added = bank.add(next); !added) {
            return added;
        }
    }
    for (const QuestionVersion &before : old.questions()) {
        if (!wasPublished(before) || bank.question(before.id, before.version)) {
            continue;
        }
        const auto carried = carriedOver(before, bank.latest(before.id) != nullptr);
        const auto added = carried ? bank.add(*carried) : carried.error();
        if (!added) {
            return added;
        }
    }
    return {};
}

} // namespace qingfeng
