#pragma once

#include "question_bank/formats/question_format.h"

namespace qingfeng {

/**
 * Questions from plain text as Chinese banks are typed (docs/formats-tables.md). What is no text is one remark
 * without a row.
 */
ImportedFile readText(const QByteArray &bytes, const QString &fileName, const ImportOptions &options = {});

} // namespace qingfeng
