#pragma once

#include "question_bank/base/random.h"
#include "question_bank/model/question.h"

namespace qingfeng {

/**
 * The order in which choices are shown: shuffled without bias (Fisher–Yates), except that a pinned choice keeps
 * its place, and a true/false question is never shuffled. Returns choice ids.
 */
QStringList shuffledChoices(const QuestionVersion &question, Random &random);

} // namespace qingfeng
