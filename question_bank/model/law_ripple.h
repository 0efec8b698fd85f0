#pragma once

#include "question_bank/base/result.h"
#include "question_bank/model/question_bank.h"

/** What a change of the law does to a bank: which versions wait for a second look, and whom that concerns. */
namespace qingfeng {

/**
 * What a change of @p article on @p day would do: the record, with every version that cites the article and
 * is asked today. The bank is left as it is.
 *
 * @return NotFound: the bank has no such article · Conflict: this change is on record already ·
 *         InvalidArgument: no day
 */
Result<LawChange> planLawChange(const QuestionBank &bank, const QString &article, LawChangeKind kind,
    QDate day, const QString &note = {});

/**
 * Records a change and lets it work: the article's window is set, the listed versions go to 待复核. Applying
 * the same record twice changes nothing more.
 */
Result<void> applyLawChange(QuestionBank &bank, const LawChange &change);

/** Codes of the posts whose questions wait because of it, sorted. */
QStringList postsConcerned(const QuestionBank &bank, const LawChange &change);

} // namespace qingfeng
