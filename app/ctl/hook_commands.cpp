#include "app/ctl/commands.h"
#include "app/ctl/hooks/plan.h"
#include "app/ctl/hooks/report.h"
#include "app/ctl/output.h"

#include <algorithm>
#include <cstdio>
#include <memory>

#include <unistd.h>

#include <QFileInfo>
#include <QJsonArray>

namespace qingfeng::ctl {
namespace {

struct HookOptions
{
    std::string root = "/";
    std::vector<std::string> hooks;
    bool dryRun = false;
    bool restoreChanged = false;
};

void say(const QString &line)
{
    std::fputs(line.toUtf8().append('\n').constData(), stderr);
}

/** The tree to work on; InvalidArgument or NotPermitted when it cannot be. */
Result<Root> openRoot(const HookOptions &options, bool writes)
{
    const QString folder = QString::fromStdString(options.root);
    if (!QFileInfo(folder).isDir()) {
        return Error(
            ErrorCode::InvalidArgument, QStringLiteral("no such folder"), QStringLiteral("--root ") + folder);
    }
    const Root root(folder);
    if (writes && root.isRunningSystem() && ::geteuid() != 0) {
        return Error(
            ErrorCode::NotPermitted, QStringLiteral("请用 root 运行，如 sudo qingfengctl gate install"));
    }
    return root;
}

QString changedSentence(const Root &root, const JournalEntry &entry)
{
    const QString former = entry.before.kind == FileState::Absent
        ? QStringLiteral("删除它（安装前没有这个文件）")
        : QStringLiteral("把它改回安装前的内容");
    return QStringLiteral("%1 在安装之后被改动过，没有动它。请核对后%2，再运行一次 gate remove；"
                          "要直接恢复安装前的样子，请用 gate remove --restore-changed。")
        .arg(root.outside(entry.path), former);
}

QJsonArray pathsOf(const Untouched &untouched)
{
    QJsonArray paths;
    for (const JournalEntry &entry : untouched) {
        paths.append(entry.path);
    }
    return paths;
}

/** What the plan does to a file. */
QString verb(const Root &root, const HookFile &file)
{
    const auto now = root.state(file.path);
    if (now && *now == file.wanted) {
        return QStringLiteral("keep");
    }
    return now && now->kind != FileState::Absent ? QStringLiteral("change") : QStringLiteral("create");
}

QString verbInChinese(const QString &verb)
{
    return verb == QLatin1String("keep")  ? QStringLiteral("已有")
        : verb == QLatin1String("change") ? QStringLiteral("改写")
                                          : QStringLiteral("新建");
}

/** @p root as it would be with no hook installed, so that a second plan is the same as the first. */
Root withoutHooks(Root root, const Journal &journal)
{
    const Root now = root;
    for (const JournalEntry &entry : journal.entries) {
        const auto found = standing(now, entry);
        if (found && *found == Standing::AsWritten && entry.written.kind != FileState::Directory) {
            root.pretend(entry.path, entry.before);
        }
    }
    return root;
}

int installHooks(const Common &common, const HookOptions &options)
{
    const auto root = openRoot(options, !options.dryRun);
    if (!root) {
        return fail(common, root.error());
    }
    const auto journal = readJournal(*root);
    if (!journal) {
        return fail(common, journal.error());
    }
    QStringList wanted;
    for (const std::string &hook : options.hooks) {
        wanted.append(QString::fromStdString(hook));
    }
    const HookPlan plan = planHooks(withoutHooks(*root, *journal), wanted);
    QJsonArray files;
    for (const HookFile &file : plan.files) {
        files.append(QJsonObject{{QStringLiteral("hook"), file.hook}, {QStringLiteral("path"), file.path},
            {QStringLiteral("action"), verb(*root, file)}});
    }
    const bool writes = plan.refusals.isEmpty() && !options.dryRun;
    const auto untouched = writes ? installFiles(*root, plan.files) : Result<Untouched>(Untouched());
    if (!untouched) {
        return fail(common, untouched.error());
    }
    if (common.json) {
        print(QJsonObject{{QStringLiteral("dry_run"), options.dryRun},
            {QStringLiteral("hooks"), QJsonArray::fromStringList(plan.hooks)},
            {QStringLiteral("files"), files},
            {QStringLiteral("notes"), QJsonArray::fromStringList(plan.notes)},
            {QStringLiteral("refusals"), QJsonArray::fromStringList(plan.refusals)},
            {QStringLiteral("changed_by_hand"), pathsOf(*untouched)}});
        return plan.refusals.isEmpty() && untouched->isEmpty() ? True : False;
    }
    for (const QString &refusal : plan.refusals) {
        say(refusal);
    }
    if (!plan.refusals.isEmpty()) {
        say(QStringLiteral("没有写任何文件。"));
        return False;
    }
    for (const QJsonValue &value : std::as_const(files)) {
        print(QStringLiteral("%1 %2（%3）")
                  .arg(verbInChinese(value[QStringLiteral("action")].toString()),
                      root->outside(value[QStringLiteral("path")].toString()),
                      hookTitle(value[QStringLiteral("hook")].toString())));
    }
    for (const QString &note : plan.notes) {
        print(note);
    }
    for (const JournalEntry &entry : *untouched) {
        say(changedSentence(*root, entry));
    }
    print(options.dryRun
            ? QStringLiteral("以上只是演练，没有写任何文件。")
            : QStringLiteral("下次登录起生效。用 gate status 查看，gate test 试一次，gate remove 撤销。"));
    return untouched->isEmpty() ? True : False;
}

int removeHooks(const Common &common, const HookOptions &options)
{
    const auto root = openRoot(options, true);
    if (!root) {
        return fail(common, root.error());
    }
    const auto untouched = uninstallFiles(*root, options.restoreChanged);
    if (!untouched) {
        return fail(common, untouched.error());
    }
    if (common.json) {
        print(QJsonObject{{QStringLiteral("removed"), untouched->isEmpty()},
            {QStringLiteral("changed_by_hand"), pathsOf(*untouched)}});
    } else {
        for (const JournalEntry &entry : *untouched) {
            say(changedSentence(*root, entry));
        }
        print(untouched->isEmpty() ? QStringLiteral("会话门的入口都已撤销，文件与安装前一致。")
                                   : QStringLiteral("其余入口都已撤销。"));
    }
    return untouched->isEmpty() ? True : False;
}

QString stageSentence(Journal::Stage stage)
{
    switch (stage) {
    case Journal::None:
        return QStringLiteral("还没有安装入口；请运行 qingfengctl gate install。");
    case Journal::Installing:
        return QStringLiteral("上一次安装没有做完；请再运行 gate install 做完它，或用 gate remove 撤销。");
    case Journal::Removing:
        return QStringLiteral(
            "上一次撤销没有做完；请再运行 gate remove 做完它，或用 gate install 重新安装。");
    case Journal::Installed:
        break;
    }
    return QStringLiteral("入口已安装。");
}

int hookStatus(const Common &common, const HookOptions &options)
{
    const auto root = openRoot(options, false);
    if (!root) {
        return fail(common, root.error());
    }
    const auto report = reportHooks(*root);
    if (!report) {
        return fail(common, report.error());
    }
    if (common.json) {
        print(report->toJson());
        return report->isEffective ? True : False;
    }
    print(stageSentence(report->stage));
    for (const QJsonValue &file : std::as_const(report->files)) {
        print(QStringLiteral("  %1（%2）：%3")
                  .arg(root->outside(file[QStringLiteral("path")].toString()),
                      hookTitle(file[QStringLiteral("hook")].toString()),
                      file[QStringLiteral("sentence")].toString()));
    }
    print(report->machine.displayManager.isEmpty()
            ? QStringLiteral("没有找到登录管理器。")
            : QStringLiteral("登录管理器：%1").arg(report->machine.displayManager));
    for (const QJsonValue &session : std::as_const(report->sessions)) {
        print(QStringLiteral("  ") + session[QStringLiteral("sentence")].toString());
    }
    if (report->machine.sessions.isEmpty()) {
        print(QStringLiteral("没有找到图形会话，会话门无处出现。"));
    }
    return report->isEffective ? True : False;
}

} // namespace

void addHookCommands(CLI::App &app, const Common &common, Action &action)
{
    auto *group = app.get_subcommand("gate");
    const auto options = std::make_shared<HookOptions>();
    const auto add
        = [&](const char *name, const char *what, int (*run)(const Common &, const HookOptions &)) {
              auto *command = group->add_subcommand(name, what);
              command->add_option("--root", options->root, "系统所在的目录，如镜像；默认 /");
              command->callback([&common, &action, options, run] {
                  action = [&common, options, run] { return run(common, *options); };
              });
              return command;
          };
    auto *install = add("install", "安装会话门的入口；不指明时按这台电脑自行选择（root）", installHooks);
    std::set<std::string> names;
    for (const QString &name : hookNames) {
        names.insert(name.toStdString());
    }
    install->add_option("--hook", options->hooks, "入口，可多次给出")->check(CLI::IsMember(names));
    install->add_flag("--dry-run", options->dryRun, "只说会做什么，不写文件");
    add("remove", "撤销 gate install 所做的一切，文件逐字节恢复（root）", removeHooks)
        ->add_flag(
            "--restore-changed", options->restoreChanged, "安装之后被改动过的文件也恢复成安装前的样子");
    add("status", "入口是否完好，在哪些会话里有效，无效时怎么办", hookStatus);
}

} // namespace qingfeng::ctl
