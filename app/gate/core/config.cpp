#include "app/gate/core/config.h"

#include "app/gate/core/unique_fd.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <charconv>

namespace qingfeng::gate {

namespace {

struct Setting
{
    std::string_view key;
    std::int64_t Deadlines::*field;
    std::int64_t least;
    std::int64_t most;
};

constexpr Setting settings[] = {
    {"cover_ms", &Deadlines::coverMs, 500, 10000},
    {"ui_start_ms", &Deadlines::uiStartMs, 1000, 30000},
    {"heartbeat_ms", &Deadlines::heartbeatMs, 100, 5000},
    {"heartbeat_misses", &Deadlines::heartbeatMisses, 2, 20},
    {"countdown_ms", &Deadlines::countdownMs, 5000, 150000},
    {"fault_limit_ms", &Deadlines::faultLimitMs, 10000, 180000},
    {"release_ms", &Deadlines::releaseMs, 200, 10000},
};

constexpr std::size_t maxConfigBytes = 64 * 1024;

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blank = " \t\r";
    const auto first = text.find_first_not_of(blank);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

void apply(Deadlines &deadlines, std::string_view key, std::string_view value)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size()) {
        return;
    }
    for (const Setting &setting : settings) {
        if (setting.key == key) {
            deadlines.*setting.field = std::clamp(number, setting.least, setting.most);
        }
    }
}

} // namespace

Deadlines parseDeadlines(std::string_view text)
{
    Deadlines deadlines;
    while (!text.empty()) {
        const auto newline = text.find('\n');
        std::string_view line = text.substr(0, newline);
        text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
        line = line.substr(0, line.find('#'));
        const auto equals = line.find('=');
        if (equals != std::string_view::npos) {
            apply(deadlines, trimmed(line.substr(0, equals)), trimmed(line.substr(equals + 1)));
        }
    }
    deadlines.faultLimitMs = std::max(deadlines.faultLimitMs, deadlines.countdownMs + 5000);
    return deadlines;
}

Deadlines readDeadlines(const std::string &path)
{
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat info = {};
    if (!fd || ::fstat(fd.get(), &info) != 0 || !S_ISREG(info.st_mode) || info.st_uid != 0
        || (info.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        return {};
    }
    std::string text(maxConfigBytes, '\0');
    const ssize_t length = ::read(fd.get(), text.data(), text.size());
    return length > 0 ? parseDeadlines(std::string_view(text).substr(0, std::size_t(length))) : Deadlines{};
}

} // namespace qingfeng::gate
