#include "app/server/event_store/sqlite/sqlite_copy.h"

#include "app/server/event_store/sql/migrations.h"

#include <fcntl.h>
#include <unistd.h>

#include <SQLiteCpp/SQLiteCpp.h>

#include <QFile>

namespace qingfeng::server {
namespace {

constexpr int patienceMs = 60'000;

Error refused(const SQLite::Exception &exception, const QString &path)
{
    return Error(ErrorCode::Io, QString::fromUtf8(exception.what()), path);
}

bool flush(const QString &path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    const bool flushed = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    return flushed;
}

} // namespace

Result<void> copySqlite(const QString &from, const QString &to)
{
    if (QFile::exists(to)) {
        return Error(ErrorCode::Conflict, QStringLiteral("there is a file already"), to);
    }
    try {
        SQLite::Database source(from.toStdString(), SQLite::OPEN_READONLY, patienceMs);
        SQLite::Statement copy(source, "VACUUM INTO ?");
        copy.bind(1, to.toStdString());
        copy.exec();
    } catch (const SQLite::Exception &exception) {
        QFile::remove(to);
        return refused(exception, from);
    }
    if (!QFile::setPermissions(to, QFileDevice::ReadOwner | QFileDevice::WriteOwner) || !flush(to)) {
        return Error(ErrorCode::Io, QStringLiteral("not written to the disk"), to);
    }
    return {};
}

Result<int> checkSqlite(const QString &path)
{
    try {
        SQLite::Database database(path.toStdString(), SQLite::OPEN_READONLY, patienceMs);
        SQLite::Statement check(database, "PRAGMA integrity_check(1)");
        const QString verdict
            = check.executeStep() ? QString::fromStdString(check.getColumn(0).getString()) : QString();
        if (verdict != QLatin1String("ok")) {
            return Error(ErrorCode::Corrupt, verdict, path);
        }
        const int version = database.execAndGet("PRAGMA user_version").getInt();
        if (version > int(migrations.size())) {
            return Error(ErrorCode::TooNew, QStringLiteral("schema %1").arg(version), path);
        }
        return version;
    } catch (const SQLite::Exception &exception) {
        return Error(ErrorCode::Corrupt, QString::fromUtf8(exception.what()), path);
    }
}

} // namespace qingfeng::server
