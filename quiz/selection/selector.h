#pragma once

#include "quiz/people/roster.h"

#include "question_bank/model/question_bank.h"

#include <QDate>
#include <QHash>
#include <QList>
#include <QSet>

#include <optional>

namespace qingfeng {

/** What a learner's attempts say about one question: kept by the store, rebuilt from attempts at need. */
struct QuestionHistory
{
    int version = 0; ///< highest version answered
    int asked = 0; ///< valid attempts
    int right = 0;
    int lastStudyDay = 0;
    bool lastRight = false;
};

/** Everything a choice may depend on. Same request, same choice. */
struct SelectionRequest
{
    const QuestionBank *bank = nullptr;
    Person person;
    QStringList posts; ///< held today, main first; the common post is always added
    QDate today;
    int studyDay = 0;
    QHash<QString, QuestionHistory> history; ///< by question id
    QSet<QString> askedToday; ///< question ids shown this study day: never again the same day
    QString lastRiskPoint; ///< of the question before, to change the subject
};

/** Why this question: data, from which the interface makes the sentence in the reader's language. */
struct SelectionReason
{
    enum class Kind { NewHighRisk, NewRisk, AnsweredWrong, LongAgo, NewVersion };
    Kind kind = Kind::NewRisk;
    QString post; ///< the post it was chosen for
    QString riskPoint;
    RiskGrade grade = RiskGrade::Medium;
    int daysSince = 0; ///< since it was last asked; 0 when never
};

/** A candidate with its rank, for `select --explain`. Higher is asked sooner. */
struct ScoredQuestion
{
    QString question;
    int version = 0;
    double score = 0;
    SelectionReason reason;
};

/** Chooses what to ask next. The learning policy and its rivals in the simulator implement it. */
class Selector
{
public:
    virtual ~Selector() = default;
    /** Stable name of the policy, as in `simulate --policy`. */
    virtual QString name() const = 0;
    /** Eligible questions, best first; empty when none is eligible. Deterministic. */
    virtual QList<ScoredQuestion> rank(const SelectionRequest &request) const = 0;
    std::optional<ScoredQuestion> next(const SelectionRequest &request) const;
};

/**
 * Whether a question may be asked at all: of the person's posts today or the common post, approved or
 * published, in force, for his status (a question on Party rules alone never for a non-member), of a type this
 * program can ask, not shown today.
 */
bool isEligible(const QuestionVersion &question, const SelectionRequest &request);

} // namespace qingfeng
