#pragma once

#include "app/gate/core/unique_fd.h"

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

namespace qingfeng::gate {

/** Makes this process unreadable to others of the same user: no ptrace, no core. */
void hideFromDebuggers();

/** Ignores every signal that a keyboard, a terminal or a session's end may send. */
void ignoreStopSignals();

/** A descriptor on which SIGCHLD, SIGTERM, SIGHUP, SIGINT and SIGQUIT arrive; they are blocked from now on.
 */
UniqueFd makeSignalFd();

/**
 * Forks a process of this same program that keeps one descriptor, if it is one, and the standard ones, in a
 * process group of its own, deaf to stop signals, and ends with what the body returns. -1 if the system has
 * no process left.
 */
pid_t forkWorker(const UniqueFd &kept, const std::function<int(UniqueFd)> &body);

/**
 * Starts a program with a socket as descriptor 3, nothing else open but the standard ones, leader of a
 * process group of its own; it is killed when this process dies. A program that cannot be started ends with
 * 127.
 */
pid_t startProgram(const std::string &path, const std::vector<std::string> &arguments,
    const std::vector<std::string> &environment, const UniqueFd &socket);

/** Kills a process and what is left of its group. Harmless for -1. */
void killGroup(pid_t leader, int signal);

/** How a process ended or stopped, for records: "exit 1", "signal 9", "stopped 19". */
std::string describeStatus(int status);

} // namespace qingfeng::gate
