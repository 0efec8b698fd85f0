#pragma once

#include "question_bank/base/result.h"
#include "question_bank/model/question_bank.h"

namespace qingfeng {

/**
 * Publishes what is approved in @p bank at its revision, after the revision @p old: a version published there
 * keeps its state and its revision; one that the new sources no longer hold is carried over, withdrawn if its
 * question has no later version, so that the archive can read it.
 *
 * @param old  the bank published before; an empty one for the first publication
 * @return Conflict: a version published in @p old has another content now, or the revision does not follow
 */
Result<void> publishAfter(QuestionBank &bank, const QuestionBank &old);

} // namespace qingfeng
