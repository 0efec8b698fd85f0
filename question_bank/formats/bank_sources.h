#pragma once

#include "question_bank/base/result.h"
#include "question_bank/model/question_bank.h"

namespace qingfeng {

/**
 * Reads a folder of bank sources, as people write and review them:
 * `catalogue/{posts,risk_points,laws,articles}.json` and one TOML file per post under `questions/` (see
 * resources/bank/README.md). `bank.toml` names unit and revision.
 *
 * The first thing that is wrong ends the reading, with file, question and field in where(). Whether the
 * content is right is for checkBank().
 */
Result<QuestionBank> readBankSources(const QString &folder);

} // namespace qingfeng
