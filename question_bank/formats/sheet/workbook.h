#pragma once

#include "question_bank/base/result.h"

#include <QByteArray>

#include <functional>

struct lxw_workbook;

namespace qingfeng {

/**
 * Makes a workbook with libxlsxwriter.
 *
 * @param createdAtMs UTC; the workbook's own date
 * @param fill        adds sheets; returns LXW_NO_ERROR or the first error
 * @return the file's bytes, or Io when memory or temporary space gives out
 */
Result<QByteArray> makeWorkbook(qint64 createdAtMs, const std::function<int(lxw_workbook *)> &fill);

} // namespace qingfeng
