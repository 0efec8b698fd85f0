#pragma once

#include "question_bank/base/random.h"
#include "question_bank/model/question.h"

namespace qingfeng {

/**
 * The order in which an item is shown: shuffled without bias (Fisher–Yates), except that what is pinned keeps its
 * place, and a true/false item is never shuffled. For a match it is the targets that are shuffled; the choices stand
 * as the author has them. An order is never shown in its right order, so that what was not touched is not right.
 * Empty for fill-in and case. Returns ids.
 */
QStringList shuffledChoices(const QuestionItem &item, Random &random);

/** The same for each part of a case, by the id of the part; parts with nothing to shuffle are left out. */
QMap<QString, QStringList> shuffledParts(const QuestionVersion &question, Random &random);

} // namespace qingfeng
