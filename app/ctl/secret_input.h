#pragma once

#include "question_bank/base/result.h"

#include <string>

#include <QString>

namespace qingfeng::ctl {

/**
 * A password or the like, so that it stands in no process list: the first line of @p file, of standard input for
 * "-", or asked for at a terminal, unseen, when @p file is empty. InvalidArgument: none of them gives one.
 */
Result<QString> readSecret(const std::string &file, const QString &prompt);

} // namespace qingfeng::ctl
