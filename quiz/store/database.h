#pragma once

#include "question_bank/base/result.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QString>
#include <QStringList>

#include <memory>
#include <utility>

/** What the tables of the workstation database share. Only quiz/store includes this. */
namespace qingfeng {

/**
 * Opens (or makes) a database: WAL, synchronous=FULL, foreign keys, a busy time-out for the second process of
 * the same learner, then migrates in one transaction. TooNew: a later version wrote it; Corrupt: not a database.
 */
Result<std::unique_ptr<SQLite::Database>> openDatabase(const QString &path);

/** Runs numbered steps until user_version is the newest; a later user_version is TooNew. */
Result<void> migrate(SQLite::Database &database);

/** An exception of the database library as our Error. */
Error storeError(const SQLite::Exception &exception);

/** Runs @p work, which may throw, and turns what it throws into an Error. */
template <typename Work> auto guarded(Work &&work) -> decltype(work())
{
    try {
        return std::forward<Work>(work)();
    } catch (const SQLite::Exception &exception) {
        return storeError(exception);
    }
}

/** Binds values from 1 on. Text goes as UTF-8. */
void bindValue(SQLite::Statement &statement, int index, const QString &text);
void bindValue(SQLite::Statement &statement, int index, qint64 number);
void bindValue(SQLite::Statement &statement, int index, double number);
void bindValue(SQLite::Statement &statement, int index, const QByteArray &bytes);

template <typename... Values> void bindAll(SQLite::Statement &statement, const Values &...values)
{
    int index = 0;
    (bindValue(statement, ++index, values), ...);
}

QString textAt(SQLite::Statement &statement, int column);
QByteArray bytesAt(SQLite::Statement &statement, int column);
qint64 numberAt(SQLite::Statement &statement, int column);

/** Choice ids as a JSON array in one column. */
QString packIds(const QStringList &ids);
QStringList unpackIds(const QString &json);

/** The `value` table. */
QString readValue(SQLite::Database &database, const QString &name);
void writeValue(SQLite::Database &database, const QString &name, const QString &value);

} // namespace qingfeng
