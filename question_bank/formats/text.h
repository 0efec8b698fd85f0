#pragma once

#include "question_bank/formats/question_format.h"

namespace qingfeng {

/**
 * Questions from plain text as Chinese banks are typed (docs/formats-tables.md). InvalidArgument or TooLarge, with a
 * reason in Chinese, for what is no text.
 */
Result<ImportedFile> readText(const QByteArray &bytes, const QString &file);

} // namespace qingfeng
