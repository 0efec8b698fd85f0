#pragma once

#include <QDate>
#include <QList>
#include <QString>
#include <QStringList>

namespace qingfeng {

enum class QuestionType { Single, Multiple, TrueFalse, FillIn, Case, Match, Order };
enum class Audience { All, Party, Leader, Auxiliary };
enum class Difficulty { Easy, Medium, Hard };
enum class ReviewState { Draft, InReview, Approved, Published, Withdrawn };

/** 选项. A response names its id, never its position. */
struct Choice
{
    QString id; ///< unique within the version: "a", "b" …; "true"/"false" for a true/false question
    QString text;
    bool pinned = false; ///< keeps its place when choices are shuffled
    bool operator==(const Choice &) const = default;
};

/** 解析, in the four parts that every explanation has. Plain text. */
struct Explanation
{
    QString act; ///< what the act is
    QString why; ///< why it is forbidden
    QString consequence;
    QString instead; ///< what to do instead
    bool operator==(const Explanation &) const = default;
};

/**
 * One version of a question (题目): what is asked. Immutable once published; the question itself is only the
 * identity @ref id that its versions share. An attempt names (id, version).
 */
struct QuestionVersion
{
    QString id; ///< "P03-R05-01"
    int version = 1;
    QuestionType type = QuestionType::Single;
    QString stem;
    QList<Choice> choices; ///< in the author's order
    QStringList answer; ///< ids of the right choices, sorted
    Explanation explanation;
    QStringList riskPoints; ///< at least one
    QStringList articles; ///< at least one, citable
    Audience audience = Audience::All;
    Difficulty difficulty = Difficulty::Medium;
    QString keyword;
    QDate validFrom;
    QDate validUntil; ///< last day; invalid = open
    QString author;
    QString reviewer; ///< another person than the author
    QDate reviewedOn;
    ReviewState state = ReviewState::Draft;
    bool operator==(const QuestionVersion &) const = default;

    bool isInForce(QDate day) const;
    const Choice *choice(const QString &choiceId) const;
};

/**
 * Chance of a right answer by blind guessing, in 0…1: 1/2 for true/false, 1/n for one of n, and 1/(2^n − n − 1)
 * for a subset of at least two of n (LEARNING: about 1/11 for four).
 */
double guessChance(const QuestionVersion &question);

} // namespace qingfeng
