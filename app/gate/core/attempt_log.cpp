#include "app/gate/core/attempt_log.h"

#include "app/gate/core/events.h"
#include "app/gate/core/unique_fd.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace qingfeng::gate {

namespace {

constexpr off_t mostBytes = 1024 * 1024;

std::string quoted(std::string_view text)
{
    return '"' + jsonEscaped(text) + '"';
}

/** The line whole and on the disk, or nothing of it. */
bool appendLine(const std::string &folder, const std::string &line)
{
    makeFolders(folder);
    const std::string path = folder + '/' + AttemptLog::fileName;
    const UniqueFd fd(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600));
    struct stat info = {};
    if (!fd || ::fstat(fd.get(), &info) != 0 || !S_ISREG(info.st_mode) || info.st_size >= mostBytes) {
        return false;
    }
    const bool kept
        = ::write(fd.get(), line.data(), line.size()) == ssize_t(line.size()) && ::fsync(fd.get()) == 0;
    // Part of a line would spoil the next one; where it cannot be cut off, a reader skips what is no object.
    if (!kept && ::ftruncate(fd.get(), info.st_size) != 0) {
        std::perror("qingfeng-gate: gate-attempts.jsonl");
    }
    return kept;
}

} // namespace

std::string attemptLine(const BuiltInAttempt &attempt)
{
    const BuiltInQuestion &question = builtInQuestions[attempt.question];
    std::string shown;
    for (const std::size_t place : attempt.order) {
        shown += (shown.empty() ? "" : ",") + quoted(question.choices[place].id);
    }
    const bool unsure = attempt.choice == unsureWord;
    const int marks = attempt.verdict == Verdict::Right ? question.fullMarks : 0;
    return "{\"id\":" + quoted(attempt.id) + ",\"question\":" + quoted(question.id) + ",\"version\":"
        + std::to_string(question.version) + ",\"bank_revision\":" + std::to_string(builtInBankRevision)
        + ",\"post\":" + quoted(builtInPost) + ",\"choices_shown\":[" + shown + "],\"response\":["
        + (unsure ? "" : quoted(attempt.choice)) + "],\"guess_ppm\":" + std::to_string(question.guessPpm)
        + ",\"marks\":" + std::to_string(marks) + ",\"full_marks\":" + std::to_string(question.fullMarks)
        + ",\"outcome\":" + quoted(verdictName(attempt.verdict)) + ",\"response_ms\":"
        + std::to_string(attempt.responseMs) + ",\"answered_at_ms\":" + std::to_string(attempt.answeredAtMs)
        + ",\"utc_offset_s\":" + std::to_string(attempt.utcOffsetSeconds) + "}\n";
}

bool AttemptLog::record(const BuiltInAttempt &attempt) const
{
    const std::string line = attemptLine(attempt);
    return std::any_of(m_folders.begin(), m_folders.end(),
        [&line](const std::string &folder) { return !folder.empty() && appendLine(folder, line); });
}

std::vector<std::string> attemptFolders(const std::string &eventFolder)
{
    std::vector<std::string> folders{eventFolder};
    const char *session = std::getenv("XDG_RUNTIME_DIR");
    if (session != nullptr && session[0] == '/') {
        folders.push_back(std::string(session) + "/qingfeng-stand-in");
    }
    return folders;
}

int utcOffsetSeconds()
{
    const std::time_t now = std::time(nullptr);
    std::tm local = {};
    return ::localtime_r(&now, &local) != nullptr ? int(local.tm_gmtoff) : 0;
}

} // namespace qingfeng::gate
