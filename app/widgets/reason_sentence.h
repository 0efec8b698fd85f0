#pragma once

#include "quiz/selection/selector.h"

namespace qingfeng {

/**
 * Why this question was chosen, as a calm sentence for the reader:
 * 稽查·检查岗的高风险点「…」,还没有问过您.
 *
 * @param posts  held by the reader today; a post beyond them is called common
 */
QString reasonSentence(const SelectionReason &reason, const QuestionBank &bank, const QStringList &posts);

} // namespace qingfeng
