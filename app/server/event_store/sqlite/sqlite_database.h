#pragma once

#include "app/server/event_store/sql/sql.h"

namespace qingfeng::server {

/**
 * One SQLite file: WAL, synchronous=FULL, foreign keys; one writer at a time, readers beside it.
 */
class SqliteDatabase final : public SqlDatabase
{
public:
    /**
     * Opens or creates the file and takes the missing migrations in one transaction each; PRAGMA user_version
     * counts them, last.
     *
     * TooNew: the file was written by a newer version; Corrupt: it is no such database; Io: the disk.
     */
    static Result<std::unique_ptr<SqlDatabase>> open(const QString &path);

    explicit SqliteDatabase(QString path);
    Result<std::unique_ptr<Sql>> connect(Sql::Purpose purpose) const override;

private:
    const QString m_path;
};

} // namespace qingfeng::server
