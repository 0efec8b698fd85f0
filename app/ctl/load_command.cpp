#include "app/ctl/admin_client.h"
#include "app/ctl/commands.h"
#include "app/ctl/output.h"

#include "app/load/load_run.h"
#include "quiz/protocol/admin_messages.h"

#include "question_bank/package/bank_folder.h"

#include <cstdio>

namespace qingfeng::ctl {
namespace {

struct LoadOptions
{
    load::LoadSettings settings;
    bool confirm = false;
};

constexpr qint64 maxAuthority = 64 * 1024;

int run(const Common &common, const LoadOptions &options)
{
    const auto admin = administrator(common);
    if (!admin) {
        return fail(common, admin.error());
    }
    const auto authority = readFile(admin->caFile, maxAuthority);
    if (!authority) {
        return fail(common, authority.error());
    }
    load::LoadSettings settings = options.settings;
    settings.url = QUrl(admin->url);
    settings.authorityPem = *authority;
    settings.adminToken = admin->token;
    int shown = -1;
    const auto report = load::runLoad(settings, [&](const char *step, int done, int total) {
        const int percent = 100 * done / std::max(1, total);
        if (!common.json && percent != shown) {
            std::fprintf(stderr, "\r%s %3d%%", step[0] == 'p' ? "准备" : "上线", percent);
            shown = percent;
        }
    });
    if (!common.json) {
        std::fprintf(stderr, "\r          \r");
    }
    if (!report) {
        return fail(common, report.error());
    }
    const bool good = report->lost == 0 && report->doubled == 0 && report->notServed == 0;
    if (common.json) {
        print(report->toJson());
        return good ? True : False;
    }
    print(QStringLiteral("%1 台电脑在 %2 秒内上线，%3 台的作答已确认，用时 %4 秒")
              .arg(report->devices)
              .arg(settings.windowSeconds)
              .arg(report->acknowledged)
              .arg(report->seconds, 0, 'f', 2));
    print(QStringLiteral("从连接到确认：一半在 %1 毫秒内，99% 在 %2 毫秒内，最长 %3 毫秒")
              .arg(report->p50Ms, 0, 'f', 1)
              .arg(report->p99Ms, 0, 'f', 1)
              .arg(report->maxMs, 0, 'f', 1));
    print(QStringLiteral("被告知稍后再来 %1 次，连接中断 %2 次；丢失 %3，重复 %4，未得到服务 %5")
              .arg(report->toldToComeBack)
              .arg(report->broken)
              .arg(report->lost)
              .arg(report->doubled)
              .arg(report->notServed));
    return good ? True : False;
}

} // namespace

void addLoadCommand(CLI::App &app, const Common &common, Action &action)
{
    auto *command = app.get_subcommand("server")->add_subcommand(
        "load", "压力测试：许多电脑同时上线。会在服务器里留下测试部门和设备，勿对在用的服务器运行");
    const auto options = std::make_shared<LoadOptions>();
    command->add_option("--devices", options->settings.devices, "电脑台数")->check(CLI::Range(1, 200'000));
    command->add_option("--over", options->settings.windowSeconds, "在多少秒内陆续上线；0 为同时")
        ->check(CLI::Range(0.0, 86'400.0));
    command->add_option("--answers", options->settings.answers, "每台带来的作答数")->check(CLI::Range(1, 500));
    command->add_option("--patience", options->settings.patienceSeconds, "每台最多坚持多少秒")
        ->check(CLI::Range(1.0, 86'400.0));
    command->add_option("--seed", options->settings.seed, "随机种子");
    command->callback([&common, &action, options] { action = [&common, options] { return run(common, *options); }; });
}

} // namespace qingfeng::ctl
