#include "app/ctl/commands.h"
#include "app/ctl/output.h"
#include "app/ctl/workspace.h"
#include "app/workstation/core/gate_rules.h"

#include "quiz/selection/agenda.h"
#include "quiz/selection/expected_gain.h"

#include <algorithm>

#include <QJsonArray>

namespace qingfeng::ctl {
namespace {

struct SelectOptions
{
    std::string person;
    std::string bank;
    bool explain = false;
    int limit = 10;
    quint64 seed = 0;
};

QString reasonName(SelectionReason::Kind kind)
{
    switch (kind) {
    case SelectionReason::Kind::NewHighRisk:
        return QStringLiteral("new-high-risk");
    case SelectionReason::Kind::NewRisk:
        return QStringLiteral("new-risk");
    case SelectionReason::Kind::AnsweredWrong:
        return QStringLiteral("answered-wrong");
    case SelectionReason::Kind::LongAgo:
        return QStringLiteral("long-ago");
    case SelectionReason::Kind::NewVersion:
        return QStringLiteral("new-version");
    case SelectionReason::Kind::Faded:
        return QStringLiteral("faded");
    case SelectionReason::Kind::Mandatory:
        return QStringLiteral("mandatory");
    case SelectionReason::Kind::ChangedLaw:
        return QStringLiteral("changed-law");
    case SelectionReason::Kind::Theme:
        return QStringLiteral("theme");
    case SelectionReason::Kind::Sibling:
        return QStringLiteral("sibling");
    }
    return {};
}

QString gateName(ScoreParts::Gate gate)
{
    switch (gate) {
    case ScoreParts::Gate::Mandate:
        return QStringLiteral("mandate");
    case ScoreParts::Gate::Theme:
        return QStringLiteral("theme");
    case ScoreParts::Gate::Sibling:
        return QStringLiteral("sibling");
    case ScoreParts::Gate::Score:
        break;
    }
    return QStringLiteral("score");
}

/** What the score is made of: score = weight × discount × gain. */
QJsonObject partsOf(const ScoreParts &parts)
{
    QJsonObject object {{QStringLiteral("gate"), gateName(parts.gate)},
        {QStringLiteral("other_risk_point"), parts.otherRiskPoint},
        {QStringLiteral("untested_risk_point"), parts.untestedRiskPoint},
        {QStringLiteral("weight"), parts.weight}, {QStringLiteral("gain"), parts.gain},
        {QStringLiteral("discount"), parts.discount}};
    if (parts.stability > 0.0) {
        object.insert(QStringLiteral("recall"), parts.recall);
        object.insert(QStringLiteral("stability"), parts.stability);
        object.insert(QStringLiteral("elapsed_days"), parts.elapsedDays);
    } else {
        object.insert(QStringLiteral("prior"), parts.prior);
    }
    return object;
}

QString partsText(const ScoreParts &parts)
{
    const QString product = QStringLiteral("= 权重 %1 × 折扣 %2 × 增益 %3")
                                .arg(parts.weight, 0, 'f', 0)
                                .arg(parts.discount, 0, 'f', 1)
                                .arg(parts.gain, 0, 'f', 4);
    return parts.stability > 0.0 ? QStringLiteral("%1（%2 天前作答，记忆强度 %3 天，预计记得 %4%）")
                                       .arg(product)
                                       .arg(parts.elapsedDays)
                                       .arg(parts.stability, 0, 'f', 1)
                                       .arg(parts.recall * 100, 0, 'f', 0)
                                 : QStringLiteral("%1（未作答，预计已知 %2%）")
                                       .arg(product)
                                       .arg(parts.prior * 100, 0, 'f', 0);
}

int select(const Common &common, const SelectOptions &options)
{
    auto workspace = Workspace::open(common);
    if (!workspace) {
        return fail(common, workspace.error());
    }
    Workspace &space = **workspace;
    const QString bankPath = options.bank.empty() ? space.folder().bank() + QStringLiteral("/current.qfbank")
                                                  : QString::fromStdString(options.bank);
    const auto bank = readAnyBank(bankPath);
    if (!bank) {
        return fail(common, bank.error());
    }
    const auto roster = space.store().roster();
    if (!roster) {
        return fail(common, roster.error());
    }
    SelectionRequest request;
    request.bank = &*bank;
    request.studyDay = studyDay(space.clock());
    request.today = dateOfStudyDay(request.studyDay);
    const QString number = QString::fromStdString(options.person);
    if (number.isEmpty()) {
        const Identity identity
            = identify(currentOsAccount(), *roster, QString(), request.today);
        request.person = identity.person;
        request.posts = identity.posts;
    } else if (const Person *person = roster->person(number)) {
        request.person = *person;
        request.posts = person->postsOn(request.today);
    } else {
        return fail(common, Error(ErrorCode::NotFound, QStringLiteral("not on this PC's roster"), number));
    }
    const auto record = space.store().learner(request.person.number);
    const auto asked = space.store().askedOn(request.person.number, request.studyDay);
    const auto recent = space.store().recentQuestions(request.person.number, 10);
    if (!record || !asked || !recent) {
        return fail(common, Error(ErrorCode::Io, QStringLiteral("the store cannot be read")));
    }
    request.history = record->questions;
    request.learner = record->person;
    request.studyDay = std::max(request.studyDay, record->person.lastStudyDay);
    request.askedToday = *asked;
    request.recent = *recent;
    request.seed = options.seed;
    addAgenda(request, loadGateRules(systemConfigFolder(), space.random()).rules.policy);
    if (const QuestionVersion *question = bank->latest(recent->value(0))) {
        request.lastRiskPoint = question->riskPoints.value(0);
    }

    const ExpectedGain policy(space.store().memoryModel().parameters);
    const QList<ScoredQuestion> ranked = policy.rank(request);
    QJsonArray list;
    for (const ScoredQuestion &candidate : ranked.mid(0, options.explain ? options.limit : 1)) {
        QJsonObject entry {{QStringLiteral("question"), candidate.question},
            {QStringLiteral("version"), candidate.version}, {QStringLiteral("score"), candidate.score},
            {QStringLiteral("reason"), reasonName(candidate.reason.kind)},
            {QStringLiteral("post"), candidate.reason.post},
            {QStringLiteral("risk_point"), candidate.reason.riskPoint},
            {QStringLiteral("days_since"), candidate.reason.daysSince}};
        if (options.explain) {
            entry.insert(QStringLiteral("parts"), partsOf(candidate.parts));
        }
        list.append(entry);
        if (!common.json) {
            const QuestionVersion *question = bank->question(candidate.question, candidate.version);
            print(QStringLiteral("%1  %2  [%3] %4")
                      .arg(candidate.score, 14, 'f', 4)
                      .arg(candidate.question, reasonName(candidate.reason.kind),
                          question ? question->stem : QString()));
            if (options.explain) {
                print(QString(16, QLatin1Char(' ')) + partsText(candidate.parts));
            }
        }
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("policy"), policy.name()},
            {QStringLiteral("person"), request.person.number},
            {QStringLiteral("posts"), QJsonArray::fromStringList(request.posts)},
            {QStringLiteral("eligible"), ranked.size()}, {QStringLiteral("questions"), list}});
    }
    return list.isEmpty() ? fail(common, Error(ErrorCode::NotFound, QStringLiteral("no eligible question"))) : True;
}

} // namespace

void addSelectCommands(CLI::App &app, const Common &common, Action &action)
{
    const auto options = std::make_shared<SelectOptions>();
    auto *command = app.add_subcommand("select", "接下来问哪一题，以及为什么");
    command->add_option("--person", options->person, "工号；不给则为当前账户");
    command->add_option("--bank", options->bank, "题库包或源文件夹；不给则用本机题库");
    command->add_flag("--explain", options->explain, "列出候选题、得分及其构成");
    command->add_option("--seed", options->seed, "得分相同时的次序");
    command->add_option("--limit", options->limit, "最多列出几题")->check(CLI::Range(1, 1000));
    command->callback([&common, &action, options] { action = [&common, options] { return select(common, *options); }; });
}

} // namespace qingfeng::ctl
