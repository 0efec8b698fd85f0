#include "app/gate/core/events.h"
#include "app/gate/options.h"
#include "app/gate/probe.h"
#include "app/gate/supervisor/ask_first.h"
#include "app/gate/supervisor/cleaner.h"
#include "app/gate/supervisor/warden.h"

#include <sodium.h>

#include <cstdio>

using namespace qingfeng::gate;

namespace {

void cleanNow(const std::string &display)
{
    if (isGateRunning(display)) {
        std::puts("清风会话门正在运行，未作清理。");
        return;
    }
    clean(display, Clean::DeadGates);
}

} // namespace

int main(int argc, char *argv[])
{
    if (sodium_init() < 0) {
        std::fputs("qingfeng-gate: no random source\n", stderr);
        return 0;
    }
    const CommandLine line = parseCommandLine({argv + 1, argv + argc}, ownFolder());
    switch (line.command) {
    case Command::Run:
        if (!line.gate.askFirst || !isNothingDue(line.gate)) {
            runWarden(line.gate, EventLog(line.gate.eventFolder));
        }
        break;
    case Command::Clean:
        cleanNow(line.gate.display);
        break;
    case Command::Probe:
        std::puts(probe(line.gate.display, isGateRunning(line.gate.display)).c_str());
        break;
    case Command::Version:
        std::puts("qingfeng-gate " QF_VERSION);
        break;
    case Command::Help:
        std::fputs(helpText, stdout);
        break;
    case Command::Usage:
        std::fprintf(stderr, "qingfeng-gate:无法识别的选项:%s(见 --help)\n", line.error.c_str());
        return 2;
    }
    return 0;
}
