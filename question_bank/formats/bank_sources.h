#pragma once

#include "question_bank/base/result.h"
#include "question_bank/formats/question_format.h"
#include "question_bank/model/question_bank.h"

namespace qingfeng {

/**
 * Reads a folder of bank sources, as people write and review them:
 * `catalogue/{posts,risk_points,laws,articles}.json` and one TOML file per post under `questions/` (see
 * resources/bank/README.md). `bank.toml` names unit and revision.
 *
 * The first thing that is wrong ends the reading, with file, question and field in where(). Whether the
 * content is right is for checkBank().
 */
Result<QuestionBank> readBankSources(const QString &folder);

/** The pictures of such a folder: `media/<name>`. One that is not what its name says is Corrupt. */
Result<Media> readSourceMedia(const QString &folder);

/**
 * Writes @p bank as a new folder of sources, which readBankSources() reads back exactly. The folder appears whole
 * or not at all; Conflict when it exists.
 */
Result<void> writeBankSources(const QuestionBank &bank, const Media &media, const QString &folder);

/**
 * Adds versions and pictures to an existing folder: each version goes to the end of its post's file, and not a byte
 * of what stands there changes. All-or-nothing: a copy of the folder is completed, read back and compared, and only
 * then takes the folder's place. On any error the folder is as it was.
 */
Result<void> appendToBankSources(const QString &folder, const QList<QuestionVersion> &added, const Media &media);

} // namespace qingfeng
