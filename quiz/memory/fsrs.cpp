#include "quiz/memory/fsrs.h"

#include <algorithm>
#include <cmath>

namespace qingfeng {
namespace {

double clampStability(double stability)
{
    return std::clamp(stability, Fsrs::minStability, Fsrs::maxStability);
}

double clampDifficulty(double difficulty)
{
    return std::clamp(difficulty, 1.0, 10.0);
}

} // namespace

Result<FsrsParameters> fsrsParameters(const QList<double> &values, bool enableShortTerm)
{
    FsrsParameters parameters;
    parameters.enableShortTerm = enableShortTerm;
    if (values.size() != qsizetype(parameters.w.size())) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("21 numbers expected, %1 given").arg(values.size()),
            QStringLiteral("parameters"));
    }
    for (qsizetype i = 0; i < values.size(); ++i) {
        const double value = values.at(i);
        const bool firstStability = i <= 3;
        const bool decay = i == 20;
        if (!std::isfinite(value) || std::abs(value) > 1000 || (firstStability && value <= 0)
            || (decay && (value <= 0 || value >= 1))) {
            return Error(ErrorCode::InvalidArgument,
                firstStability ? QStringLiteral("a number above 0 and up to 1000 expected")
                : decay        ? QStringLiteral("a number between 0 and 1 expected")
                               : QStringLiteral("a number from -1000 to 1000 expected"),
                QStringLiteral("parameters[%1]").arg(i));
        }
        parameters.w[std::size_t(i)] = value;
    }
    return parameters;
}

Fsrs::Fsrs(const FsrsParameters &parameters)
    : m_p(parameters)
    , m_factor(std::pow(0.9, -1.0 / parameters.w[20]) - 1.0)
    , m_power(1.0 - parameters.w[20])
    , m_growth(std::exp(parameters.w[8]))
    , m_failureCap(parameters.enableShortTerm ? std::exp(parameters.w[17] * parameters.w[18]) : 1.0)
{
}

double Fsrs::retrievability(double elapsedDays, double stability) const
{
    return std::pow(1.0 + m_factor * std::max(elapsedDays, 0.0) / stability, -m_p.w[20]);
}

int Fsrs::interval(double stability, double retention) const
{
    const double days = stability / m_factor * (std::pow(retention, -1.0 / m_p.w[20]) - 1.0);
    return int(std::clamp(std::round(days), 1.0, maxStability));
}

double Fsrs::meanRecall(double fromDays, double stability, double horizonDays) const
{
    return meanRecall(fromDays, stability, horizonDays, retrievability(fromDays, stability));
}

double Fsrs::meanRecall(double fromDays, double stability, double horizonDays, double recallAtFrom) const
{
    // (1 + F·a/S)^k is (1 + F·a/S)·R(a, S), for k = 1 − w20.
    const double perDay = m_factor / stability;
    return (std::pow(1.0 + perDay * (fromDays + horizonDays), m_power) - (1.0 + perDay * fromDays) * recallAtFrom)
        / (perDay * m_power * horizonDays);
}

double Fsrs::firstDifficulty(Rating rating) const
{
    return m_p.w[4] - std::exp(m_p.w[5] * (int(rating) - 1)) + 1.0;
}

MemoryState Fsrs::first(Rating rating) const
{
    return {clampStability(std::max(m_p.w[std::size_t(rating) - 1], 0.1)), clampDifficulty(firstDifficulty(rating))};
}

double Fsrs::difficultyAfter(double difficulty, Rating rating) const
{
    // Damped towards 10, then drawn back a little to the difficulty of an easy first review.
    const double moved = difficulty - m_p.w[6] * (int(rating) - 3) * (10.0 - difficulty) / 9.0;
    return clampDifficulty(m_p.w[7] * firstDifficulty(Rating::Easy) + (1.0 - m_p.w[7]) * moved);
}

double Fsrs::stabilityAfterSuccess(const MemoryState &state, double r, Rating rating) const
{
    double growth = m_growth * (11.0 - state.difficulty) * std::pow(state.stability, -m_p.w[9])
        * std::expm1(m_p.w[10] * (1.0 - r));
    if (rating == Rating::Hard) {
        growth *= m_p.w[15];
    } else if (rating == Rating::Easy) {
        growth *= m_p.w[16];
    }
    return clampStability(state.stability * (1.0 + growth));
}

double Fsrs::stabilityAfterFailure(const MemoryState &state, double r) const
{
    const double forgotten = m_p.w[11] * std::pow(state.difficulty, -m_p.w[12])
        * (std::pow(state.stability + 1.0, m_p.w[13]) - 1.0) * std::exp(m_p.w[14] * (1.0 - r));
    return clampStability(std::min(forgotten, state.stability / m_failureCap));
}

double Fsrs::stabilitySameDay(double stability, Rating rating) const
{
    const double factor = std::exp(m_p.w[17] * (int(rating) - 3 + m_p.w[18])) * std::pow(stability, -m_p.w[19]);
    return clampStability(stability * (rating == Rating::Again ? factor : std::max(factor, 1.0)));
}

MemoryState Fsrs::next(const MemoryState &state, double elapsedDays, Rating rating) const
{
    const double elapsed = std::max(elapsedDays, 0.0);
    MemoryState result;
    result.difficulty = difficultyAfter(state.difficulty, rating);
    if (elapsed == 0.0 && m_p.enableShortTerm) {
        result.stability = stabilitySameDay(state.stability, rating);
        return result;
    }
    const double r = retrievability(elapsed, state.stability);
    result.stability = rating == Rating::Again ? stabilityAfterFailure(state, r)
                                               : stabilityAfterSuccess(state, r, rating);
    return result;
}

} // namespace qingfeng
