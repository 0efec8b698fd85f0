#pragma once

#include "question_bank/check/check.h"

#include <QVarLengthArray>

namespace qingfeng::rules {

/** Collects findings; the severity is the rule's. */
class Findings
{
public:
    void add(const char *rule, const QString &object, const QString &evidence);
    void add(const char *rule, const QuestionVersion &question, const QString &evidence)
    {
        add(rule, question.id, evidence);
    }
    QList<Finding> take() { return std::move(m_findings); }

private:
    QList<Finding> m_findings;
};

/** One thing that is asked, and how to name it: the question itself, or a part of a case ("2: "). */
struct AskedItem
{
    const QuestionItem *item = nullptr;
    QString place;
};

/** What a question asks: itself, or the parts of a case. */
QVarLengthArray<AskedItem, 6> askedItems(const QuestionVersion &question);
/** Texts of an item's choices, right ones or wrong ones, in order. */
QStringList choiceTexts(const QuestionItem &item, bool right);
QString explanationText(const QuestionVersion &question);
/** Stem, choices, targets and accepted wordings of everything asked. */
QString askedText(const QuestionVersion &question);

// Of one question. Each is pure and independent of the others.
/** Risk points and articles exist, are citable, and what goes to everybody rests on state law. */
void references(const QuestionBank &bank, const QuestionVersion &question, Findings &findings);
/** The validity window lies within those of the laws. */
void windows(const QuestionBank &bank, const QuestionVersion &question, Findings &findings);
/** Choices, blanks, pairs, order and parts fit the type. */
void form(const QuestionVersion &question, Findings &findings);
/** Stem, choices and explanation are there and of readable length; the keywords occur. */
void texts(const QuestionBank &bank, const QuestionVersion &question, Findings &findings);
/** Retired and banned words, 以上都对, Party beside state sanctions, names, quotations. */
void wording(const QuestionVersion &question, Findings &findings);
/** The right choice is not given away by its length or by absolute words in the others. */
void giveaways(const QuestionVersion &question, Findings &findings);
/** Articles, editions and document numbers that the text names are the cited ones. */
void citations(const QuestionBank &bank, const QuestionVersion &question, Findings &findings);
/** Every number of stem and key stands in a cited article. */
void numbers(const QuestionBank &bank, const QuestionVersion &question, Findings &findings);
/** The explanation does not contradict the key. */
void keyAndExplanation(const QuestionVersion &question, Findings &findings);
/** Another person than the author reviewed it. */
void review(const QuestionVersion &question, Findings &findings);
/** Pictures exist and say what they show. */
void pictures(const QuestionBank &bank, const QuestionVersion &question, Findings &findings);

// Of the bank.
/** Answer letters balanced, true and false too, the key not the longest choice too often. */
void balance(const QList<const QuestionVersion *> &questions, Findings &findings);
/** Enough questions for each risk point and post. */
void coverage(const QuestionBank &bank, const QList<const QuestionVersion *> &questions, Findings &findings);
/** Questions that say nearly the same. */
void duplicates(const QList<const QuestionVersion *> &questions, Findings &findings);
/** Themes and stories refer to what exists, and have days. */
void themes(const QuestionBank &bank, Findings &findings);
/** Pictures that nothing uses. */
void unusedPictures(const QuestionBank &bank, Findings &findings);

} // namespace qingfeng::rules
