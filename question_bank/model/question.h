#pragma once

#include "question_bank/model/rare.h"

#include <QDate>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <array>

namespace qingfeng {

enum class QuestionType { Single, Multiple, TrueFalse, FillIn, Case, Match, Order };
enum class Audience { All, Party, Leader, Auxiliary };
enum class Difficulty { Easy, Medium, Hard };
/** 草稿, 待审, 已审核, 已发布, 停用, 待复核: a law that it cites has changed. See review.h for the steps. */
enum class ReviewState { Draft, InReview, Approved, Published, Withdrawn, Recheck };

/** A picture, held by the bank as media. */
struct Picture
{
    QString media; ///< name of the media object: its SHA-256 in hex and the extension, "3fa9….png"; empty = none
    QString alt; ///< what it shows, for those who cannot see it
    bool operator==(const Picture &) const = default;
};

/** 选项. A response names its id, never its position. */
struct Choice
{
    QString id; ///< unique within the item: "a", "b" …; "true"/"false" for a true/false item
    QString text;
    bool pinned = false; ///< keeps its place when choices are shuffled
    Rare<Picture> picture = {};
    bool operator==(const Choice &) const = default;
};

/** 空: one blank of a fill-in item; the stem shows it as "____". */
struct Blank
{
    QString id; ///< unique within the item: "1", "2" … in the order of the stem
    QStringList accepted; ///< every wording that counts as right, the best one first
    bool operator==(const Blank &) const = default;
};

/**
 * What is asked and what is right, by @ref type:
 *
 * | type | uses |
 * |---|---|
 * | Single, Multiple, TrueFalse | choices; answer = ids of the right ones, sorted |
 * | FillIn | blanks |
 * | Match | choices on the left, targets on the right (more targets than choices are distractors); pairs |
 * | Order | choices as the author lists them; answer = ids in the right order |
 * | Case | the stem is the scene; QuestionVersion::parts are asked |
 */
struct QuestionItem
{
    QuestionType type = QuestionType::Single;
    QString stem;
    QList<Choice> choices; ///< in the author's order
    QStringList answer;
    QList<Choice> targets;
    QMap<QString, QString> pairs; ///< choice id → id of its target
    QList<Blank> blanks;
    Rare<Picture> picture;
    bool operator==(const QuestionItem &) const = default;

    const Choice *choice(const QString &choiceId) const;
};

/** 小题: one sub-question of a case. Never a case itself. */
struct QuestionPart : QuestionItem
{
    QString id; ///< unique within the question: "1", "2" …
    bool operator==(const QuestionPart &) const = default;
};

/**
 * 解析, in the four parts that every explanation has. Plain text. The parts are kept as one text, for a bank holds
 * very many of them and each text costs as much again as a short part is long.
 */
class Explanation
{
public:
    enum Part { Act, Why, Consequence, Instead };

    Explanation() = default;
    Explanation(const QString &act, const QString &why, const QString &consequence, const QString &instead);

    QString act() const { return part(Act); } ///< what the act is
    QString why() const { return part(Why); } ///< why it is forbidden
    QString consequence() const { return part(Consequence); }
    QString instead() const { return part(Instead); } ///< what to do instead

    QString part(Part part) const;
    void setPart(Part part, const QString &text);
    bool isEmpty() const { return m_text.isEmpty(); }

    bool operator==(const Explanation &) const = default;

private:
    QString m_text;
    std::array<qint32, 3> m_ends{}; ///< where each part but the last ends in @ref m_text
};

/**
 * One version of a question (题目): what is asked. Immutable once published; the question itself is only the
 * identity @ref id that its versions share. An attempt names (id, version).
 */
struct QuestionVersion : QuestionItem
{
    QString id; ///< "P03-R05-01"
    int version = 1;
    QList<QuestionPart> parts; ///< of a case: at least one
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
    QString source; ///< 来源: 原创, 改编, 上级下发, with a note; may be empty
    ReviewState state = ReviewState::Draft;
    QString stateReason; ///< why it was sent back, withdrawn or called for a recheck; may be empty
    qint64 publishedRevision = 0; ///< bank revision that published it first; 0 = not published
    bool operator==(const QuestionVersion &) const = default;

    bool isInForce(QDate day) const;
};

/**
 * Chance of a right answer by blind guessing, in 0…1: 1/2 for true/false, 1/n for one of n, 1/(2^n − n − 1) for a
 * subset of at least two of n (LEARNING: about 1/11 for four), 1/n! for an order, one in all injections for a
 * match, 0 for fill-in, and for a case the chance that every part is guessed right.
 */
double guessChance(const QuestionItem &item);
double guessChance(const QuestionVersion &question);

} // namespace qingfeng
