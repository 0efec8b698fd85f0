#include "quiz/store/database.h"

#include "migrations_embedded.h"

#include <sqlite3.h>

#include <QJsonArray>
#include <QJsonDocument>

namespace qingfeng {

Error storeError(const SQLite::Exception &exception)
{
    const QString detail = QString::fromUtf8(exception.what());
    switch (exception.getErrorCode()) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return Error(ErrorCode::Corrupt, detail);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return Error(ErrorCode::Unavailable, detail);
    case SQLITE_CONSTRAINT:
        return Error(ErrorCode::Conflict, detail);
    case SQLITE_TOOBIG:
        return Error(ErrorCode::TooLarge, detail);
    case SQLITE_ERROR: // a table of ours that is gone is damage; anything else of this kind is a mistake of ours
        return Error(detail.startsWith(QLatin1String("no such table")) ? ErrorCode::Corrupt : ErrorCode::Io, detail);
    default:
        return Error(ErrorCode::Io, detail);
    }
}

Result<void> migrate(SQLite::Database &database)
{
    return guarded([&]() -> Result<void> {
        const auto newest = int(embeddedMigrations.size());
        // Another process may be migrating: look again once the lock is held.
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        const int version = database.execAndGet("PRAGMA user_version").getInt();
        if (version > newest) {
            return Error(ErrorCode::TooNew,
                QStringLiteral("the database has schema %1, this program knows %2").arg(version).arg(newest));
        }
        for (int step = version; step < newest; ++step) {
            database.exec(std::string(embeddedMigrations[std::size_t(step)].text));
        }
        if (version < newest) {
            database.exec("PRAGMA user_version = " + std::to_string(newest));
        }
        transaction.commit();
        return {};
    });
}

Result<std::unique_ptr<SQLite::Database>> openDatabase(const QString &path)
{
    constexpr int busyMs = 3000;
    using Opened = Result<std::unique_ptr<SQLite::Database>>;
    return guarded([&]() -> Opened {
        auto database = std::make_unique<SQLite::Database>(
            path.toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, busyMs);
        database->exec("PRAGMA journal_mode = WAL");
        database->exec("PRAGMA synchronous = FULL");
        database->exec("PRAGMA foreign_keys = ON");
        database->exec("PRAGMA trusted_schema = OFF");
        const auto migrated = migrate(*database);
        if (!migrated) {
            return migrated.error();
        }
        return Opened(std::move(database));
    });
}

void bindValue(SQLite::Statement &statement, int index, const QString &text)
{
    statement.bind(index, text.toStdString());
}

void bindValue(SQLite::Statement &statement, int index, qint64 number)
{
    statement.bind(index, int64_t(number));
}

void bindValue(SQLite::Statement &statement, int index, double number)
{
    statement.bind(index, number);
}

void bindValue(SQLite::Statement &statement, int index, const QByteArray &bytes)
{
    statement.bind(index, bytes.constData(), int(bytes.size()));
}

QString textAt(SQLite::Statement &statement, int column)
{
    return QString::fromStdString(statement.getColumn(column).getString());
}

QByteArray bytesAt(SQLite::Statement &statement, int column)
{
    const SQLite::Column value = statement.getColumn(column);
    return QByteArray(static_cast<const char *>(value.getBlob()), value.getBytes());
}

qint64 numberAt(SQLite::Statement &statement, int column)
{
    return statement.getColumn(column).getInt64();
}

QString packIds(const QStringList &ids)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(ids)).toJson(QJsonDocument::Compact));
}

QStringList unpackIds(const QString &json)
{
    QStringList ids;
    for (const QJsonValue value : QJsonDocument::fromJson(json.toUtf8()).array()) {
        ids.append(value.toString());
    }
    return ids;
}

QString readValue(SQLite::Database &database, const QString &name)
{
    SQLite::Statement query(database, "SELECT value FROM value WHERE name = ?");
    bindAll(query, name);
    return query.executeStep() ? textAt(query, 0) : QString();
}

void writeValue(SQLite::Database &database, const QString &name, const QString &value)
{
    SQLite::Statement insert(database, "INSERT OR REPLACE INTO value (name, value) VALUES (?, ?)");
    bindAll(insert, name, value);
    insert.exec();
}

} // namespace qingfeng
