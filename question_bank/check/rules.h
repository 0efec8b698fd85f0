#pragma once

#include "question_bank/check/check.h"

namespace qingfeng::rules {

/** Risk points and articles exist, are citable, and what goes to everybody rests on state law. */
void references(const QuestionBank &bank, const QuestionVersion &question, QList<Finding> &findings);
/** Choices and answer fit the question type. */
void answerForm(const QuestionVersion &question, QList<Finding> &findings);
/** Stem, choices and explanation are there and of readable length; the keyword occurs. */
void texts(const QuestionVersion &question, QList<Finding> &findings);
/** Retired names, 以上都对, and Party sanctions beside state sanctions. */
void wording(const QuestionVersion &question, QList<Finding> &findings);
/** An approved question was reviewed by another person than its author. */
void review(const QuestionVersion &question, QList<Finding> &findings);

/** Over the whole bank: answer letters balanced, the key not given away by its length. */
void balance(const QuestionBank &bank, QList<Finding> &findings);

} // namespace qingfeng::rules
