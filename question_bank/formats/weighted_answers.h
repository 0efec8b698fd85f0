#pragma once

#include "question_bank/formats/question_format.h"

namespace qingfeng {

/** An answer with its weight, as GIFT and Moodle XML have them. */
struct WeightedAnswer
{
    QString text;
    Rare<Picture> picture;
    double percent = 0; ///< 100 = full marks
    QString feedback;
};

/**
 * Fills in a choice item from weighted answers: what earns something is right. Two choices that read 对 and
 * 错 make a true/false item. Weights that we do not keep, or that Moodle does not know, are named in @p
 * notes.
 *
 * @param oneOnly  only one answer may be chosen
 * @return why it is no question of ours; empty when it is
 */
QString settleChoices(
    QuestionItem &item, const QList<WeightedAnswer> &answers, bool oneOnly, QStringList &notes);

/** The wordings that earn full marks; the rest is named in @p notes. Wildcards are refused. */
QStringList acceptedWordings(const QList<WeightedAnswer> &answers, QStringList &notes);

/**
 * An item of one blank, at the place that @p stem shows, or at its end when it shows none.
 * @return why it is no question of ours; empty when it is
 */
QString settleBlank(QuestionItem &item, const QString &stem, const QStringList &accepted);

/** Takes the feedback of single answers into the explanation, each with the answer that it speaks of. */
void addAnswerFeedback(Explanation &explanation, const QList<WeightedAnswer> &answers);

/** "18" or "18.5" when number and tolerance mean one value alone; empty for a range and for what is no
 * number. */
QString exactNumber(const QString &number, const QString &tolerance);

/** A match of these pairs; an empty left side makes a distractor. Equal texts on the right are one target. */
QString settlePairs(QuestionItem &item, const QList<QPair<Choice, QString>> &pairs);

/** An order of these choices as they stand; they are listed by their text, so that the list does not tell the
 * order. */
QString settleOrder(QuestionItem &item, QList<Choice> inRightOrder);

} // namespace qingfeng
