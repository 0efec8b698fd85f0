#include "app/gate/core/events.h"

#include "app/gate/core/clocks.h"
#include "app/gate/core/protocol.h"
#include "app/gate/core/unique_fd.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

namespace qingfeng::gate {

namespace {

constexpr off_t maxJournalBytes = 1024 * 1024;
constexpr std::size_t maxDetailBytes = 512;

UniqueFd openForAppend(const std::string &path)
{
    return UniqueFd(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600));
}

/** The text up to the bound, never ending within a character. */
std::string_view shortened(std::string_view text)
{
    if (text.size() <= maxDetailBytes) {
        return text;
    }
    std::size_t end = maxDetailBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) {
        --end;
    }
    return text.substr(0, end);
}

bool isFull(const UniqueFd &fd)
{
    struct stat info = {};
    return ::fstat(fd.get(), &info) == 0 && info.st_size >= maxJournalBytes;
}

} // namespace

void makeFolders(const std::string &path)
{
    for (std::size_t slash = path.find('/', 1); slash != std::string::npos;
         slash = path.find('/', slash + 1)) {
        ::mkdir(path.substr(0, slash).c_str(), 0700);
    }
    ::mkdir(path.c_str(), 0700);
}

std::string newId(std::int64_t utcMs)
{
    std::uint8_t random[10];
    randombytes_buf(random, sizeof random);
    return uuidV7(utcMs, random);
}

void EventLog::record(std::string_view kind, std::string_view detail) const
{
    if (m_folder.empty()) {
        return;
    }
    const std::int64_t now = wallClockMs();
    const std::string line = "{\"id\":\"" + newId(now) + "\",\"kind\":\"" + jsonEscaped(kind)
        + "\",\"at_ms\":" + std::to_string(now) + ",\"detail\":\"" + jsonEscaped(shortened(detail)) + "\"}\n";
    UniqueFd fd = openForAppend(filePath());
    if (!fd && errno == ENOENT) {
        makeFolders(m_folder);
        fd = openForAppend(filePath());
    }
    if (fd && isFull(fd)) {
        ::rename(filePath().c_str(), (m_folder + "/gate-events.1.jsonl").c_str());
        fd = openForAppend(filePath());
    }
    if (fd && ::write(fd.get(), line.data(), line.size()) < 0) {
        std::perror("qingfeng-gate: gate-events.jsonl");
    }
}

std::string defaultEventFolder()
{
    const char *data = std::getenv("XDG_DATA_HOME");
    if (data != nullptr && data[0] == '/') {
        return std::string(data) + "/qingfeng";
    }
    const char *home = std::getenv("HOME");
    return home != nullptr && home[0] == '/' ? std::string(home) + "/.local/share/qingfeng" : std::string();
}

std::string uuidV7(std::int64_t utcMs, const std::uint8_t (&random)[10])
{
    std::uint8_t bytes[16];
    for (int i = 0; i < 6; ++i) {
        bytes[i] = std::uint8_t((std::uint64_t(utcMs) >> (8 * (5 - i))) & 0xff);
    }
    for (int i = 0; i < 10; ++i) {
        bytes[6 + i] = random[i];
    }
    bytes[6] = std::uint8_t((bytes[6] & 0x0f) | 0x70);
    bytes[8] = std::uint8_t((bytes[8] & 0x3f) | 0x80);
    std::string text;
    constexpr char digits[] = "0123456789abcdef";
    for (int i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            text += '-';
        }
        text += digits[bytes[i] >> 4];
        text += digits[bytes[i] & 0x0f];
    }
    return text;
}

std::string jsonEscaped(std::string_view text)
{
    const bool whole = isUtf8(text);
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (byte < 0x20) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\u%04x", unsigned(byte));
            result += escape;
        } else {
            result += byte >= 0x80 && !whole ? '?' : c;
        }
    }
    return result;
}

} // namespace qingfeng::gate
