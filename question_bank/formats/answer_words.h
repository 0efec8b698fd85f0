#pragma once

#include "question_bank/model/question.h"

#include <optional>

#include <QString>

/** The words in which people name types and say true or false. */
namespace qingfeng {

/** The type meant by a word: 单选题, 多项选择, 判断, fill_in …; nothing for a number or a word unknown. */
std::optional<QuestionType> typeByWord(const QString &word);

/** 单选题 … as this project writes it. */
QString typeWord(QuestionType type);

/** 选择题: choice, one or several is told by the answer. */
bool isAnyChoiceWord(const QString &word);

/** 简答, 论述 and others that no program can mark. */
bool isUnmarkableWord(const QString &word);

/** √, ✓, *, ★ …: what marks an option as right and says nothing where it is missing. */
bool isTick(const QString &text);

/** As truthOf(), and what only the answer of a row or line can mean: 1, 0, X, full-width letters. */
std::optional<bool> truthByWord(const QString &word);

} // namespace qingfeng
