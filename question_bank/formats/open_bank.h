#pragma once

#include "question_bank/model/question_bank.h"

namespace qingfeng {

/** Where questions are imported to. */
enum class BankKind { File, Sources };

/** A bank that can be imported into, or that questions can be exported from. */
struct OpenBank
{
    QString path;
    BankKind kind = BankKind::File;
    bool exists = false;
    QuestionBank bank; ///< empty when it does not exist
};

/**
 * Opens the bank at @p path: a folder is sources, anything else a JSON file; by its ending when it is not
 * there yet.
 *
 * @return NotPermitted: a signed package, which nothing may be added to: publish it anew from its sources ·
 * the errors of the two readers
 */
Result<OpenBank> openBank(const QString &path);

} // namespace qingfeng
