#pragma once

#include "app/gate/supervisor/gate_options.h"

#include <string>
#include <vector>

namespace qingfeng::gate {

/** What qingfeng-gate is asked to do. */
enum class Command { Run, Clean, Probe, Version, Help, Usage };

struct CommandLine
{
    Command command = Command::Run;
    GateOptions gate;
    std::string error; ///< for Usage: the argument that was not understood
};

/**
 * Reads the arguments (without the program's name).
 *
 * @param ownFolder  where this program lies; the default UI is "qingfeng" beside it
 */
CommandLine parseCommandLine(const std::vector<std::string> &arguments, const std::string &ownFolder);

/** The folder of the running program, from /proc/self/exe. */
std::string ownFolder();

extern const char *const helpText;

} // namespace qingfeng::gate
