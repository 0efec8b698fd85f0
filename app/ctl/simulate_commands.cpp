#include "app/ctl/commands.h"
#include "app/ctl/output.h"

#include "quiz/simulation/policies.h"
#include "quiz/simulation/simulation.h"

namespace qingfeng::ctl {
namespace {

struct SimulateOptions
{
    std::string policy = "qingfeng";
    std::string world = "base";
    std::string conduct;
    int learners = 500;
    int days = 230;
    quint64 seed = 1;
    int threads = 0;
};

/** honest, sometimes-blind, half-random, patient-random, rapid. */
std::optional<Conduct> conductNamed(const QString &name)
{
    const QStringList names {QStringLiteral("honest"), QStringLiteral("sometimes-blind"),
        QStringLiteral("half-random"), QStringLiteral("patient-random"), QStringLiteral("rapid")};
    const qsizetype at = names.indexOf(name);
    return at < 0 ? std::nullopt : std::optional<Conduct>(Conduct(at));
}

int runSimulation(const Common &common, const SimulateOptions &options)
{
    SimulationPlan plan;
    plan.policy = QString::fromStdString(options.policy);
    plan.learners = options.learners;
    plan.studyDays = options.days;
    plan.seed = options.seed;
    plan.threads = options.threads;
    const auto world = worldNamed(QString::fromStdString(options.world));
    if (!world) {
        return fail(common,
            Error(ErrorCode::InvalidArgument,
                QStringLiteral("one of %1 expected").arg(worldNames().join(QStringLiteral(", "))),
                QStringLiteral("world")));
    }
    plan.world = *world;
    if (!options.conduct.empty()) {
        plan.conduct = conductNamed(QString::fromStdString(options.conduct));
        if (!plan.conduct) {
            return fail(common,
                Error(ErrorCode::InvalidArgument,
                    QStringLiteral("one of honest, sometimes-blind, half-random, patient-random, rapid expected"),
                    QStringLiteral("conduct")));
        }
    }
    const auto result = simulate(plan);
    if (!result) {
        return fail(common, result.error());
    }
    if (common.json) {
        print(toJson(plan, *result));
        return True;
    }
    print(QStringLiteral("策略 %1，情景 %2，%3 人，%4 个学习日，种子 %5")
              .arg(plan.policy, plan.world.name)
              .arg(plan.learners)
              .arg(plan.studyDays)
              .arg(plan.seed));
    print(QStringLiteral("年末掌握率 %1（全年平均 %2，高风险 %3）")
              .arg(result->lastDay, 0, 'f', 3)
              .arg(result->yearAverage, 0, 'f', 3)
              .arg(result->high, 0, 'f', 3));
    print(QStringLiteral("人均见过 %1 题，掌握风险点 %2 个；认真作答者掌握分 %3，全体 %4")
              .arg(result->seen, 0, 'f', 1)
              .arg(result->mastered, 0, 'f', 1)
              .arg(result->scoreHonest, 0, 'f', 1)
              .arg(result->score, 0, 'f', 1));
    return True;
}

} // namespace

void addSimulateCommands(CLI::App &app, const Common &common, Action &action)
{
    const auto options = std::make_shared<SimulateOptions>();
    auto *command = app.add_subcommand("simulate", "用模拟的学员比较选题策略");
    command->add_option("--policy", options->policy,
        "none、random、sequential、due-first、leitner、new-first、qingfeng");
    command->add_option("--world", options->world, "base、steep、low-prior、transfer、three-a-day、items-2000");
    command->add_option("--conduct", options->conduct,
        "所有人都这样作答：honest、sometimes-blind、half-random、patient-random、rapid");
    command->add_option("--learners", options->learners, "人数")->check(CLI::Range(1, 100'000));
    command->add_option("--days", options->days, "学习日数，230 个合一年")->check(CLI::Range(1, 3650));
    command->add_option("--seed", options->seed, "随机种子");
    command->add_option("--threads", options->threads, "线程数，不影响结果；0 为处理器数")->check(CLI::Range(0, 64));
    command->callback(
        [&common, &action, options] { action = [&common, options] { return runSimulation(common, *options); }; });
}

} // namespace qingfeng::ctl
