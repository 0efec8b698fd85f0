#pragma once

#include "question_bank/formats/question_format.h"

/**
 * A question in one line, for tables of expectations: "single 题干: 甲 / *乙 / 丙", right choices with a star;
 * fill-in "题干 [三十|30]"; match "甲=一 乙=二 (三)", unused targets in brackets; order "先 > 后"; case "情景 {…} {…}".
 * A pinned choice has "!" before it, a picture "@" after its text.
 */
QString summary(const qingfeng::QuestionVersion &question);
