#include "quiz/simulation/simulation.h"

#include "quiz/archive/mastery.h"
#include "quiz/selection/selection_index.h"
#include "quiz/simulation/policies.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>

namespace qingfeng {
namespace {

constexpr int firstStudyDay = 20'000; ///< any day will do: only differences count

/** What all learners of a plan share. */
struct Stage
{
    const SimulationPlan &plan;
    QuestionBank bank;
    SelectionIndex index;
    QList<MasteryScope> scope;
    std::vector<double> weights; ///< by question, in the bank's order
    std::vector<double> guesses;
    std::vector<int> studyDays; ///< calendar days, from 1
    int calendarDays = 365;
    QuizMemory memory;

    explicit Stage(const SimulationPlan &p)
        : plan(p)
        , bank(bankOf(p.world))
        , index(bank)
        , scope(masteryScope(bank, {QStringLiteral("P01")}))
        , calendarDays(int(std::lround(p.studyDays * 365.0 / 230.0)))
    {
        for (const QuestionVersion &question : bank.questions()) {
            weights.push_back(severityWeight(bank.gradeOf(question)));
            guesses.push_back(guessChance(question));
        }
        for (int day = 1; day <= calendarDays; ++day) {
            // Evenly spread: 230 of 365.
            if (qint64(day) * p.studyDays / calendarDays != qint64(day - 1) * p.studyDays / calendarDays) {
                studyDays.push_back(day);
            }
        }
    }
};

double weightedRecall(const Stage &stage, const SimulatedPerson &person, int day, double onlyWeight = 0)
{
    double sum = 0;
    double weights = 0;
    for (std::size_t i = 0; i < stage.weights.size(); ++i) {
        if (onlyWeight == 0.0 || stage.weights[i] == onlyWeight) {
            sum += stage.weights[i] * person.recall(int(i), day);
            weights += stage.weights[i];
        }
    }
    return weights > 0 ? sum / weights : 0.0;
}

/** One learner's year. */
struct Year
{
    Conduct conduct = Conduct::Honest;
    double lastDay = 0;
    double average = 0;
    double high = 0;
    int mastered = 0;
    int seen = 0;
    MasteryReport report;
    double scoreWithoutHonesty = 0;
    qint64 answers = 0;
};

Conduct conductOf(const SimulationPlan &plan, int learner)
{
    if (plan.conduct) {
        return *plan.conduct;
    }
    // Exactly the share, spread evenly: a small simulation is not at the mercy of who is drawn.
    const double share = plan.world.careless;
    return std::floor((learner + 1) * share) != std::floor(learner * share) ? Conduct::SometimesBlind
                                                                            : Conduct::Honest;
}

Year liveThrough(const Stage &stage, int learner)
{
    const SimulationPlan &plan = stage.plan;
    Year year;
    year.conduct = conductOf(plan, learner);
    const quint64 seed = plan.seed * 0x9E3779B97F4A7C15ULL + quint64(learner) * 0xD1B54A32D192ED03ULL;
    SimulatedPerson person(plan.world, int(stage.weights.size()), year.conduct, seed);
    const auto policy = makePolicy(plan.policy);

    LearnerRecord record;
    SelectionRequest request;
    request.bank = &stage.bank;
    request.index = &stage.index;
    request.person.number = QString::number(learner);
    request.posts = {QStringLiteral("P01")};
    request.today = QDate(2026, 1, 1);
    request.seed = seed;

    double recalls = 0;
    int samples = 0;
    std::size_t next = 0;
    for (int day = 1; day <= stage.calendarDays; ++day) {
        if (day % 10 == 0) {
            recalls += weightedRecall(stage, person, day);
            ++samples;
        }
        if (next >= stage.studyDays.size() || stage.studyDays[next] != day) {
            continue;
        }
        ++next;
        request.studyDay = firstStudyDay + day;
        request.askedToday.clear();
        for (int i = 0; i < plan.world.perDay; ++i) {
            request.history = record.questions;
            request.learner = record.person;
            const QString id = policy->choose(request);
            request.history = {}; // shares no longer: counting then changes in place
            const int number = stage.index.find(id);
            if (number < 0) {
                break;
            }
            const auto answer = person.answer(number, stage.guesses[std::size_t(number)], day);
            const QuestionVersion &question = *stage.index.entries()[std::size_t(number)].question;
            Attempt attempt;
            attempt.question = id;
            attempt.version = question.version;
            attempt.outcome = answer.rapid ? Outcome::Invalid : answer.right ? Outcome::Right : Outcome::Wrong;
            attempt.guessPpm = int(std::lround(stage.guesses[std::size_t(number)] * 1e6));
            attempt.studyDay = request.studyDay;
            record.count(attempt, stage.memory);
            policy->answered(id, answer.right, request.studyDay);
            request.askedToday.insert(id);
            request.lastRiskPoint = question.riskPoints.first();
            ++year.answers;
        }
    }
    year.lastDay = weightedRecall(stage, person, stage.calendarDays);
    year.high = weightedRecall(stage, person, stage.calendarDays, severityWeight(RiskGrade::High));
    year.average = samples > 0 ? recalls / samples : year.lastDay;
    year.report = mastery(record, stage.scope, firstStudyDay + stage.calendarDays, stage.memory.fsrs());
    year.mastered = int(std::count_if(year.report.riskPoints.cbegin(), year.report.riskPoints.cend(),
        [](const RiskPointMastery &point) { return point.level >= MasteryLevel::Mastered; }));
    year.seen = int(std::count_if(record.questions.cbegin(), record.questions.cend(),
        [](const QuestionHistory &history) { return history.asked > 0; }));
    LearnerRecord trusted = record;
    trusted.person.recent = {{1e6, 1.0}};
    year.scoreWithoutHonesty
        = mastery(trusted, stage.scope, firstStudyDay + stage.calendarDays, stage.memory.fsrs()).score;
    return year;
}

Error optionError(const char *option, const QString &detail)
{
    return Error(ErrorCode::InvalidArgument, detail, QLatin1String(option));
}

} // namespace

Result<SimulationResult> simulate(const SimulationPlan &plan)
{
    if (!policyNames().contains(plan.policy)) {
        return optionError("policy", QStringLiteral("one of %1 expected").arg(policyNames().join(QStringLiteral(", "))));
    }
    if (plan.learners < 1 || plan.learners > 100'000) {
        return optionError("learners", QStringLiteral("1 to 100000 expected"));
    }
    if (plan.studyDays < 1 || plan.studyDays > 3650) {
        return optionError("days", QStringLiteral("1 to 3650 expected"));
    }
    const Stage stage(plan);
    std::vector<Year> years(std::size_t(plan.learners));
    std::atomic<int> nextLearner = 0;
    const auto work = [&] {
        for (int learner = nextLearner++; learner < plan.learners; learner = nextLearner++) {
            years[std::size_t(learner)] = liveThrough(stage, learner);
        }
    };
    const unsigned wanted = plan.threads > 0 ? unsigned(plan.threads) : std::thread::hardware_concurrency();
    {
        std::vector<std::thread> threads;
        for (unsigned i = 1; i < std::clamp(wanted, 1U, 64U); ++i) {
            threads.emplace_back(work);
        }
        work();
        for (std::thread &thread : threads) {
            thread.join();
        }
    }
    // Summed in the order of the learners, whoever simulated them.
    SimulationResult result;
    int honest = 0;
    for (const Year &year : years) {
        result.lastDay += year.lastDay / plan.learners;
        result.yearAverage += year.average / plan.learners;
        result.high += year.high / plan.learners;
        result.mastered += double(year.mastered) / plan.learners;
        result.seen += double(year.seen) / plan.learners;
        result.score += year.report.score / plan.learners;
        result.honesty += year.report.honesty / plan.learners;
        result.scoreWithoutHonesty += year.scoreWithoutHonesty / plan.learners;
        result.answers += year.answers;
        if (year.conduct == Conduct::Honest) {
            result.scoreHonest += year.report.score;
            ++honest;
        }
    }
    result.scoreHonest = honest > 0 ? result.scoreHonest / honest : 0.0;
    return result;
}

QJsonObject toJson(const SimulationPlan &plan, const SimulationResult &result)
{
    return {{QStringLiteral("policy"), plan.policy}, {QStringLiteral("world"), plan.world.name},
        {QStringLiteral("learners"), plan.learners}, {QStringLiteral("days"), plan.studyDays},
        {QStringLiteral("seed"), qint64(plan.seed)}, {QStringLiteral("day365"), result.lastDay},
        {QStringLiteral("year_average"), result.yearAverage}, {QStringLiteral("high"), result.high},
        {QStringLiteral("mastered"), result.mastered}, {QStringLiteral("seen"), result.seen},
        {QStringLiteral("score_honest"), result.scoreHonest}, {QStringLiteral("score"), result.score},
        {QStringLiteral("lambda"), result.honesty}, {QStringLiteral("answers"), result.answers}};
}

} // namespace qingfeng
