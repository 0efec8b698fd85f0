#pragma once

#include "quiz/archive/learner_state.h"
#include "quiz/people/roster.h"

#include "question_bank/model/question_bank.h"

#include <QDate>
#include <QHash>
#include <QList>
#include <QSet>

#include <functional>
#include <optional>

namespace qingfeng {

class SelectionIndex;

/** A question that must be asked by a day: ordered by the administrator, or because its law has changed. */
struct Mandate
{
    enum class Kind { Ordered, ChangedLaw };
    QString question;
    int version = 0; ///< fulfilled by a valid answer to this version or a later one
    QDate deadline; ///< last day; invalid = open
    Kind kind = Kind::Ordered;
};

/** Everything a choice may depend on. Same request, same choice. */
struct SelectionRequest
{
    const QuestionBank *bank = nullptr;
    const SelectionIndex *index = nullptr; ///< of @ref bank; made for this one request when there is none
    Person person;
    QStringList posts; ///< held today, main first; the common post is always added
    QDate today;
    int studyDay = 0; ///< max(today, last recorded)
    QHash<QString, QuestionHistory> history; ///< by question id
    LearnerState learner;
    QSet<QString> askedToday; ///< question ids shown this study day: never again the same day
    QString lastRiskPoint; ///< of the question before, to change the subject
    QStringList recent; ///< questions answered last, newest first: how many slots themes and mandates have had
    QList<Mandate> mandates;
    QHash<QString, QString> themeOf; ///< question id → theme that runs today
    double themeShare = 0.20; ///< of slots; themes and mandates together have at most 0.40
    bool ignorePauses = false; ///< when nothing else is left
    QString only; ///< question id: nothing else may be chosen; empty = no such limit
    std::function<bool(const QuestionVersion &)> fits; ///< what the reader narrowed the choice to, or empty
    quint64 seed = 0; ///< another seed, another order among equals
};

/** Why this question: data, from which the interface makes the sentence in the reader's language. */
struct SelectionReason
{
    enum class Kind {
        NewHighRisk,
        NewRisk,
        AnsweredWrong,
        LongAgo,
        NewVersion, ///< revised since it was answered
        Faded, ///< answered right, but recall is expected to have fallen
        Mandatory,
        ChangedLaw,
        Theme,
        Sibling, ///< in place of a question that was missed three times; show @ref article with it
    };
    Kind kind = Kind::NewRisk;
    QString post; ///< the post it was chosen for
    QString riskPoint;
    RiskGrade grade = RiskGrade::Medium;
    int daysSince = 0; ///< since it was last asked; 0 when never
    int postHeldDays = 0; ///< 1 … 90: the post was taken up so many days ago; 0 = longer, or not known
    double recall = 0; ///< Faded: expected chance of knowing it still, in 0…1
    QString theme = {};
    QDate deadline = {};
    QString article = {}; ///< Sibling: what both questions rest on
};

/** What a score is made of, for `select --explain`. */
struct ScoreParts
{
    /** The first of the policy's gates that let it through; what passed an earlier gate is asked sooner. */
    enum class Gate { Score, Sibling, Theme, Mandate };
    Gate gate = Gate::Score;
    bool otherRiskPoint = true; ///< than the question before
    double weight = 0; ///< of the severity: 4, 2, 1
    double gain = 0; ///< expected, in mean recall over the horizon
    double discount = 1; ///< 0.7 when it was seen
    double prior = 0; ///< p̂, when it was not seen
    double recall = 0; ///< R, when it was seen
    double stability = 0; ///< S in days, when it was seen
    int elapsedDays = 0;
    bool untestedRiskPoint = false;
    quint64 tie = 0; ///< hash of person, question and day: the last resort
};

/** A candidate with its rank. Of two at the same gate, the higher score is asked sooner. */
struct ScoredQuestion
{
    QString question;
    int version = 0;
    double score = 0;
    SelectionReason reason;
    ScoreParts parts;
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
    /** The first of rank(), found without ranking the rest where the policy can. */
    virtual std::optional<ScoredQuestion> next(const SelectionRequest &request) const;
};

/**
 * Whether a question of this type suits the gate: read and answered in a minute, by choosing. What has to be typed,
 * matched or read as a whole case belongs to study and tests; the gate asks it only when there is nothing else.
 */
bool isForGate(QuestionType type);

/**
 * Whether a question may be asked at all: of the person's posts today or the common post, approved or
 * published, in force, for his status (a question on Party rules alone never for a non-member), askable, not
 * paused, not shown today.
 */
bool isEligible(const QuestionVersion &question, const SelectionRequest &request);

/** The risk point that a question is asked for: of an own post when there is one, the most severe first. */
const RiskPoint *riskPointFor(const QuestionVersion &question, const QuestionBank &bank, const QStringList &posts);

} // namespace qingfeng
