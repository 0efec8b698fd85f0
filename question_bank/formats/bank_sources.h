#pragma once

#include "question_bank/base/result.h"
#include "question_bank/formats/question_format.h"
#include "question_bank/model/question_bank.h"

namespace qingfeng {

/** A single file of sources is refused above this size. */
constexpr qint64 maxSourceBytes = 64LL * 1024 * 1024;

/**
 * Reads a folder of bank sources, as people write and review them:
 *
 * - `bank.toml`: unit, revision, created_at; `[marking]` (see MarkingRules); `accepted = [{ rule, reason, object }]`
 *   with reasons why warnings of the check are no faults (no object: every finding of that rule)
 * - `catalogue/{posts,risk_points,laws,articles}.json`, and if there `festivals.json` and `law_changes.json`
 * - `questions/P00.toml` …: one file per post (see resources/bank/README.md)
 * - the files of `themes/` and `stories/`: `[[theme]]`, `[[story]]`, or one file each
 * - `media/`: pictures; where a source says `picture = "gift-box.svg"`, the bank has the media name
 *
 * The first thing that is wrong ends the reading, with file, question and field in where(). Whether the
 * content is right is for checkBank().
 */
Result<QuestionBank> readBankSources(const QString &folder);

/**
 * Writes a change of law into `catalogue/law_changes.json` of a folder of sources, one record a line, where
 * readBankSources() finds it and lets it work. The question files are left as people wrote them.
 * Conflict: the record is there already · Io · InvalidArgument: the file cannot be read
 */
Result<void> recordLawChange(const QString &folder, const LawChange &change);
/**
 * Writes @p bank as a new folder of sources, which readBankSources() reads back exactly. The folder appears
 * whole or not at all; Conflict when it exists.
 */
Result<void> writeBankSources(const QuestionBank &bank, const QString &folder);

/**
 * Adds versions, and pictures by their media name, to an existing folder: each version goes to the end of its post's file, and not
 * a byte of what stands there changes. All-or-nothing: a copy of the folder is completed, read back and
 * compared, and only then takes the folder's place. On any error the folder is as it was.
 */
Result<void> appendToBankSources(
    const QString &folder, const QList<QuestionVersion> &added, const Media &media);

} // namespace qingfeng
