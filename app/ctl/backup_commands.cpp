#include "app/ctl/commands.h"
#include "app/ctl/output.h"

#include "app/server/backup.h"

#include <QDateTime>

namespace qingfeng::ctl {
namespace {

struct BackupOptions
{
    std::string data = "/var/lib/qingfeng-server";
    std::string folder;
};

int tell(const Common &common, const Result<server::BackupReport> &report, const QString &done)
{
    if (!report) {
        return fail(common, report.error());
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("files"), report->files}, {QStringLiteral("bytes"), report->bytes},
            {QStringLiteral("made_at_ms"), report->madeAtMs}, {QStringLiteral("version"), report->version}});
    } else {
        print(QStringLiteral("%1：%2 个文件，%3 MB，备份于 %4（版本 %5），内容逐一核对无误")
                  .arg(done)
                  .arg(report->files)
                  .arg(double(report->bytes) / 1e6, 0, 'f', 1)
                  .arg(QDateTime::fromMSecsSinceEpoch(report->madeAtMs).toString(QStringLiteral("yyyy-MM-dd HH:mm")),
                      report->version));
    }
    return True;
}

} // namespace

void addBackupCommands(CLI::App &app, const Common &common, Action &action)
{
    auto *group = app.get_subcommand("server");
    const auto options = std::make_shared<BackupOptions>();
    const auto add = [&](const char *name, const char *help, auto run) {
        auto *command = group->add_subcommand(name, help);
        command->add_option("folder", options->folder, "备份所在文件夹")->required();
        command->callback([&action, options, run] { action = [options, run] { return run(*options); }; });
        return command;
    };
    const auto folder = [](const std::string &path) { return QString::fromStdString(path); };
    add("backup", "备份服务器数据（服务器可在运行），完成后逐文件核对；备份含密钥，请妥善保管", [&common, folder](const BackupOptions &o) {
        return tell(common, server::makeBackup(folder(o.data), folder(o.folder), SystemClock()), QStringLiteral("已备份"));
    })->add_option("--server-data", options->data, "服务器数据目录");
    add("verify-backup", "逐文件核对一个备份", [&common, folder](const BackupOptions &o) {
        return tell(common, server::verifyBackup(folder(o.folder)), QStringLiteral("备份完好"));
    });
    add("restore", "核对备份并恢复到空的数据目录；从不覆盖", [&common, folder](const BackupOptions &o) {
        return tell(common, server::restoreBackup(folder(o.folder), folder(o.data)), QStringLiteral("已恢复"));
    })->add_option("--server-data", options->data, "服务器数据目录，须不存在或为空");
}

} // namespace qingfeng::ctl
