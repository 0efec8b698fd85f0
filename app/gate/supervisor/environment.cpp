#include "app/gate/supervisor/environment.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace qingfeng::gate {

namespace {

constexpr std::array<std::string_view, 5> inputMethods{"fcitx", "fcitx5", "ibus", "xim", "compose"};
constexpr std::array<std::string_view, 3> droppedPrefixes{"LD_", "QT_", "QML"};
constexpr std::array<std::string_view, 9> droppedNames{"GCONV_PATH", "GLIBC_TUNABLES", "GTK_MODULES",
    "GTK3_MODULES", "MALLOC_TRACE", "NLSPATH", "LOCPATH", "BASH_ENV", "DISPLAY"};

bool isDropped(std::string_view name)
{
    return std::ranges::any_of(droppedPrefixes, [&](std::string_view p) {
        return name.substr(0, p.size()) == p;
    }) || std::ranges::find(droppedNames, name) != droppedNames.end();
}

/** Whether a D-Bus address names a socket that exists; an abstract one cannot be looked at and is believed.
 */
bool isUsableBus(std::string_view address)
{
    constexpr std::string_view abstract = "unix:abstract=";
    constexpr std::string_view path = "unix:path=";
    if (address.substr(0, abstract.size()) == abstract) {
        return true;
    }
    if (address.substr(0, path.size()) != path) {
        return false;
    }
    address.remove_prefix(path.size());
    const std::string file(address.substr(0, address.find_first_of(",;")));
    struct stat info = {};
    return ::stat(file.c_str(), &info) == 0 && S_ISSOCK(info.st_mode);
}

} // namespace

std::vector<std::string> uiEnvironment(const std::vector<std::string> &inherited, const std::string &display)
{
    std::vector<std::string> result;
    std::string bus = "disabled:";
    for (const std::string &entry : inherited) {
        const std::size_t equals = entry.find('=');
        if (equals == std::string::npos) {
            continue;
        }
        const std::string_view name = std::string_view(entry).substr(0, equals);
        const std::string_view value = std::string_view(entry).substr(equals + 1);
        if (name == "QT_IM_MODULE" && std::ranges::find(inputMethods, value) != inputMethods.end()) {
            result.push_back(entry);
        } else if (name == "DBUS_SESSION_BUS_ADDRESS") {
            bus = isUsableBus(value) ? std::string(value) : bus;
        } else if (!isDropped(name)) {
            result.push_back(entry);
        }
    }
    result.push_back("DBUS_SESSION_BUS_ADDRESS=" + bus);
    result.push_back("QT_QPA_PLATFORM=xcb");
    if (!display.empty()) {
        result.push_back("DISPLAY=" + display);
    }
    return result;
}

std::vector<std::string> ownEnvironment()
{
    std::vector<std::string> result;
    for (char **entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        result.emplace_back(*entry);
    }
    return result;
}

} // namespace qingfeng::gate
