#include "app/ctl/commands.h"
#include "app/ctl/output.h"
#include "app/ctl/workspace.h"

#include "quiz/selection/severe_unseen_first.h"

#include <QJsonArray>

namespace qingfeng::ctl {
namespace {

struct SelectOptions
{
    std::string person;
    std::string bank;
    bool explain = false;
    int limit = 10;
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
    }
    return {};
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
    const auto history = space.store().history(request.person.number);
    const auto asked = space.store().askedOn(request.person.number, request.studyDay);
    const auto last = space.store().lastQuestion(request.person.number);
    if (!history || !asked || !last) {
        return fail(common, Error(ErrorCode::Io, QStringLiteral("the store cannot be read")));
    }
    request.history = *history;
    request.askedToday = *asked;
    if (const QuestionVersion *question = bank->latest(*last)) {
        request.lastRiskPoint = question->riskPoints.value(0);
    }

    const SevereUnseenFirst policy;
    const QList<ScoredQuestion> ranked = policy.rank(request);
    QJsonArray list;
    for (const ScoredQuestion &candidate : ranked.mid(0, options.explain ? options.limit : 1)) {
        list.append(QJsonObject {{QStringLiteral("question"), candidate.question},
            {QStringLiteral("version"), candidate.version}, {QStringLiteral("score"), candidate.score},
            {QStringLiteral("reason"), reasonName(candidate.reason.kind)},
            {QStringLiteral("post"), candidate.reason.post},
            {QStringLiteral("risk_point"), candidate.reason.riskPoint},
            {QStringLiteral("days_since"), candidate.reason.daysSince}});
        if (!common.json) {
            const QuestionVersion *question = bank->question(candidate.question, candidate.version);
            print(QStringLiteral("%1  %2  [%3] %4")
                      .arg(candidate.score, 14, 'f', 4)
                      .arg(candidate.question, reasonName(candidate.reason.kind),
                          question ? question->stem : QString()));
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
    command->add_flag("--explain", options->explain, "列出候选题及得分");
    command->add_option("--limit", options->limit, "最多列出几题")->check(CLI::Range(1, 1000));
    command->callback([&common, &action, options] { action = [&common, options] { return select(common, *options); }; });
}

} // namespace qingfeng::ctl
