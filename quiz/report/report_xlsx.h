#pragma once

#include "quiz/report/report.h"

#include "question_bank/base/result.h"

#include <QByteArray>

namespace qingfeng {

/**
 * A report as a workbook: sheet 概要 with cover and figures, and one sheet for each block, with native
 * numbers, percentages and dates, a frozen header, a filter, and a native chart for lines and bars.
 *
 * @param createdAtMs UTC, as the workbook's own date
 * @return Io when memory or temporary space gives out
 */
Result<QByteArray> reportXlsx(const Report &report, qint64 createdAtMs);

} // namespace qingfeng
