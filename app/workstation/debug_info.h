#pragma once

#include "app/workstation/core/data_folder.h"

#include "question_bank/model/question_bank.h"

#include <QString>

namespace qingfeng {

/** Versions and surroundings for a report to IT: no name, no answer, no secret. */
QString debugInfo(const DataFolder &folder, const QuestionBank &bank);

} // namespace qingfeng
