#pragma once

#include "quiz/report/report.h"

#include <QByteArray>

namespace qingfeng {

/**
 * A report as CSV for a spreadsheet: UTF-8 with a BOM, CRLF, formulas disarmed. Cover, figures and each table
 * stand below each other under their titles, with an empty line between.
 */
QByteArray reportCsv(const Report &report);

} // namespace qingfeng
