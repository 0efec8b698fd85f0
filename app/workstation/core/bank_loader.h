#pragma once

#include "question_bank/package/bank_folder.h"

#include <memory>

namespace qingfeng {

/** The bank to ask from, and where it came from. */
struct LoadedBank
{
    std::shared_ptr<const QuestionBank> bank;
    bool builtIn = false; ///< the starter bank inside the program, for want of a usable package
    std::optional<Error> packageError; ///< why the package in the folder could not be used; none when there is none
};

/**
 * Takes the package of the data folder if it is whole and trusted; else the starter bank at @p builtInPath,
 * which is compiled into the program, so that there is always something to ask.
 */
LoadedBank loadBank(const BankFolder &folder, const QString &builtInPath);

} // namespace qingfeng
