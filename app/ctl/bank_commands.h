#pragma once

#include "app/ctl/commands.h"

#include "question_bank/package/package.h"

#include <string>
#include <vector>

/** The parts of the command group "bank" that stand in files of their own. */
namespace qingfeng::ctl {

/** Whose packages are believed, as --trust and --require-sm2 say. */
struct Trust
{
    QList<QByteArray> keys; ///< Ed25519
    Sm2Policy sm2;
};

/** Reads key files of either algorithm. */
Result<Trust> readTrust(const std::vector<std::string> &files, bool requireSm2);

/** diff, delta, apply. */
void addBankChangeCommands(CLI::App &group, const Common &common, Action &action);

/** law amend, law repeal, law list. */
void addLawCommands(CLI::App &group, const Common &common, Action &action);

} // namespace qingfeng::ctl
