#include "app/server/backup.h"

#include "app/server/data_folder.h"
#include "app/server/event_store/sqlite/sqlite_copy.h"
#include "question_bank/base/canonical_json.h"
#include "question_bank/base/file.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

namespace qingfeng::server {
namespace {

const QLatin1String listName("backup.json");
const QLatin1String databaseName("server.db");
constexpr qint64 maxListBytes = 16 * 1024 * 1024;
constexpr qint64 maxFileBytes = 256 * 1024 * 1024; ///< of a package, key or certificate

bool isFree(const QString &path)
{
    return !QFileInfo::exists(path) || QDir(path).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
}

Result<QString> hashOf(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file)) {
        return Error(ErrorCode::Io, file.errorString(), path);
    }
    return QString::fromLatin1(hash.result().toHex());
}

/** The copy is on the disk, whole and for the owner alone, when this returns. */
Result<void> copyFile(const QString &from, const QString &to)
{
    if (!QDir().mkpath(QFileInfo(to).path())) {
        return Error(ErrorCode::Io, QStringLiteral("the folder cannot be made"), to);
    }
    if (from.endsWith(databaseName)) { // may be larger than memory
        return copySqlite(from, to);
    }
    const auto bytes = readFile(from, maxFileBytes);
    return bytes ? writePrivateFile(to, *bytes) : Result<void>(bytes.error());
}

/** Files below @p folder with their paths in it, sorted; no links, no databases in use, no lock. */
QStringList filesBelow(const QString &folder)
{
    QStringList files;
    QDirIterator walk(folder, QDir::Files | QDir::NoSymLinks | QDir::Hidden, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const QString path = QDir(folder).relativeFilePath(walk.next());
        if (!path.startsWith(databaseName) && path != QLatin1String("lock") && path != listName) {
            files.append(path);
        }
    }
    files.sort();
    return files;
}

Result<QJsonObject> readList(const QString &backup)
{
    const auto bytes = readFile(backup + QLatin1Char('/') + listName, maxListBytes);
    return bytes ? parseJsonObject(*bytes) : Result<QJsonObject>(bytes.error());
}

} // namespace

Result<BackupReport> makeBackup(const QString &dataFolder, const QString &to, const Clock &clock)
{
    const QDir source(dataFolder);
    const QDir target(to);
    if (!source.exists(databaseName)) {
        return Error(ErrorCode::NotFound, QStringLiteral("no server's data folder"), dataFolder);
    }
    if (!isFree(to)) {
        return Error(ErrorCode::Conflict, QStringLiteral("the folder is not empty"), to);
    }
    if (!QDir().mkpath(to)
        || !QFile::setPermissions(to, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner)) {
        return Error(ErrorCode::Io, QStringLiteral("the folder cannot be made"), to);
    }
    // The database first: a package or key that comes while this runs is then more than it needs, never less.
    const auto copied = copySqlite(source.filePath(databaseName), target.filePath(databaseName));
    if (!copied) {
        return copied.error();
    }
    QStringList files = filesBelow(dataFolder);
    for (const QString &file : std::as_const(files)) {
        if (const auto done = copyFile(source.filePath(file), target.filePath(file)); !done) {
            return done.error();
        }
    }
    files.prepend(databaseName);
    QJsonObject hashes;
    for (const QString &file : std::as_const(files)) {
        const auto hash = hashOf(target.filePath(file));
        if (!hash) {
            return hash.error();
        }
        hashes.insert(file, *hash);
    }
    const QJsonObject list {{QStringLiteral("version"), QStringLiteral(QF_VERSION)},
        {QStringLiteral("made_at_ms"), clock.utcMs()}, {QStringLiteral("files"), hashes}};
    if (const auto written = writePrivateFile(target.filePath(listName), canonicalJson(list)); !written) {
        return written.error();
    }
    return verifyBackup(to);
}

Result<BackupReport> verifyBackup(const QString &backup)
{
    const auto list = readList(backup);
    if (!list) {
        return list.error();
    }
    const QJsonObject hashes = list->value(QLatin1String("files")).toObject();
    BackupReport report {0, 0, list->value(QLatin1String("made_at_ms")).toInteger(),
        list->value(QLatin1String("version")).toString()};
    for (auto file = hashes.begin(); file != hashes.end(); ++file) {
        const QString path = QDir(backup).filePath(file.key());
        if (file.key().contains(QLatin1String("..")) || QDir::isAbsolutePath(file.key())) {
            return Error(ErrorCode::Corrupt, QStringLiteral("a path that leads out of the backup"), file.key());
        }
        const auto hash = hashOf(path);
        if (!hash || *hash != file.value().toString()) {
            return Error(ErrorCode::Corrupt,
                hash ? QStringLiteral("the file was altered") : QStringLiteral("the file is missing"), path);
        }
        ++report.files;
        report.bytes += QFileInfo(path).size();
    }
    for (const QString &file : filesBelow(backup)) {
        if (!hashes.contains(file)) {
            return Error(ErrorCode::Corrupt, QStringLiteral("a file that the backup does not list"), file);
        }
    }
    const auto sound = checkSqlite(QDir(backup).filePath(databaseName));
    if (!sound) {
        return sound.error();
    }
    return report;
}

Result<BackupReport> restoreBackup(const QString &backup, const QString &dataFolder)
{
    const auto report = verifyBackup(backup);
    if (!report) {
        return report;
    }
    if (!isFree(dataFolder)) {
        return Error(ErrorCode::Conflict, QStringLiteral("the folder is not empty"), dataFolder);
    }
    const QString beside = QDir::cleanPath(dataFolder) + QStringLiteral(".restoring");
    QDir(beside).removeRecursively(); // of a restore that was cut off
    const auto list = readList(backup);
    for (const QString &file : list->value(QLatin1String("files")).toObject().keys()) {
        const auto copied = copyFile(QDir(backup).filePath(file), QDir(beside).filePath(file));
        if (!copied) {
            return copied.error();
        }
    }
    QFile::setPermissions(beside, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    QDir().rmdir(dataFolder);
    if (!QDir().rename(beside, dataFolder)) {
        return Error(ErrorCode::Io, QStringLiteral("the restored folder cannot be put in its place"), beside);
    }
    return report;
}

} // namespace qingfeng::server
