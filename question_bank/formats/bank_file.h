#pragma once

#include "question_bank/formats/question_format.h"

namespace qingfeng {

/**
 * A whole bank as one JSON file, readable and unsigned: canonical JSON of bankToDocument(), pictures included.
 * Nothing is lost; every version is there.
 */
Result<ExportedFile> writeBankFile(const QuestionBank &bank);

/** The errors of bankFromDocument(). */
Result<QuestionBank> parseBankFile(const QByteArray &bytes);

/** The questions of such a file, for import: one that is wrong is rejected, the others are read. */
ImportedFile readBankFile(
    const QByteArray &bytes, const QString &fileName, const ImportOptions &options = {});

} // namespace qingfeng
