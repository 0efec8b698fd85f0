#pragma once

#include "question_bank/base/result.h"

#include <QString>

namespace qingfeng::server {

/**
 * Copies a database while it is in use: the copy is what was committed at one moment. @p to must not exist; it is on
 * the disk when this returns.
 */
Result<void> copySqlite(const QString &from, const QString &to);

/**
 * Reads every page and index. Corrupt: what is damaged, in SQLite's words; TooNew: written by a newer version.
 *
 * @return the schema's number
 */
Result<int> checkSqlite(const QString &path);

} // namespace qingfeng::server
