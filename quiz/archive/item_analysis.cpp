#include "quiz/archive/item_analysis.h"

#include <algorithm>
#include <cmath>

namespace qingfeng {

double raschChance(double ability, double difficulty, double guess)
{
    return guess + (1.0 - guess) / (1.0 + std::exp(difficulty - ability));
}

double eloStep(qint64 observations)
{
    return 0.8 / (1.0 + 0.05 * double(observations));
}

ItemAnalysis::ItemAnalysis(double guess)
    : m_guess(guess)
{
}

double ItemAnalysis::add(const Answer &answer, qint64 exposuresOfPerson)
{
    const double y = answer.right ? 1.0 : 0.0;
    const double surprise = y - raschChance(answer.ability, m_rasch, m_guess);
    m_rasch -= eloStep(m_count) * surprise;
    ++m_count;
    m_right += answer.right ? 1 : 0;

    // The strong are those above the mean so far: constant time, and settled long before anything is shown.
    const bool strong = answer.hasRest && m_pairs > 0 && answer.restScore > m_meanRest;
    if (answer.hasRest) {
        ++m_pairs;
        const double fromRight = y - m_meanRight;
        const double fromRest = answer.restScore - m_meanRest;
        m_meanRight += fromRight / double(m_pairs);
        m_meanRest += fromRest / double(m_pairs);
        m_squaresRight += fromRight * (y - m_meanRight);
        m_squaresRest += fromRest * (answer.restScore - m_meanRest);
        m_products += fromRight * (answer.restScore - m_meanRest);
    }
    if (answer.responseMs > 0) {
        const int bin = int(10.0 * std::log10(double(answer.responseMs)));
        ++m_times[std::size_t(std::clamp(bin, 0, int(m_times.size()) - 1))];
    }
    for (const QString &id : answer.choices) {
        ChoiceCount &choice = m_choices[id];
        ++choice.count;
        choice.strong += strong ? 1 : 0;
        choice.restSum += answer.hasRest ? answer.restScore : 0.0;
    }
    return eloStep(exposuresOfPerson) * surprise;
}

double ItemAnalysis::difficulty() const
{
    return m_count > 0 ? double(m_right) / double(m_count) : 0.0;
}

double ItemAnalysis::correctedDifficulty() const
{
    return m_guess < 1.0 ? std::max(0.0, (difficulty() - m_guess) / (1.0 - m_guess)) : 0.0;
}

double ItemAnalysis::discrimination() const
{
    const double spread = m_squaresRight * m_squaresRest;
    return spread > 0.0 ? m_products / std::sqrt(spread) : 0.0;
}

qint64 ItemAnalysis::medianResponseMs() const
{
    qint64 total = 0;
    for (const qint32 count : m_times) {
        total += count;
    }
    qint64 below = 0;
    for (std::size_t bin = 0; bin < m_times.size(); ++bin) {
        below += m_times[bin];
        if (total > 0 && below * 2 >= total) {
            return qint64(std::llround(std::pow(10.0, (double(bin) + 0.5) / 10.0)));
        }
    }
    return 0;
}

double ItemAnalysis::strengthOf(const QString &choice) const
{
    const ChoiceCount counted = m_choices.value(choice);
    return counted.count > 0 ? counted.restSum / double(counted.count) : 0.0;
}

QStringList ItemAnalysis::idleDistractors(const QStringList &choices, const QStringList &key) const
{
    QStringList idle;
    for (const QString &id : choices) {
        if (!key.contains(id) && double(timesChosen(id)) < 0.05 * double(m_count)) {
            idle.append(id);
        }
    }
    return idle;
}

QStringList ItemAnalysis::strongDistractors(const QStringList &choices, const QStringList &key) const
{
    // Against the key that the strong choose least: with several right choices each must be overtaken alone.
    qint64 keyByStrong = -1;
    for (const QString &id : key) {
        const qint64 strong = m_choices.value(id).strong;
        keyByStrong = keyByStrong < 0 ? strong : std::min(keyByStrong, strong);
    }
    QStringList preferred;
    for (const QString &id : choices) {
        if (!key.contains(id) && m_choices.value(id).strong > std::max<qint64>(keyByStrong, 0)) {
            preferred.append(id);
        }
    }
    return preferred;
}

ItemAnalysis::Flags ItemAnalysis::flags(const QStringList &choices, const QStringList &key) const
{
    Flags found;
    if (m_count < shownFrom) {
        return found;
    }
    found.setFlag(TooHard, difficulty() < 0.2);
    found.setFlag(TooEasy, difficulty() > 0.95);
    if (m_pairs >= discriminationFrom) {
        found.setFlag(CheckKey, discrimination() < 0.0);
        found.setFlag(Review, discrimination() >= 0.0 && discrimination() < 0.20);
    }
    if (!key.isEmpty()) {
        found.setFlag(IdleDistractor, !idleDistractors(choices, key).isEmpty());
        found.setFlag(StrongDistractor, !strongDistractors(choices, key).isEmpty());
    }
    return found;
}

} // namespace qingfeng
