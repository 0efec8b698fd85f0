#pragma once

#include "quiz/archive/attempt.h"
#include "quiz/memory/quiz_memory.h"

#include <QHash>
#include <QList>

namespace qingfeng {

/** What a person's attempts say about one question: kept by the store, rebuilt from attempts at need. */
struct QuestionHistory
{
    int version = 0; ///< highest version answered
    int asked = 0; ///< valid attempts, of every version
    int right = 0;
    int lastStudyDay = 0;
    bool lastRight = false;
    MemoryState memory = {}; ///< of @ref version; stability 0 = none
    int failures = 0; ///< valid failures in a row
    int pausedUntil = 0; ///< first study day on which it may be asked again; 0 = not paused
    int firstRightDay = 0; ///< first and last study day with a right answer; 0 = none
    int lastRightDay = 0;
    bool operator==(const QuestionHistory &) const = default;
};

/** What a person's attempts say about the person, whatever the question. */
struct LearnerState
{
    /** One valid answer against what was expected of it, both free of guessing; λ sums them up. */
    struct Credit
    {
        double earned = 0; ///< z = (y−g)/(1−g): 1 right, below 0 wrong where guessing is possible
        double expected = 0; ///< R̂: recall by the model, or the population's prior at first exposure
        bool operator==(const Credit &) const = default;
    };
    static constexpr qsizetype creditLimit = 80;

    double ability = -0.7081850579244859; ///< θ; at first the logit of firstPrior
    int exposures = 0; ///< questions answered for the first time: what θ rests on
    int valid = 0;
    int invalid = 0; ///< rapid guesses
    int studyDays = 0; ///< days with a valid attempt
    int lastStudyDay = 0; ///< latest that counts; 0 = none
    int suspectDay = 0; ///< a day after a jump, until another agrees with it; 0 = none
    int backwards = 0; ///< attempts whose clock stood before an earlier one's: elapsed time counted 0
    int quarantined = 0; ///< attempts after a jump of more than 400 days: not counted
    QList<Credit> recent; ///< of the last valid answers, oldest first, at most creditLimit
    bool operator==(const LearnerState &) const = default;

    /** p̂ = σ(θ−b): chance that a question of difficulty @p b, never asked, is known. */
    double prior(double b = 0.0) const;
};

/** What became of an attempt when it was counted. */
enum class Counting { Counted, Invalid, Backwards, Quarantined };

/**
 * Counts the next attempt of a person, in chain order, in what is kept of the question and of the person. State is
 * nothing but this function applied to every attempt, so it can always be rebuilt, with other parameters too.
 *
 * - A rapid guess changes nothing but a counter.
 * - A higher version than was answered before is unseen: its memory starts anew.
 * - Three valid failures in a row pause the question for 60 days.
 * - The same study day uses the same-day formula and earns no credit.
 * - A day before the last counts as no time at all and is told (Backwards); a jump of more than 400 days is set
 *   aside (Quarantined) until an answer on a later day agrees with it.
 */
Counting countAttempt(const Attempt &attempt, const QuizMemory &memory, QuestionHistory &question, LearnerState &person);

/**
 * Chance of a right answer by guessing: as recorded, or, for attempts that do not say, judged by the choices shown:
 * one of n, or a subset of at least two of n when several were chosen.
 */
double guessOf(const Attempt &attempt);

/** Days a question rests after three valid failures in a row. */
inline constexpr int pauseDays = 60;
/** A longer gap between two answers of a person than this is taken for a wrong clock, in days. */
inline constexpr int longestGapDays = 400;

/** Everything that one person's attempts say. */
struct LearnerRecord
{
    LearnerState person;
    QHash<QString, QuestionHistory> questions; ///< by question id

    Counting count(const Attempt &attempt, const QuizMemory &memory)
    {
        return countAttempt(attempt, memory, questions[attempt.question], person);
    }
};

} // namespace qingfeng
