#pragma once

#include "question_bank/formats/question_format.h"

#include <optional>

/** What the formats share in turning their texts into ours and back. */
namespace qingfeng {

/** The explanation as one text: its parts behind 【行为】【依据】【后果】【正确做法】, a line each; empty
 * parts left out. */
QString joinExplanation(const Explanation &explanation);

/** Splits such a text again; a text without the labels becomes `why`, and so does what stands before the
 * first. */
Explanation splitExplanation(const QString &text);

/** Name of a picture as media: SHA-256 of @p bytes and the extension of its content; empty: no picture we
 * show. */
QString pictureName(const QByteArray &bytes);

/** 对, 正确, √, T, true, yes … as true, 错, 错误, ×, F … as false; nothing for any other word. */
std::optional<bool> truthOf(const QString &word);

/** True when the two choices are the two words of a true/false question, in any order. */
bool isTrueFalsePair(const QString &first, const QString &second);

/** The two choices that every true/false question has. */
QList<Choice> trueFalseChoices();

/** Id of the choice at @p position: "a" … "z", then "aa" … */
QString letterId(qsizetype position);

/** Space, tab, line feed, carriage return, form feed. */
bool isAsciiSpace(QChar c);

/** Trims, joins runs of spaces, cuts trailing space of lines and more than one empty line; "\r\n" becomes
 * "\n". */
QString tidyText(const QString &text);

/** The stem and choices without spaces, punctuation and width: equal for what a person calls the same
 * question. */
QByteArray questionFingerprint(const QuestionVersion &question);

} // namespace qingfeng
