#pragma once

#include "question_bank/base/result.h"
#include "question_bank/model/question.h"

/**
 * The way of a version from draft to publication (审核): 草稿 → 待审 → 已审核 → 已发布 → 停用, with 待复核
 * when a law it cites has changed. Each function returns the version in its new state, or
 * - Conflict: the version is not in the state that this step starts from
 * - NotPermitted: the reviewer is the author
 * - InvalidArgument: a name or reason that must be given is empty
 */
namespace qingfeng {

/** Draft → InReview. */
Result<QuestionVersion> submitForReview(QuestionVersion question);
/** InReview → Draft, with the reason for the author. */
Result<QuestionVersion> sendBack(QuestionVersion question, const QString &reviewer, const QString &reason);
/** InReview → Approved, by another person than the author. */
Result<QuestionVersion> approve(QuestionVersion question, const QString &reviewer, QDate day);
/** Approved → Published at a bank revision; from here on its content never changes. */
Result<QuestionVersion> publish(QuestionVersion question, qint64 revision);
/** Approved, Published or Recheck → Withdrawn: no longer asked, readable for the archive. */
Result<QuestionVersion> withdraw(QuestionVersion question, const QString &reason);
/** Approved or Published → Recheck: a law that it cites has changed, it is not asked until somebody looked.
 */
Result<QuestionVersion> callForRecheck(QuestionVersion question, const QString &reason);
/** Recheck → what it was before: looked at by another person than the author, and right still. */
Result<QuestionVersion> confirmUnchanged(QuestionVersion question, const QString &reviewer, QDate day);
/** A draft of the version that follows @p question, by @p author. */
QuestionVersion nextVersion(const QuestionVersion &question, const QString &author);

/** True once the version was published: its content is fixed for good. */
bool wasPublished(const QuestionVersion &question);
/** True when two versions ask and explain the same; state, review and the reason for the state may differ. */
bool sameContent(const QuestionVersion &a, const QuestionVersion &b);
/** True for versions that may be put before people. */
bool isAskable(const QuestionVersion &question);

} // namespace qingfeng
