#pragma once

#include "question_bank/model/question_bank.h"

#include <QList>
#include <QString>

namespace qingfeng {

/** An Error keeps a question from being published; a Warning is for a person to judge. */
enum class Severity { Error, Warning };

QString nameOf(Severity severity);

/** One thing a rule found: it shows its evidence and mends nothing. */
struct Finding
{
    Severity severity = Severity::Error;
    QString rule; ///< stable name: "article-not-citable"
    QString object; ///< id of the question, or "bank"
    QString evidence; ///< what was found, in the words of the bank
};

/** Checks every question and the bank as a whole; errors first, then by object. */
QList<Finding> checkBank(const QuestionBank &bank);

/** True when no finding is an error. */
bool isPublishable(const QList<Finding> &findings);

} // namespace qingfeng
