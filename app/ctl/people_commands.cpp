#include "app/ctl/commands.h"
#include "app/ctl/output.h"
#include "app/ctl/workspace.h"

#include <QJsonArray>

namespace qingfeng::ctl {
namespace {

int whoami(const Common &common)
{
    auto workspace = Workspace::open(common);
    if (!workspace) {
        return fail(common, workspace.error());
    }
    const auto learner = (*workspace)->learner(std::make_shared<const QuestionBank>());
    const Identity &identity = learner->identity();
    if (common.json) {
        print(QJsonObject {{QStringLiteral("known"), identity.isKnown()},
            {QStringLiteral("method"), nameOf(identity.method)},
            {QStringLiteral("number"), identity.person.number}, {QStringLiteral("name"), identity.person.name},
            {QStringLiteral("unit"), learner->unit().name},
            {QStringLiteral("department"), learner->departmentPath()},
            {QStringLiteral("posts"), QJsonArray::fromStringList(identity.posts)},
            {QStringLiteral("steps"), QJsonArray::fromStringList(identity.steps)}});
        return identity.isKnown() ? True : False;
    }
    print(identity.isKnown()
            ? QStringLiteral("%1（工号 %2）").arg(identity.person.name, identity.person.number)
            : QStringLiteral("名册中没有当前账户，按通用岗位出题"));
    print(QStringLiteral("单位部门：%1 %2").arg(learner->unit().name, learner->departmentPath()));
    print(QStringLiteral("今日岗位：%1").arg(
        identity.posts.isEmpty() ? QStringLiteral("无，按通用岗位") : identity.posts.join(QStringLiteral("、"))));
    print(QStringLiteral("认定经过："));
    for (const QString &step : identity.steps) {
        print(QStringLiteral("  · ") + step);
    }
    return identity.isKnown() ? True : False;
}

} // namespace

void addPeopleCommands(CLI::App &app, const Common &common, Action &action)
{
    auto *group = app.add_subcommand("people", "人员与岗位");
    group->require_subcommand(1);
    struct ImportOptions
    {
        std::string file;
        bool confirm = false;
    };
    const auto options = std::make_shared<ImportOptions>();
    auto *import = group->add_subcommand("import", "把名册（CSV）导入服务器；默认只试导入（管理员）");
    import->add_option("file", options->file, "CSV 文件")->required();
    import->add_flag("--confirm", options->confirm, "正式写入，全部成功或一行不写");
    import->callback([&common, &action, options] {
        action = [&common, options] {
            return importPeople(common, QString::fromStdString(options->file), options->confirm);
        };
    });
    group->add_subcommand("whoami", "这台电脑上我是谁、什么岗位、怎样得知")->callback([&common, &action] {
        action = [&common] { return whoami(common); };
    });
}

} // namespace qingfeng::ctl
