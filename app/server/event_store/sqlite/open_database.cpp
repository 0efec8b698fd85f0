#include "app/server/event_store/sqlite/open_database.h"

#include <sqlite3.h>

namespace qingfeng::server {
namespace {

constexpr int busyTimeoutMs = 5'000;

void migrate(SQLite::Database &database, int from)
{
    for (int step = from; step < int(migrations.size()); ++step) {
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        database.exec(migrations[std::size_t(step)]);
        database.exec("PRAGMA user_version = " + std::to_string(step + 1));
        transaction.commit();
    }
}

} // namespace

Error errorFrom(const SQLite::Exception &exception)
{
    const QString detail = QString::fromUtf8(exception.what());
    switch (exception.getErrorCode()) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
        return Error(ErrorCode::Unavailable, detail);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return Error(ErrorCode::Corrupt, detail);
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
        return Error(ErrorCode::Io, detail);
    default:
        return Error(ErrorCode::Internal, detail);
    }
}

Result<std::unique_ptr<SQLite::Database>> openForWriting(const QString &path)
{
    try {
        auto database = std::make_unique<SQLite::Database>(
            path.toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, busyTimeoutMs);
        const int version = database->execAndGet("PRAGMA user_version").getInt();
        if (version > int(migrations.size())) {
            return Error(ErrorCode::TooNew,
                QStringLiteral("schema %1 was written by a newer version; this one knows up to %2")
                    .arg(version)
                    .arg(migrations.size()),
                path);
        }
        database->exec("PRAGMA journal_mode = WAL");
        database->exec("PRAGMA synchronous = FULL");
        database->exec("PRAGMA foreign_keys = ON");
        migrate(*database, version);
        return database;
    } catch (const SQLite::Exception &exception) {
        const Error error = errorFrom(exception);
        return Error(error.code(), error.detail(), path);
    }
}

Result<std::unique_ptr<SQLite::Database>> openForReading(const QString &path)
{
    try {
        return std::make_unique<SQLite::Database>(path.toStdString(), SQLite::OPEN_READONLY, busyTimeoutMs);
    } catch (const SQLite::Exception &exception) {
        const Error error = errorFrom(exception);
        return Error(error.code(), error.detail(), path);
    }
}

} // namespace qingfeng::server
