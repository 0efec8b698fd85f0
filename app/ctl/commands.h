#pragma once

#include <CLI/CLI.hpp>

#include <QString>

#include <functional>

namespace qingfeng::ctl {

/** Exit statuses: what was asked is true, is not, or could not be understood. */
enum ExitStatus { True = 0, False = 1, Usage = 2 };

/** Options that every command has. */
struct Common
{
    bool json = false; ///< one JSON document instead of text for people
    QString dataPath; ///< workstation data folder; empty = the default
    QString configPath;
    QString adminPath; ///< connection file of a server's local administrator
};

/** What a chosen command does; returns the exit status. */
using Action = std::function<int()>;

/**
 * Each adds one command group to @p app; parsing sets @p action to what was chosen. @p common lives as long as
 * the program.
 */
void addBankCommands(CLI::App &app, const Common &common, Action &action);
/** Import and export, in the group "bank" that addBankCommands() made. */
void addExchangeCommands(CLI::App &app, const Common &common, Action &action);
void addSelectCommands(CLI::App &app, const Common &common, Action &action);
void addMemoryCommands(CLI::App &app, const Common &common, Action &action);
void addSimulateCommands(CLI::App &app, const Common &common, Action &action);
void addArchiveCommands(CLI::App &app, const Common &common, Action &action);
/** `archive report`: after addArchiveCommands. Sets @p drawsPages when a QGuiApplication is needed. */
void addReportCommands(CLI::App &app, const Common &common, Action &action, bool &drawsPages);
/** `archive annotate`, `annotations`: after addArchiveCommands. */
void addAnnotationCommands(CLI::App &app, const Common &common, Action &action);
void addMessageCommands(CLI::App &app, const Common &common, Action &action);
void addPeopleCommands(CLI::App &app, const Common &common, Action &action);
void addGateCommands(CLI::App &app, const Common &common, Action &action);
/** `gate install`, `remove`, `status`: after addGateCommands. */
void addHookCommands(CLI::App &app, const Common &common, Action &action);
/** `gate test`: after addGateCommands. */
void addGateTestCommand(CLI::App &app, const Common &common, Action &action);
/** `gate unlock-key`, `gate unlock-code`: after addGateCommands. */
void addUnlockCommands(CLI::App &app, const Common &common, Action &action);
void addPolicyCommands(CLI::App &app, const Common &common, Action &action);
/** `gate rehearse`: after addGateCommands. */
void addRehearseCommands(CLI::App &app, const Common &common, Action &action);
void addServerCommands(CLI::App &app, const Common &common, Action &action);
/** `server backup`, `restore`: after addServerCommands. */
void addBackupCommands(CLI::App &app, const Common &common, Action &action);
/** `server account`: after addServerCommands. */
void addAccountCommands(CLI::App &app, const Common &common, Action &action);
/** `server sign-in`, `sign-out`, `whoami`, `audit`, `tool`: after addServerCommands. */
void addSessionCommands(CLI::App &app, const Common &common, Action &action);
/** `server load`: after addServerCommands. */
void addLoadCommand(CLI::App &app, const Common &common, Action &action);

/** Sends a roster to the server: a dry run unless @p confirm. Prints the receipt. */
int importPeople(const Common &common, const QString &path, bool confirm);

} // namespace qingfeng::ctl
