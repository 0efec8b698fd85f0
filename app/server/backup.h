#pragma once

#include "question_bank/base/clock.h"
#include "question_bank/base/result.h"

#include <QString>

namespace qingfeng::server {

struct BackupReport
{
    int files = 0;
    qint64 bytes = 0;
    qint64 madeAtMs = 0;
    QString version; ///< of the program that made it
};

/**
 * Copies a server's data folder while the server runs: database at one moment, packages, keys, certificates, each
 * with its SHA-256 in backup.json, which is written last. A folder without it is no backup.
 *
 * The keys are in it: whoever has the backup can speak as this server. @p to must be absent or empty.
 */
Result<BackupReport> makeBackup(const QString &dataFolder, const QString &to, const Clock &clock);

/** Reads everything again. Corrupt names the file that is missing, altered or not in the list. */
Result<BackupReport> verifyBackup(const QString &backup);

/**
 * Verifies, copies beside @p dataFolder and puts it there in one step; @p dataFolder must be absent or empty, for a
 * restore never overwrites. The devices find out by themselves: what they sent after the backup is asked for again.
 */
Result<BackupReport> restoreBackup(const QString &backup, const QString &dataFolder);

} // namespace qingfeng::server
