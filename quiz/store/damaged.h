#pragma once

#include "question_bank/base/clock.h"
#include "question_bank/base/result.h"

#include <QString>

namespace SQLite {
class Database;
}

/**
 * What becomes of a database that cannot be used any more: it is put aside under another name, never deleted, so
 * that a new one can stand in its place and the PC's owner is asked his question as on any other day.
 */
namespace qingfeng::damaged {

/** Whether the pages of a database are whole and its tables are those of this program. Reads all of it. */
bool isSound(SQLite::Database &database);

/**
 * Notes that a fault of this database was met while it was in use: the next opening looks at all of it. A file
 * beside it, for the database itself may not take a note any more.
 */
void suspect(const QString &path);
bool isSuspected(const QString &path);
void clearSuspicion(const QString &path);

/** Renames a database and its journal to "<name>.damaged-<time>"; returns the new path. */
Result<QString> putAside(const QString &path, const Clock &clock);

/**
 * Copies into a new database what can still be read of the old one and does not belong to its chain: the roster and
 * who has signed in, without which nobody could be asked before the next visit to the server. Best effort.
 */
void salvage(SQLite::Database &fresh, const QString &damagedPath);

} // namespace qingfeng::damaged
