#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <sys/time.h>
#include <unistd.h>
#include <vector>

/**
 * Stands in for libFuzzer where the compiler has none: replays every file of the seed corpus, then mutates it from a
 * fixed seed for some seconds. A crash, or an input that costs more than a second of processor time, fails the test
 * and leaves the input in "finding-<program>" in the working folder; running the program on that file repeats it.
 *
 *     fuzz_<name> [--seconds N] [--seed N] PATH…       PATH is a file or a folder of seeds
 */
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);
/** Present in programs built with a sanitizer: called before it ends the program. */
extern "C" void __sanitizer_set_death_callback(void (*callback)()) __attribute__((weak));

namespace {

using Bytes = std::string;

constexpr double maxInputSeconds = 1.0; ///< of processor time, so that a busy machine fails nobody
constexpr int hangSeconds = 20; ///< of processor time, after which an input is taken never to end
constexpr std::size_t maxLength = 64 * 1024;

// What the handlers below need; they may call nothing that allocates.
const char *currentData = nullptr;
std::size_t currentSize = 0;
char findingPath[256] = "finding";

void keepFinding()
{
    const int file = open(findingPath, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (file >= 0) {
        std::size_t done = 0;
        while (done < currentSize) {
            const ssize_t written = write(file, currentData + done, currentSize - done);
            if (written <= 0) {
                break;
            }
            done += std::size_t(written);
        }
        close(file);
    }
    constexpr std::string_view words = "\nthe input that did it is in ";
    (void)!write(STDERR_FILENO, words.data(), words.size());
    (void)!write(STDERR_FILENO, findingPath, std::strlen(findingPath));
    (void)!write(STDERR_FILENO, "\n", 1);
}

void onDeath(int signal)
{
    keepFinding();
    std::signal(signal, SIG_DFL);
    raise(signal);
}

void onHang(int)
{
    constexpr std::string_view words = "\nan input does not end";
    (void)!write(STDERR_FILENO, words.data(), words.size());
    keepFinding();
    _exit(1);
}

double processorSeconds()
{
    timespec now {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) + double(now.tv_nsec) * 1e-9;
}

double wallSeconds()
{
    timespec now {};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return double(now.tv_sec) + double(now.tv_nsec) * 1e-9;
}

bool run(const Bytes &input)
{
    // A copy of exactly this size, so that a sanitizer sees a read past its end.
    const std::vector<std::uint8_t> exact(input.begin(), input.end());
    currentData = input.data();
    currentSize = input.size();
    itimerval alarm {};
    alarm.it_value.tv_sec = hangSeconds;
    setitimer(ITIMER_PROF, &alarm, nullptr);
    const double begin = processorSeconds();
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
    const double spent = processorSeconds() - begin;
    if (spent <= maxInputSeconds) {
        return true;
    }
    std::fprintf(stderr, "an input of %zu bytes took %.1f s\n", input.size(), spent);
    keepFinding();
    return false;
}

/** Changes seeds as libFuzzer does, less cleverly: it sees no coverage, but it never tires. */
class Mutator
{
public:
    Mutator(const std::vector<Bytes> &seeds, std::uint64_t seed)
        : m_seeds(seeds)
        , m_random(seed)
    {
    }

    Bytes next()
    {
        Bytes input = m_seeds[below(m_seeds.size())];
        for (std::size_t changes = 1 + below(6); changes > 0; --changes) {
            change(input);
        }
        if (input.size() > maxLength) {
            input.resize(maxLength);
        }
        return input;
    }

private:
    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : std::size_t(m_random() % limit); }

    /** Some bytes out of one of the seeds: their words are the best dictionary there is. */
    Bytes piece()
    {
        const Bytes &seed = m_seeds[below(m_seeds.size())];
        const std::size_t from = below(seed.size());
        return seed.substr(from, 1 + below(std::size_t(1) << below(9)));
    }

    void change(Bytes &input)
    {
        constexpr std::string_view marks = "{}[]()<>\"'`~=#:;,.%$@!?/\\&|*-+_^ \t\n\r0A1\x7f\x80\xff\xef\xbb\xbf";
        const std::size_t at = below(input.size() + 1);
        switch (below(9)) {
        case 0:
            if (at < input.size()) {
                input[at] = char(std::uint8_t(input[at]) ^ (1u << below(8)));
            }
            break;
        case 1:
            if (at < input.size()) {
                input[at] = char(below(256));
            }
            break;
        case 2:
            input.insert(at, 1, marks[below(marks.size())]);
            break;
        case 3:
            input.erase(at, 1 + below(std::size_t(1) << below(8)));
            break;
        case 4:
            input.insert(at, piece());
            break;
        case 5:
            input.insert(at, input.substr(below(input.size() + 1), 1 + below(64)));
            break;
        case 6:
            input.resize(at);
            break;
        case 7:
            if (at < input.size()) {
                input[at] = marks[below(marks.size())];
            }
            break;
        default:
            // Now and then very much of the same: what nests too deep, and what takes quadratic time.
            if (below(16) == 0) {
                const Bytes once = input.substr(std::min(at, input.size()), 1 + below(24));
                Bytes many;
                while (!once.empty() && many.size() < maxLength / 2) {
                    many += once;
                }
                input.insert(at, many);
            }
            break;
        }
    }

    const std::vector<Bytes> &m_seeds;
    std::mt19937_64 m_random;
};

std::vector<Bytes> readSeeds(const std::vector<std::string> &paths)
{
    namespace fs = std::filesystem;
    std::vector<fs::path> files;
    for (const std::string &path : paths) {
        if (!fs::is_directory(path)) {
            files.emplace_back(path);
            continue;
        }
        for (const auto &entry : fs::recursive_directory_iterator(path)) {
            if (entry.is_regular_file()) {
                files.push_back(entry.path());
            }
        }
    }
    std::sort(files.begin(), files.end());
    std::vector<Bytes> seeds;
    for (const fs::path &file : files) {
        std::ifstream in(file, std::ios::binary);
        if (!in) {
            std::fprintf(stderr, "cannot read %s\n", file.c_str());
            std::exit(2);
        }
        seeds.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    return seeds;
}

} // namespace

int main(int argc, char **argv)
{
    double seconds = 0;
    std::uint64_t seed = 20261124;
    std::vector<std::string> paths;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if ((argument == "--seconds" || argument == "--seed") && i + 1 < argc) {
            ++i;
            if (argument == "--seed") {
                seed = std::strtoull(argv[i], nullptr, 10);
            } else {
                seconds = std::strtod(argv[i], nullptr);
            }
        } else {
            paths.emplace_back(argument);
        }
    }
    const std::vector<Bytes> seeds = readSeeds(paths);
    if (seeds.empty()) {
        std::fprintf(stderr, "usage: %s [--seconds N] [--seed N] PATH…\nthere is no seed to begin with\n", argv[0]);
        return 2;
    }
    std::snprintf(findingPath, sizeof findingPath, "finding-%s", std::filesystem::path(argv[0]).filename().c_str());
    if (__sanitizer_set_death_callback) {
        __sanitizer_set_death_callback(&keepFinding);
    } else {
        for (const int signal : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL}) {
            std::signal(signal, &onDeath);
        }
    }
    std::signal(SIGPROF, &onHang);

    for (const Bytes &input : seeds) {
        if (!run(input)) {
            return 1;
        }
    }
    Mutator mutator(seeds, seed);
    long inputs = 0;
    for (const double end = wallSeconds() + seconds; wallSeconds() < end; ++inputs) {
        if (!run(mutator.next())) {
            return 1;
        }
    }
    std::printf("%zu seeds and %ld inputs made from them\n", seeds.size(), inputs);
    return 0;
}
