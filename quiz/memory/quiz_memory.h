#pragma once

#include "quiz/memory/fsrs.h"

namespace qingfeng {

/** Recall of an item that nobody has been asked yet: the population's prior p̂ until an ability is known. */
inline constexpr double firstPrior = 0.33;

/** The horizon over which a gain is averaged, in days. */
inline constexpr double gainHorizonDays = 180;

/**
 * From a quiz answer to memory: a right answer may have been a guess (chance g, see guessChance()), so it counts
 * as Good only with the probability q that it was known, and as Again with the rest: stability is blended on the
 * logarithm, difficulty linearly. Response time never makes Hard or Easy. Pure; safe from any thread.
 */
class QuizMemory
{
public:
    explicit QuizMemory(const FsrsParameters &parameters = {});

    const Fsrs &fsrs() const { return m_fsrs; }

    /** q = p/(p + (1−p)g): that a right answer was known, not guessed. 1 when it cannot be guessed. */
    static double known(double p, double guess);

    /**
     * After the first answer to a question. Right blends the stability of an easy first review (w3) with that of
     * a failed one (w0), and the difficulties of Good and Again.
     * @param prior  p̂, chance that it was known before
     */
    MemoryState first(bool right, double prior, double guess) const;
    /** After a later answer, @p elapsedDays (0 = the same study day) after the one before. */
    MemoryState next(const MemoryState &state, double elapsedDays, bool right, double guess) const;

    /**
     * Expected gain in mean recall over the horizon from asking a question that was seen:
     * R·V(0, S_success) + (1−R)·V(0, S_fail) − V(t, S).
     */
    double gainOfSeen(const MemoryState &state, double elapsedDays) const;
    /** Never below gainOfSeen(), and cheap: what will have been forgotten at the end of the horizon, 1 − R(t+H, S). */
    double mostGainOfSeen(const MemoryState &state, double elapsedDays) const;
    /** The same for one never seen: (1−p̂)·V(0, w0) + 0.15·p̂. */
    double gainOfUnseen(double prior) const;

    /** What a gain is multiplied with besides the weight of its severity: what was seen counts 0.7. */
    static constexpr double seenDiscount = 0.7;

private:
    Fsrs m_fsrs;
    double m_freshRecall = 0; ///< V(0, w0)
};

} // namespace qingfeng
