#pragma once

#include "question_bank/base/result.h"

#include <QList>

#include <array>

namespace qingfeng {

/**
 * The 21 numbers of FSRS-6 and its one switch. The default is the published set that ts-fsrs 5.4, py-fsrs 6.3 and
 * fsrs-rs 6.6 share; any other set is data of the same shape.
 */
struct FsrsParameters
{
    std::array<double, 21> w {0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
        1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542};
    bool enableShortTerm = true; ///< a review on the same day has a formula of its own
    bool operator==(const FsrsParameters &) const = default;
};

/**
 * Takes a list for a parameter set. InvalidArgument, with the index in where(): not 21 numbers, one that is not
 * finite or over 1000 in magnitude, w0…w3 (first stabilities) not above 0, or w20 (decay) not strictly between 0
 * and 1.
 */
Result<FsrsParameters> fsrsParameters(const QList<double> &values, bool enableShortTerm = true);

/** How well something is remembered: S in days (0.001 … 36500), D in 1 … 10. */
struct MemoryState
{
    double stability = 0;
    double difficulty = 0;
    bool operator==(const MemoryState &) const = default;
};

enum class Rating { Again = 1, Hard, Good, Easy };

/**
 * FSRS-6, the memory model of open-spaced-repetition: recall falls with time as a power function, and every review
 * moves stability and difficulty. Pure and immutable; safe from any thread. Times are days and may be fractions.
 */
class Fsrs
{
public:
    static constexpr double minStability = 0.001;
    static constexpr double maxStability = 36'500;

    explicit Fsrs(const FsrsParameters &parameters = {});

    const FsrsParameters &parameters() const { return m_p; }

    /** R(t, S): chance of recall @p elapsedDays after the last review, in 0…1. */
    double retrievability(double elapsedDays, double stability) const;
    /** Days until recall has fallen to @p retention, whole, 1 … 36500. */
    int interval(double stability, double retention = 0.9) const;
    /** Mean recall over [from, from + horizon] days after the last review: V(a, S). */
    double meanRecall(double fromDays, double stability, double horizonDays) const;
    /** The same where R at its beginning is known already, as it is 1 right after a review. */
    double meanRecall(double fromDays, double stability, double horizonDays, double recallAtFrom) const;

    MemoryState first(Rating rating) const;
    /** State after a review @p elapsedDays (0 = the same day) after the one before. */
    MemoryState next(const MemoryState &state, double elapsedDays, Rating rating) const;

    /** S after a remembered or forgotten long-term review at recall @p r; what gains are computed from. */
    double stabilityAfterSuccess(const MemoryState &state, double r, Rating rating = Rating::Good) const;
    double stabilityAfterFailure(const MemoryState &state, double r) const;

private:
    double stabilitySameDay(double stability, Rating rating) const;
    double difficultyAfter(double difficulty, Rating rating) const;
    double firstDifficulty(Rating rating) const; ///< not clamped

    FsrsParameters m_p;
    double m_factor = 0; ///< F: recall is 0.9 after S days
    double m_power = 0; ///< k = 1 − w20
    double m_growth = 0; ///< e^w8
    double m_failureCap = 1; ///< e^(w17·w18), or 1 without the short term
};

} // namespace qingfeng
