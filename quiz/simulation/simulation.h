#pragma once

#include "quiz/simulation/world.h"

#include "question_bank/base/result.h"

#include <QJsonObject>

#include <optional>

namespace qingfeng {

/** A simulated year of a bureau. */
struct SimulationPlan
{
    QString policy = QStringLiteral("qingfeng");
    World world;
    int learners = 500;
    int studyDays = 230; ///< answers are given on so many of 365 days; another number stretches the calendar with it
    quint64 seed = 1;
    int threads = 0; ///< 0 = as many as there are processors; never changes the result
    /** Everybody behaves so; without it World::careless are SometimesBlind and the rest honest. */
    std::optional<Conduct> conduct;
};

/** Means over the learners. Recall is true recall, weighted by severity (4, 2, 1) over all questions. */
struct SimulationResult
{
    double lastDay = 0; ///< recall at the end of the year
    double yearAverage = 0; ///< mean over the year, sampled every ten days
    double high = 0; ///< recall of the questions on high risks at the end
    double mastered = 0; ///< risk points at 掌握 or above at the end
    double seen = 0; ///< different questions answered
    double scoreHonest = 0; ///< 掌握分 of those who never click blindly
    double score = 0; ///< 掌握分 of all
    double honesty = 0; ///< λ of all
    double scoreWithoutHonesty = 0; ///< what the score would be were λ 1
    qint64 answers = 0; ///< of all learners together
};

/** Runs the year with the program's own selector and memory. InvalidArgument names the option that is wrong. */
Result<SimulationResult> simulate(const SimulationPlan &plan);

QJsonObject toJson(const SimulationPlan &plan, const SimulationResult &result);

} // namespace qingfeng
