#pragma once

#include "question_bank/model/question_bank.h"

namespace qingfeng {

/** One law of the state (A-1, A-2 not citable) and one of the Party (B-1). */
void addSampleLaws(QuestionBank &bank);

/** A valid, approved single-choice question with choices a–d and the key "b". */
QuestionVersion sampleQuestion(const QString &id, const QString &riskPoint);

/**
 * A small bank: posts P00, P01, P02; risk points P00-R01 (high), P01-R01 (high), P01-R02 (low), P02-R01
 * (high); on each of them the questions "<risk point>-01" (single) and "-02" (multiple, key a and c).
 */
QuestionBank sampleBank();

} // namespace qingfeng
