#include "app/gate/supervisor/environment.h"

#include "app/gate/core/unique_fd.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

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

constexpr int busAnswerMs = 300;

/** The socket that a D-Bus address of the kinds "unix:path=" and "unix:abstract=" names; length 0 for any other. */
std::pair<sockaddr_un, socklen_t> busSocket(std::string_view address)
{
    sockaddr_un socket = {};
    socket.sun_family = AF_UNIX;
    for (const std::string_view kind : {"unix:path=", "unix:abstract="}) {
        if (address.substr(0, kind.size()) != kind) {
            continue;
        }
        const std::string_view name
            = address.substr(kind.size(), address.find_first_of(",;") - kind.size());
        const std::size_t before = kind == "unix:abstract=" ? 1 : 0; // an abstract name begins with a zero
        if (name.empty() || before + name.size() >= sizeof socket.sun_path) {
            break;
        }
        name.copy(socket.sun_path + before, name.size());
        return {socket, socklen_t(offsetof(sockaddr_un, sun_path) + before + name.size())};
    }
    return {socket, 0};
}

/**
 * Whether a bus answers at this address. One that hangs would hold the question program for 25 s, so it is asked for
 * its first word (D-Bus specification, "Authentication Protocol") and has 300 ms.
 */
bool isUsableBus(std::string_view address)
{
    const auto [socket, length] = busSocket(address);
    const UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (length == 0 || !fd || ::connect(fd.get(), reinterpret_cast<const sockaddr *>(&socket), length) != 0) {
        return false;
    }
    constexpr std::string_view ask("\0AUTH\r\n", 7);
    if (::send(fd.get(), ask.data(), ask.size(), MSG_NOSIGNAL) != ssize_t(ask.size())) {
        return false;
    }
    pollfd waiting{fd.get(), POLLIN, 0};
    char answer[8] = {};
    return ::poll(&waiting, 1, busAnswerMs) == 1 && ::recv(fd.get(), answer, sizeof answer, 0) > 0;
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
