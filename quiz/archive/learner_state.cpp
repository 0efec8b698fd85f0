#include "quiz/archive/learner_state.h"

#include <algorithm>
#include <cmath>

namespace qingfeng {
namespace {

constexpr int failuresToPause = 3;

double sigma(double x)
{
    return 1.0 / (1.0 + std::exp(-x));
}

} // namespace

double LearnerState::prior(double b) const
{
    return sigma(ability - b);
}

double guessOf(const Attempt &attempt)
{
    if (attempt.guessPpm > 0) {
        return attempt.guessPpm / 1e6;
    }
    const double n = double(attempt.choicesShown.size());
    if (attempt.response.size() > 1) {
        const double subsets = std::exp2(std::min(n, 30.0)) - n - 1.0;
        return subsets > 0 ? 1.0 / subsets : 0.0;
    }
    return n > 1 ? 1.0 / n : 0.0;
}

Counting countAttempt(const Attempt &attempt, const QuizMemory &memory, QuestionHistory &question, LearnerState &person)
{
    if (attempt.outcome == Outcome::Invalid) {
        ++person.invalid;
        return Counting::Invalid;
    }
    const int day = attempt.studyDay;
    if (person.lastStudyDay != 0 && day > person.lastStudyDay + longestGapDays) {
        const bool agreed
            = person.suspectDay != 0 && day > person.suspectDay && day <= person.suspectDay + longestGapDays;
        if (!agreed) {
            person.suspectDay = person.suspectDay != 0 ? std::min(person.suspectDay, day) : day;
            ++person.quarantined;
            return Counting::Quarantined;
        }
    }
    person.suspectDay = 0;

    const bool backwards = day < person.lastStudyDay || (question.asked > 0 && day < question.lastStudyDay);
    const bool right = attempt.outcome == Outcome::Right;
    const double guess = guessOf(attempt);
    const bool firstOfVersion
        = question.asked == 0 || attempt.version > question.version || question.memory.stability <= 0.0;
    const int elapsed = firstOfVersion ? 0 : std::max(day - question.lastStudyDay, 0);
    const bool sameDay = !firstOfVersion && elapsed == 0;

    double expected = firstPrior;
    if (firstOfVersion) {
        const double prior = person.prior();
        question.memory = memory.first(right, prior, guess);
        // Elo on the Rasch scale; frozen when the same question comes again.
        const double chance = guess + (1.0 - guess) * prior;
        const double step = 0.8 / (1.0 + 0.05 * person.exposures);
        person.ability += step * ((right ? 1.0 : 0.0) - chance);
        ++person.exposures;
    } else {
        expected = memory.fsrs().retrievability(elapsed, question.memory.stability);
        question.memory = memory.next(question.memory, elapsed, right, guess);
    }
    if (!sameDay && guess < 1.0) {
        person.recent.append({((right ? 1.0 : 0.0) - guess) / (1.0 - guess), expected});
        if (person.recent.size() > LearnerState::creditLimit) {
            person.recent.removeFirst();
        }
    }

    question.version = std::max(question.version, attempt.version);
    ++question.asked;
    question.right += right ? 1 : 0;
    question.lastRight = right;
    question.lastStudyDay = std::max(question.lastStudyDay, day);
    question.failures = right ? 0 : question.failures + 1;
    if (question.failures >= failuresToPause) {
        question.failures = 0;
        question.pausedUntil = day + pauseDays;
    }
    if (right) {
        question.firstRightDay = question.firstRightDay == 0 ? day : std::min(question.firstRightDay, day);
        question.lastRightDay = std::max(question.lastRightDay, day);
    }

    ++person.valid;
    person.studyDays += person.studyDays == 0 || day > person.lastStudyDay ? 1 : 0;
    person.lastStudyDay = std::max(person.lastStudyDay, day);
    if (backwards) {
        ++person.backwards;
        return Counting::Backwards;
    }
    return Counting::Counted;
}

} // namespace qingfeng
