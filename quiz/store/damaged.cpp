#include "quiz/store/damaged.h"

#include "quiz/store/database.h"

#include <QDateTime>
#include <QFile>

namespace qingfeng::damaged {
namespace {

QString noteOf(const QString &path)
{
    return path + QStringLiteral(".suspect");
}

/** Names of all tables and their columns. */
std::string shapeOf(SQLite::Database &database)
{
    return database
        .execAndGet("SELECT group_concat(t.name || '.' || c.name) FROM (SELECT name FROM sqlite_schema "
                    "WHERE type = 'table' ORDER BY name) t, pragma_table_info(t.name) c")
        .getString();
}

} // namespace

bool isSound(SQLite::Database &database)
{
    const auto sound = guarded([&]() -> Result<bool> {
        SQLite::Database made(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        const auto migrated = migrate(made);
        return migrated && database.execAndGet("PRAGMA quick_check(1)").getString() == "ok"
            && shapeOf(database) == shapeOf(made);
    });
    return sound && *sound;
}

void suspect(const QString &path)
{
    QFile note(noteOf(path));
    (void)note.open(QIODevice::WriteOnly);
}

bool isSuspected(const QString &path)
{
    return QFile::exists(noteOf(path));
}

void clearSuspicion(const QString &path)
{
    QFile::remove(noteOf(path));
}

Result<QString> putAside(const QString &path, const Clock &clock)
{
    const QString time = QDateTime::fromMSecsSinceEpoch(clock.utcMs(), Qt::UTC).toString(QStringLiteral("yyyyMMdd-HHmmss-zzz"));
    const QString aside = path + QStringLiteral(".damaged-") + time;
    // The journals first: without its database a journal is never taken for that of a new one.
    for (const QString &suffix : {QStringLiteral("-wal"), QStringLiteral("-shm"), QString()}) {
        QFile file(path + suffix);
        if (file.exists() && !file.rename(aside + suffix)) {
            return Error(ErrorCode::Io, file.errorString(), path + suffix);
        }
    }
    return aside;
}

void salvage(SQLite::Database &fresh, const QString &damagedPath)
{
    // Row by row: what comes before a damaged place is kept.
    (void)guarded([&]() -> Result<void> {
        SQLite::Database old(damagedPath.toStdString(), SQLite::OPEN_READONLY);
        SQLite::Statement rows(old, "SELECT name, value FROM value WHERE name LIKE 'signed_in/%'");
        while (rows.executeStep()) {
            writeValue(fresh, textAt(rows, 0), textAt(rows, 1));
        }
        return {};
    });
    (void)guarded([&]() -> Result<void> {
        SQLite::Database old(damagedPath.toStdString(), SQLite::OPEN_READONLY);
        SQLite::Statement rows(old, "SELECT name, body FROM document");
        while (rows.executeStep()) {
            // Without its ETag, so that the next visit fetches it anew.
            SQLite::Statement insert(fresh, "INSERT OR IGNORE INTO document (name, etag, body) VALUES (?, '', ?)");
            bindAll(insert, textAt(rows, 0), bytesAt(rows, 1));
            insert.exec();
        }
        return {};
    });
}

} // namespace qingfeng::damaged
