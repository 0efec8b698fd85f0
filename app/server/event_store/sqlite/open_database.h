#pragma once

#include "question_bank/base/result.h"

#include <memory>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>

namespace qingfeng::server {

/** The schema steps, first to last; PRAGMA user_version counts those that were taken. */
extern const std::vector<const char *> migrations;

/**
 * Opens (or creates) the server's database for writing: WAL, synchronous=FULL, foreign keys, and takes the
 * missing migrations in one transaction each, user_version last.
 *
 * TooNew: the file was written by a newer version; Corrupt: it is no such database; Io: the disk.
 */
Result<std::unique_ptr<SQLite::Database>> openForWriting(const QString &path);

/** A further connection that can only read. */
Result<std::unique_ptr<SQLite::Database>> openForReading(const QString &path);

/** What an SQLite exception means here: a full disk and a locked file may pass, a broken file does not. */
Error errorFrom(const SQLite::Exception &exception);

} // namespace qingfeng::server
