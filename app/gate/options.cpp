#include "app/gate/options.h"

#include "app/gate/core/events.h"
#include "app/gate/core/unlock.h"

#include <unistd.h>

#include <climits>
#include <cstdlib>

namespace qingfeng::gate {

const char *const helpText = R"(用法：qingfeng-gate [选项]

在桌面出现之前或之上遮住屏幕，请当前用户回答一道题，答完即打开；任何故障都会记录，并在限定时间内打开桌面。

  --ask-first       先问答题程序，现在无题可出、无事可说就不遮挡；用于桌面已经出现的场合
  --ui PATH         答题程序(默认：同目录下的 qingfeng)
  --ui-arg ARG      传给答题程序的参数，可多次给出
  --event-dir DIR   事件文件 gate-events.jsonl 所在目录(默认：$XDG_DATA_HOME/qingfeng)
  --display D       X 显示器(默认：$DISPLAY)
  --config FILE     期限设置文件，须为 root 所有(默认：/etc/qingfeng/gate.conf)
  --unlock-codes F  管理员解锁码的验证文件，须为 root 所有(默认：/etc/qingfeng/unlock.codes)
  --clean           清除已失效的会话门留下的遮罩后退出
  --probe           以 JSON 报告本机能否使用会话门，不遮挡任何人
  --version         版本
  --help            本说明

除用法错误(2)外，退出状态总是 0：会话一定会继续。
)";

CommandLine parseCommandLine(const std::vector<std::string> &arguments, const std::string &ownFolder)
{
    CommandLine line;
    std::string configFile = defaultConfigFile;
    const char *display = std::getenv("DISPLAY");
    line.gate.display = display != nullptr ? display : "";
    line.gate.uiPath = ownFolder + "/qingfeng";
    line.gate.eventFolder = defaultEventFolder();
    line.gate.unlockFile = defaultUnlockFile;
    const auto refuse = [&line](const std::string &argument) {
        line.command = Command::Usage;
        line.error = argument;
        return line;
    };
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string &argument = arguments[i];
        const bool hasValue = i + 1 < arguments.size();
        if (argument == "--clean") {
            line.command = Command::Clean;
        } else if (argument == "--ask-first") {
            line.gate.askFirst = true;
        } else if (argument == "--probe") {
            line.command = Command::Probe;
        } else if (argument == "--version") {
            line.command = Command::Version;
        } else if (argument == "--help") {
            line.command = Command::Help;
        } else if (!hasValue) {
            return refuse(argument);
        } else if (argument == "--ui") {
            line.gate.uiPath = arguments[++i];
        } else if (argument == "--ui-arg") {
            line.gate.uiArguments.push_back(arguments[++i]);
        } else if (argument == "--event-dir") {
            line.gate.eventFolder = arguments[++i];
        } else if (argument == "--display") {
            line.gate.display = arguments[++i];
        } else if (argument == "--unlock-codes") {
            line.gate.unlockFile = arguments[++i];
        } else if (argument == "--config") {
            configFile = arguments[++i];
        } else {
            return refuse(argument);
        }
    }
    line.gate.deadlines = readDeadlines(configFile);
    return line;
}

std::string ownFolder()
{
    char path[PATH_MAX] = {};
    const ssize_t length = ::readlink("/proc/self/exe", path, sizeof path - 1);
    const std::string file = length > 0 ? std::string(path, std::size_t(length)) : std::string();
    return file.substr(0, file.rfind('/'));
}

} // namespace qingfeng::gate
