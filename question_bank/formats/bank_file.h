#pragma once

#include "question_bank/formats/question_format.h"

namespace qingfeng {

/**
 * A whole bank as one JSON file, readable and unsigned: canonical JSON of
 * {"unit", "revision", "created_at_ms", "posts", "risk_points", "laws", "articles", "questions", "media"}, the
 * objects as in bank_json.h, media by name in base64. Nothing is lost; every version is there.
 */
Result<ExportedFile> writeBankFile(const QuestionBank &bank, const Media &media = {});

/** A bank and the pictures that its questions name. */
struct BankContent
{
    QuestionBank bank;
    Media media;
};

/** InvalidArgument with list, entry and field in where(); Conflict: a version stands twice. */
Result<BankContent> parseBankFile(const QByteArray &bytes);

/** The questions of such a file, for import: one that is wrong is rejected, the others are read. */
ImportedFile readBankFile(const QByteArray &bytes, const QString &fileName, const ImportOptions &options = {});

} // namespace qingfeng
