#include "app/ctl/commands.h"
#include "app/report/report_pdf.h"

#include <QCoreApplication>

/** qingfengctl: everything the windows do that can be scripted. One file per command group. */
int main(int argc, char **argv)
{
    using namespace qingfeng::ctl;
    QCoreApplication::setApplicationName(QStringLiteral("qingfengctl"));

    CLI::App app {"清风 Qingfeng：廉政风险教育系统的命令行工具", "qingfengctl"};
    app.set_version_flag("--version", "qingfengctl " QF_VERSION);
    app.require_subcommand(1);
    app.fallthrough();

    Common common;
    std::string data;
    std::string config;
    std::string admin;
    app.add_flag("--json", common.json, "输出一个 JSON 文档");
    app.add_option("--data", data, "工作站数据目录");
    app.add_option("--config", config, "配置文件");
    app.add_option("--admin", admin, "服务器管理员连接文件 admin.json")->envname("QINGFENG_ADMIN");

    Action action;
    addBankCommands(app, common, action);
    addExchangeCommands(app, common, action);
    addSelectCommands(app, common, action);
    addMemoryCommands(app, common, action);
    addSimulateCommands(app, common, action);
    addArchiveCommands(app, common, action);
    bool drawsPages = false;
    addReportCommands(app, common, action, drawsPages);
    addAnnotationCommands(app, common, action);
    addMessageCommands(app, common, action);
    addPeopleCommands(app, common, action);
    addGateCommands(app, common, action);
    addHookCommands(app, common, action);
    addGateTestCommand(app, common, action);
    addUnlockCommands(app, common, action);
    addPolicyCommands(app, common, action);
    addRehearseCommands(app, common, action);
    addServerCommands(app, common, action);
    addBackupCommands(app, common, action);
    addAccountCommands(app, common, action);
    addSessionCommands(app, common, action);
    addLoadCommand(app, common, action);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        const int status = app.exit(error);
        return status == 0 ? int(True) : int(Usage);
    }
    // Fonts are asked for only by what draws.
    const auto application = drawsPages ? qingfeng::makeDrawingApplication(argc, argv)
                                        : std::make_unique<QCoreApplication>(argc, argv);
    common.dataPath = QString::fromStdString(data);
    common.configPath = QString::fromStdString(config);
    common.adminPath = QString::fromStdString(admin);
    return action();
}
