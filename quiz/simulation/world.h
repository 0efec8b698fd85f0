#pragma once

#include "quiz/memory/fsrs.h"

#include "question_bank/base/random.h"
#include "question_bank/model/question_bank.h"

#include <optional>
#include <vector>

namespace qingfeng {

/** What is true in a simulated year: how much is known at first, how it is forgotten, and who answers how. */
struct World
{
    QString name = QStringLiteral("base");
    int riskPoints = 40;
    int questionsPerRiskPoint = 10;
    double highShare = 0.20; ///< of the risk points
    double mediumShare = 0.30; ///< of the risk points; the rest is low
    int perDay = 1; ///< questions a study day
    double prior = 0.33; ///< chance that a question of mean difficulty is known at first by a mean person
    double decay = 0.1542; ///< of true forgetting; the model always believes 0.1542
    double transfer = 0.0; ///< chance that an explanation teaches another question of its risk point too
    double abilitySpread = 0.6; ///< σ of θ
    double difficultySpread = 0.8; ///< σ of b
    double knownDays = 80;  ///< median stability of what is known at first, in days
    Rating explained = Rating::Hard;  ///< first review that reading an explanation of something unknown is worth
    double jitter = 0.15; ///< σ of the factor on every memory parameter of a person
    double careless = 0.20; ///< share of people who click blindly …
    double blind = 0.40; ///< … at this share of their answers
};

/** base, steep, low-prior, transfer, three-a-day, items-2000; nothing for another name. */
std::optional<World> worldNamed(const QString &name);
QStringList worldNames();

/** The questions of a world: one post, risk points graded like the starter bank's, a mixture of types. */
QuestionBank bankOf(const World &world);

/** Numbers that are the same for a seed on every machine. */
class SimulationRandom
{
public:
    explicit SimulationRandom(quint64 seed);
    double uniform(); ///< in [0, 1)
    double normal(); ///< mean 0, σ 1

private:
    quint64 m_state;
};

/** How a simulated person answers. */
enum class Conduct {
    Honest, ///< knows or guesses, reads the explanation
    SometimesBlind, ///< as honest, but clicks blindly at World::blind of the answers
    HalfRandom, ///< blind at half of them
    PatientRandom, ///< blind always, waiting long enough not to be noticed
    Rapid, ///< blind always, and faster than anybody can read
};

/**
 * One simulated person with his true memory of every question. What he does not know has no memory; reading an
 * explanation gives it one, as a failed first review does.
 */
class SimulatedPerson
{
public:
    SimulatedPerson(const World &world, int questions, Conduct conduct, quint64 seed);

    struct Answer
    {
        bool right = false;
        bool rapid = false;
    };
    /** Answers question number @p question on calendar day @p day, and learns from the explanation if he reads. */
    Answer answer(int question, double guess, int day);
    /** True recall on a day. */
    double recall(int question, int day) const;

private:
    struct Item
    {
        MemoryState memory; ///< stability 0 = not known
        int lastDay = 0;
    };

    const World &m_world;
    Conduct m_conduct;
    SimulationRandom m_random;
    Fsrs m_truth;
    std::vector<Item> m_items;
};

} // namespace qingfeng
