#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

#include <array>

namespace qingfeng {

/** Elo on the Rasch scale: P(right) = g + (1−g)·σ(θ−b). */
double raschChance(double ability, double difficulty, double guess);
/** Step K = 0.8/(1 + 0.05n) after n observations. */
double eloStep(qint64 observations);

/**
 * 题目分析: what the valid first answers of many people say about one question version. Every answer costs constant
 * time and nothing of the answers is kept, so it can run beside the recording of attempts; two halves of the
 * answers cannot be merged exactly (the ability scale moves), but the same order gives the same numbers.
 */
class ItemAnalysis
{
public:
    /** @param guess chance of guessing right, see guessChance() */
    explicit ItemAnalysis(double guess = 0.0);

    /** One person's first valid answer to this version. */
    struct Answer
    {
        bool right = false;
        double ability = 0; ///< θ of the person before this answer
        double restScore = 0; ///< share of right answers to other questions, 0…1
        bool hasRest = false; ///< restScore is known: the person has answered others
        qint64 responseMs = 0;
        QStringList choices; ///< ids chosen, for the distractors; empty for types without choices
    };
    /** Counts an answer and returns by how much the person's θ moves: K(y−P), K being the person's own. */
    double add(const Answer &answer, qint64 exposuresOfPerson);

    qint64 count() const { return m_count; }
    /** p: share of right answers; 0 before the first. */
    double difficulty() const;
    /** p' = (p−g)/(1−g), at least 0. */
    double correctedDifficulty() const;
    /** b on the Rasch scale; larger is harder. */
    double rasch() const { return m_rasch; }
    /** Point-biserial correlation with the rest score; 0 while either does not vary. */
    double discrimination() const;
    /** Median response time by bins of a tenth of a decade, in ms; 0 before the first. */
    qint64 medianResponseMs() const;
    qint64 timesChosen(const QString &choice) const { return m_choices.value(choice).count; }
    /** Mean rest score of those who chose it; 0 when nobody did. */
    double strengthOf(const QString &choice) const;

    /** What is worth a look; an item with no flag, or too few answers to say, is left alone. */
    enum Flag {
        TooHard = 1, ///< p < 0.2
        TooEasy = 2, ///< p > 0.95
        Review = 4, ///< 0 ≤ r < 0.20
        CheckKey = 8, ///< r < 0
        IdleDistractor = 16, ///< a wrong choice that under 5 % choose
        StrongDistractor = 32, ///< a wrong choice that the strong choose more than the key
    };
    Q_DECLARE_FLAGS(Flags, Flag)

    static constexpr qint64 shownFrom = 30; ///< answers before anything but the count is shown
    static constexpr qint64 discriminationFrom = 100; ///< answers before r is shown

    /** @param choices all choice ids of the version; @param key the right ones */
    Flags flags(const QStringList &choices, const QStringList &key) const;
    /** The idle ones, resp. those that the strong prefer, among the wrong choices. */
    QStringList idleDistractors(const QStringList &choices, const QStringList &key) const;
    QStringList strongDistractors(const QStringList &choices, const QStringList &key) const;

private:
    struct ChoiceCount
    {
        qint64 count = 0;
        qint64 strong = 0; ///< by people whose rest score was above the running mean
        double restSum = 0;
    };

    double m_guess = 0;
    qint64 m_count = 0;
    qint64 m_right = 0;
    double m_rasch = 0;
    // Welford's running moments of (y, rest score).
    qint64 m_pairs = 0;
    double m_meanRight = 0;
    double m_meanRest = 0;
    double m_squaresRight = 0;
    double m_squaresRest = 0;
    double m_products = 0;
    std::array<qint32, 64> m_times {}; ///< bin i holds times from 10^(i/10) ms
    QHash<QString, ChoiceCount> m_choices;
};

Q_DECLARE_OPERATORS_FOR_FLAGS(ItemAnalysis::Flags)

} // namespace qingfeng
