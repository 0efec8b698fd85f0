#pragma once

#include "question_bank/formats/weighted_answers.h"

namespace qingfeng {

/** Where an answer is asked inside a text, as Moodle's cloze and "select missing words" and QTI's items have it. */
struct AnswerField
{
    enum Kind { Words, OneOf, ManyOf };
    Kind kind = Words;
    QList<WeightedAnswer> answers;
};

/** Stands for a field in a text; a noncharacter, so that no text has it of its own. */
constexpr char16_t fieldMark = 0xfdd0;

/**
 * Makes a question of a text with fieldMark at the place of each field: fill-in when words are asked alone, single or
 * multiple when there is one choice, else a case. Parts of a case stand behind （1） （2） at the beginning of a line,
 * or, without such numbers, where their field is: its line is what is asked, the lines before the first are the scene.
 *
 * @return why it is no question of ours; empty when it is
 */
QString settleFields(QuestionVersion &question, const QString &text, const QList<AnswerField> &fields,
    const QString &title, QStringList &notes);

/**
 * Moodle's cloze fields, "{1:MULTICHOICE:=a~b}", taken out of a text and replaced by fieldMark.
 * @return why a field is none that we read; empty when all are
 */
QString takeClozeFields(QString &text, QList<AnswerField> &fields, QStringList &notes);

/** A case or a fill-in as the text of a cloze question, in HTML; empty: there is something that cloze cannot hold. */
QString clozeText(const QuestionVersion &question);

} // namespace qingfeng
