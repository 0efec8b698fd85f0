#pragma once

#include "question_bank/model/question_bank.h"

#include <QList>
#include <QString>

namespace qingfeng {

/** An Error keeps a question from being published; a Warning is for a person to judge. */
enum class Severity { Error, Warning };

QString nameOf(Severity severity);

/** A rule that banks are checked by. docs/question-bank.md lists them. */
struct Rule
{
    QString name; ///< stable: "article-not-citable"
    Severity severity = Severity::Error;
    QString text; ///< what it asks for, in Chinese, for people
};

/** Every rule, in the order of the documentation. */
const QList<Rule> &allRules();
/** The rule of this name, or nullptr. */
const Rule *ruleNamed(const QString &name);

/** One thing a rule found: it shows its evidence and mends nothing. */
struct Finding
{
    Severity severity = Severity::Error;
    QString rule; ///< stable name: "article-not-citable"
    QString object; ///< id of the question, risk point, post or theme, or "bank"
    QString evidence; ///< what was found, in the words of the bank
    bool operator==(const Finding &) const = default;
};

/** A warning that somebody gave a written reason for. */
struct AcceptedFinding
{
    Finding finding;
    QString reason;
    bool operator==(const AcceptedFinding &) const = default;
};

/** All that a check says. */
struct CheckReport
{
    QList<Finding> findings; ///< errors first, then in the order of the bank
    QList<AcceptedFinding> accepted; ///< not among the findings; an error cannot be accepted

    qsizetype errors() const;
    qsizetype warnings() const { return findings.size() - errors(); }
};

/**
 * Checks every question that is or may be asked (the highest version unless it is withdrawn) and the bank as
 * a whole. A hundred thousand questions take seconds.
 */
CheckReport reportOn(const QuestionBank &bank);

/** The findings of reportOn(). */
QList<Finding> checkBank(const QuestionBank &bank);

/** Checks one question as it would stand in @p bank, without what needs the whole bank. For editors, as one
 * types. */
QList<Finding> checkQuestion(const QuestionBank &bank, const QuestionVersion &question);

/** True when no finding is an error. */
bool isPublishable(const QList<Finding> &findings);

} // namespace qingfeng
