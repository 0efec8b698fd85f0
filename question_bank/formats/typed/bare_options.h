#pragma once

#include "question_bank/formats/typed/source_line.h"

namespace qingfeng {

/**
 * Whether options without a point begin in line @p index with @p text: "A形式主义", and B in this line or in the next.
 * A question that has options with points further on begins its stem so: "A公司…".
 */
bool startsBareOptions(const QList<SourceLine> &lines, qsizetype index, const QString &text);

/** "【单选题】2. 题干" as "2. 【单选题】题干"; any other line as it is. */
SourceLine withNumberFirst(const SourceLine &line);

} // namespace qingfeng
