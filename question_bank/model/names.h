#pragma once

#include "question_bank/model/law_change.h"
#include "question_bank/model/question.h"
#include "question_bank/model/risk.h"
#include "question_bank/model/theme.h"

#include <optional>

/** The one spelling of each enumerator in files, database and protocol: "true_false", "high" … */
namespace qingfeng {

QString nameOf(QuestionType type);
QString nameOf(Audience audience);
QString nameOf(Difficulty difficulty);
QString nameOf(ReviewState state);
QString nameOf(RiskGrade grade);
QString nameOf(WindowKind kind);
QString nameOf(ThemeRank rank);
QString nameOf(LawChangeKind kind);

/** Reads such a spelling; nothing when it is none. */
template <typename Enum> std::optional<Enum> fromName(const QString &name);

} // namespace qingfeng
