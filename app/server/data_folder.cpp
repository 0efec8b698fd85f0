#include "app/server/data_folder.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace qingfeng::server {
namespace {

constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

Result<void> makePrivateFolder(const QString &path)
{
    if (!QDir().mkpath(path) || !QFile::setPermissions(path, ownerOnly | QFileDevice::ExeOwner)) {
        return Error(ErrorCode::Io, QStringLiteral("the folder cannot be made or is not ours"), path);
    }
    return {};
}

} // namespace

DataFolder::DataFolder(QString path)
    : m_path(std::move(path))
{
}

QString DataFolder::file(const char *name) const
{
    return m_path + QLatin1Char('/') + QLatin1String(name);
}

Result<DataFolder> DataFolder::open(const QString &path)
{
    DataFolder folder(QDir(path).absolutePath());
    for (const QString &part : {folder.m_path, folder.tls(), folder.keys(), folder.bank()}) {
        const auto made = makePrivateFolder(part);
        if (!made) {
            return made.error();
        }
    }
    QFile lockFile(folder.file("lock"));
    if (!lockFile.open(QIODevice::ReadWrite) || !lockFile.setPermissions(ownerOnly)) {
        return Error(ErrorCode::Io, lockFile.errorString(), lockFile.fileName());
    }
    lockFile.close(); // before locking: closing any descriptor of a file gives up the locks on it
    try {
        folder.m_lock = std::make_unique<boost::interprocess::file_lock>(
            QFile::encodeName(lockFile.fileName()).constData());
        if (!folder.m_lock->try_lock()) {
            return Error(
                ErrorCode::Conflict, QStringLiteral("another qingfeng-server works on this data folder"), path);
        }
    } catch (const boost::interprocess::interprocess_exception &exception) {
        return Error(ErrorCode::Io, QString::fromUtf8(exception.what()), lockFile.fileName());
    }
    return folder;
}

Result<void> writePrivateFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(ownerOnly) || file.write(bytes) != bytes.size()
        || !file.commit()) {
        return Error(ErrorCode::Io, file.errorString(), path);
    }
    return {};
}

} // namespace qingfeng::server
