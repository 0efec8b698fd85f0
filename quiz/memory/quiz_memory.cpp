#include "quiz/memory/quiz_memory.h"

#include <cmath>

namespace qingfeng {
namespace {

MemoryState blend(const MemoryState &good, const MemoryState &again, double q)
{
    return {std::exp(q * std::log(good.stability) + (1.0 - q) * std::log(again.stability)),
        q * good.difficulty + (1.0 - q) * again.difficulty};
}

} // namespace

QuizMemory::QuizMemory(const FsrsParameters &parameters)
    : m_fsrs(parameters)
    , m_freshRecall(m_fsrs.meanRecall(0, m_fsrs.first(Rating::Again).stability, gainHorizonDays))
{
}

double QuizMemory::known(double p, double guess)
{
    return guess <= 0.0 ? 1.0 : p / (p + (1.0 - p) * guess);
}

MemoryState QuizMemory::first(bool right, double prior, double guess) const
{
    const MemoryState again = m_fsrs.first(Rating::Again);
    if (!right) {
        return again;
    }
    const MemoryState good {m_fsrs.first(Rating::Easy).stability, m_fsrs.first(Rating::Good).difficulty};
    return blend(good, again, known(prior, guess));
}

MemoryState QuizMemory::next(const MemoryState &state, double elapsedDays, bool right, double guess) const
{
    const MemoryState again = m_fsrs.next(state, elapsedDays, Rating::Again);
    if (!right) {
        return again;
    }
    const double r = m_fsrs.retrievability(elapsedDays, state.stability);
    return blend(m_fsrs.next(state, elapsedDays, Rating::Good), again, known(r, guess));
}

double QuizMemory::gainOfSeen(const MemoryState &state, double elapsedDays) const
{
    const double r = m_fsrs.retrievability(elapsedDays, state.stability);
    return r * m_fsrs.meanRecall(0, m_fsrs.stabilityAfterSuccess(state, r), gainHorizonDays, 1.0)
        + (1.0 - r) * m_fsrs.meanRecall(0, m_fsrs.stabilityAfterFailure(state, r), gainHorizonDays, 1.0)
        - m_fsrs.meanRecall(elapsedDays, state.stability, gainHorizonDays, r);
}

double QuizMemory::mostGainOfSeen(const MemoryState &state, double elapsedDays) const
{
    return 1.0 - m_fsrs.retrievability(elapsedDays + gainHorizonDays, state.stability);
}

double QuizMemory::gainOfUnseen(double prior) const
{
    return (1.0 - prior) * m_freshRecall + 0.15 * prior;
}

} // namespace qingfeng
