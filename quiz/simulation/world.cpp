#include "quiz/simulation/world.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace qingfeng {
namespace {

double sigma(double x)
{
    return 1.0 / (1.0 + std::exp(-x));
}

double logit(double p)
{
    return std::log(p / (1.0 - p));
}

FsrsParameters jittered(const World &world, SimulationRandom &random)
{
    FsrsParameters parameters;
    parameters.w[20] = world.decay;
    for (double &w : parameters.w) {
        w *= std::exp(world.jitter * random.normal());
    }
    parameters.w[20] = std::clamp(parameters.w[20], 0.02, 0.9);
    return parameters;
}

/** Difficulty of a question: of the world, the same for everybody. */
double difficultyOf(const World &world, int question)
{
    SimulationRandom random(0x5157ULL + quint64(question));
    return world.difficultySpread * random.normal();
}

QuestionVersion questionOf(int number, const RiskPoint &point, int within)
{
    QuestionVersion question;
    question.id = QStringLiteral("%1-%2").arg(point.id).arg(within + 1, 2, 10, QLatin1Char('0'));
    question.riskPoints = {point.id};
    question.articles = point.articles;
    question.state = ReviewState::Published;
    // Of ten questions five are single of four, three true or false, two multiple of four.
    const int kind = number % 10;
    question.type = kind < 5 ? QuestionType::Single : kind < 8 ? QuestionType::TrueFalse : QuestionType::Multiple;
    const int choices = question.type == QuestionType::TrueFalse ? 2 : 4;
    for (int i = 0; i < choices; ++i) {
        question.choices.append({QString(QChar(u'a' + i)), {}});
    }
    return question;
}

} // namespace

std::optional<World> worldNamed(const QString &name)
{
    World world;
    world.name = name;
    if (name == QLatin1String("steep")) {
        world.decay = 0.30;
    } else if (name == QLatin1String("low-prior")) {
        world.prior = 0.10;
    } else if (name == QLatin1String("transfer")) {
        world.transfer = 0.15;
    } else if (name == QLatin1String("three-a-day")) {
        world.perDay = 3;
    } else if (name == QLatin1String("items-2000")) {
        world.questionsPerRiskPoint = 50;
    } else if (name != QLatin1String("base")) {
        return std::nullopt;
    }
    return world;
}

QStringList worldNames()
{
    return {QStringLiteral("base"), QStringLiteral("steep"), QStringLiteral("low-prior"), QStringLiteral("transfer"),
        QStringLiteral("three-a-day"), QStringLiteral("items-2000")};
}

QuestionBank bankOf(const World &world)
{
    QuestionBank bank;
    const QString post = QStringLiteral("P01");
    bank.add(Post {post, {}, {}, {}});
    int number = 0;
    for (int i = 0; i < world.riskPoints; ++i) {
        RiskPoint point;
        point.id = QStringLiteral("P01-R%1").arg(i + 1, 2, 10, QLatin1Char('0'));
        point.post = post;
        // Spread evenly, so that the bank's order says nothing about the grade.
        const double place = std::fmod((i + 0.5) * std::numbers::phi, 1.0);
        point.grade = place < world.highShare                   ? RiskGrade::High
            : place < world.highShare + world.mediumShare ? RiskGrade::Medium
                                                           : RiskGrade::Low;
        point.articles = {QStringLiteral("A-%1").arg(i + 1)};
        bank.add(point);
        for (int within = 0; within < world.questionsPerRiskPoint; ++within) {
            bank.add(questionOf(number++, point, within));
        }
    }
    return bank;
}

SimulationRandom::SimulationRandom(quint64 seed)
    : m_state(seed)
{
}

double SimulationRandom::uniform()
{
    m_state += 0x9E3779B97F4A7C15ULL;
    quint64 z = m_state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    z ^= z >> 31;
    return double(z >> 11) * 0x1.0p-53;
}

double SimulationRandom::normal()
{
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

SimulatedPerson::SimulatedPerson(const World &world, int questions, Conduct conduct, quint64 seed)
    : m_world(world)
    , m_conduct(conduct)
    , m_random(seed)
    , m_truth(jittered(world, m_random))
{
    const double ability = logit(world.prior) + world.abilitySpread * m_random.normal();
    for (int i = 0; i < questions; ++i) {
        Item item;
        if (m_random.uniform() < sigma(ability - difficultyOf(world, i))) {
            item.memory = {world.knownDays * std::exp(0.5 * m_random.normal()), 5.0};
        }
        m_items.push_back(item);
    }
}

double SimulatedPerson::recall(int question, int day) const
{
    const Item &item = m_items[std::size_t(question)];
    return item.memory.stability > 0.0 ? m_truth.retrievability(day - item.lastDay, item.memory.stability) : 0.0;
}

SimulatedPerson::Answer SimulatedPerson::answer(int question, double guess, int day)
{
    const double blindShare = m_conduct == Conduct::Honest ? 0.0
        : m_conduct == Conduct::SometimesBlind             ? m_world.blind
        : m_conduct == Conduct::HalfRandom                 ? 0.5
                                                           : 1.0;
    if (m_random.uniform() < blindShare) {
        return {m_random.uniform() < guess, m_conduct == Conduct::Rapid};
    }
    Item &item = m_items[std::size_t(question)];
    const bool known = m_random.uniform() < recall(question, day);
    const bool right = known || m_random.uniform() < guess;
    item.memory = item.memory.stability > 0.0
        ? m_truth.next(item.memory, day - item.lastDay, known ? Rating::Good : Rating::Again)
        : m_truth.first(m_world.explained);
    item.lastDay = day;
    if (m_world.transfer > 0.0) {
        const int first = question - question % m_world.questionsPerRiskPoint;
        for (int other = first; other < first + m_world.questionsPerRiskPoint; ++other) {
            Item &taught = m_items[std::size_t(other)];
            if (taught.memory.stability <= 0.0 && m_random.uniform() < m_world.transfer) {
                taught.memory = m_truth.first(m_world.explained);
                taught.lastDay = day;
            }
        }
    }
    return {right, false};
}

} // namespace qingfeng
