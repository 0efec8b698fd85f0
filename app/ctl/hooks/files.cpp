#include "app/ctl/hooks/files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace qingfeng::ctl {
namespace {

constexpr qint64 maxHookFileBytes = 1 << 20;
constexpr uint permissionBits = 07777;

Error systemError(const QString &path)
{
    return Error(ErrorCode::Io, QString::fromLocal8Bit(std::strerror(errno)), path);
}

QString folderOf(const QString &path)
{
    return path.left(std::max<qsizetype>(path.lastIndexOf(QLatin1Char('/')), 1));
}

/** A name that was made or taken away is certain only once its folder is on the disk. */
void syncFolder(const QByteArray &folder)
{
    const int fd = ::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        ::fsync(fd);
        ::close(fd);
    }
}

bool writeAll(int fd, const QByteArray &bytes)
{
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t written = ::write(fd, bytes.constData() + done, std::size_t(bytes.size() - done));
        if (written < 0 && errno != EINTR) {
            return false;
        }
        done += std::max<ssize_t>(written, 0);
    }
    return true;
}

bool writeTemporary(const QByteArray &path, const FileState &wanted)
{
    const int fd = ::open(path.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) {
        return false;
    }
    struct stat made = {};
    bool good = writeAll(fd, wanted.bytes) && ::fstat(fd, &made) == 0;
    if (good && (made.st_uid != wanted.uid || made.st_gid != wanted.gid)) {
        good = ::fchown(fd, wanted.uid, wanted.gid) == 0;
    }
    good = good && ::fchmod(fd, wanted.mode) == 0 && ::fsync(fd) == 0;
    return ::close(fd) == 0 && good;
}

/** An absolute link in an image would lead into the running system. */
Result<void> stayInside(const Root &root, const QString &path)
{
    if (root.isRunningSystem()) {
        return {};
    }
    for (qsizetype slash = path.indexOf(QLatin1Char('/'), 1); slash > 0;
         slash = path.indexOf(QLatin1Char('/'), slash + 1)) {
        if (QFileInfo(root.outside(path.left(slash))).isSymLink()) {
            return Error(ErrorCode::NotPermitted, QStringLiteral("a folder on the way is a link"),
                root.outside(path.left(slash)));
        }
    }
    return {};
}

} // namespace

FileState newFile(const QByteArray &bytes, uint mode)
{
    return {FileState::File, bytes, mode, ::geteuid(), ::getegid()};
}

FileState newLink(const QString &target)
{
    return {FileState::Link, QFile::encodeName(target), 0, ::geteuid(), ::getegid()};
}

Root::Root(const QString &folder)
{
    if (const QString real = QDir(folder).canonicalPath(); real != QLatin1String("/")) {
        m_folder = real.isEmpty() ? QDir(folder).absolutePath() : real; // what does not exist is not "/"
    }
}

Result<FileState> Root::state(const QString &path) const
{
    if (const auto pretended = m_pretended.constFind(path); pretended != m_pretended.cend()) {
        return *pretended;
    }
    const QByteArray name = QFile::encodeName(outside(path));
    struct stat found = {};
    if (::lstat(name.constData(), &found) != 0) {
        return errno == ENOENT || errno == ENOTDIR ? Result<FileState>(FileState())
                                                   : systemError(outside(path));
    }
    FileState state{FileState::Other, {}, found.st_mode & permissionBits, found.st_uid, found.st_gid};
    if (S_ISDIR(found.st_mode)) {
        state.kind = FileState::Directory;
    } else if (S_ISLNK(found.st_mode)) {
        QByteArray target(4096, '\0');
        const ssize_t length = ::readlink(name.constData(), target.data(), std::size_t(target.size()));
        if (length < 0) {
            return systemError(outside(path));
        }
        state.kind = FileState::Link;
        state.mode = 0;
        state.bytes = target.left(length);
    } else if (S_ISREG(found.st_mode)) {
        QFile file(outside(path));
        if (found.st_size > maxHookFileBytes) {
            return Error(ErrorCode::TooLarge, QStringLiteral("over 1 MiB"), outside(path));
        }
        if (!file.open(QIODevice::ReadOnly)) {
            const bool forbidden = file.error() == QFile::PermissionsError || errno == EACCES;
            return Error(forbidden ? ErrorCode::NotPermitted : ErrorCode::Io,
                forbidden ? QStringLiteral("请用 root 运行") : file.errorString(), outside(path));
        }
        state.kind = FileState::File;
        state.bytes = file.readAll();
    }
    return state;
}

QByteArray Root::read(const QString &path) const
{
    if (const auto pretended = m_pretended.constFind(path);
        pretended != m_pretended.cend() && pretended->kind != FileState::Link) {
        return pretended->bytes;
    }
    QFile file(outside(path));
    return file.open(QIODevice::ReadOnly) ? file.read(maxHookFileBytes) : QByteArray();
}

bool Root::exists(const QString &path) const
{
    const auto found = state(path);
    return found && found->kind != FileState::Absent;
}

bool Root::isExecutable(const QString &path) const
{
    const QFileInfo file(outside(path));
    return file.isFile() && file.isExecutable();
}

QStringList Root::files(const QString &folder, const QString &ending) const
{
    QStringList paths;
    for (const QString &name :
        QDir(outside(folder))
            .entryList({QLatin1Char('*') + ending}, QDir::Files | QDir::Hidden, QDir::Name)) {
        const QString path = folder + QLatin1Char('/') + name;
        if (exists(path)) {
            paths.append(path);
        }
    }
    return paths;
}

QString temporaryFor(const QString &path)
{
    // Hidden and without the ending that lightdm, run-parts, desktops and systemd look for.
    return folderOf(path) + QStringLiteral("/.") + path.mid(path.lastIndexOf(QLatin1Char('/')) + 1)
        + QStringLiteral(".qingfeng-new");
}

void removeTemporary(const Root &root, const QString &path)
{
    ::unlink(QFile::encodeName(root.outside(temporaryFor(path))).constData());
}

Result<void> put(const Root &root, const QString &path, const FileState &wanted)
{
    if (const auto inside = stayInside(root, path); !inside) {
        return inside.error();
    }
    const QByteArray name = QFile::encodeName(root.outside(path));
    const QByteArray temporary = QFile::encodeName(root.outside(temporaryFor(path)));
    bool done = false;
    switch (wanted.kind) {
    case FileState::Absent:
        done = ::remove(name.constData()) == 0 || errno == ENOENT;
        break;
    case FileState::Directory: {
        const mode_t mask
            = ::umask(0); // with its mode from the first moment: no second step for a kill to prevent
        done = ::mkdir(name.constData(), wanted.mode) == 0 || errno == EEXIST;
        ::umask(mask);
        break;
    }
    case FileState::File:
        removeTemporary(root, path);
        done = writeTemporary(temporary, wanted) && ::rename(temporary.constData(), name.constData()) == 0;
        break;
    case FileState::Link:
        removeTemporary(root, path);
        done = ::symlink(wanted.bytes.constData(), temporary.constData()) == 0
            && ::lchown(temporary.constData(), wanted.uid, wanted.gid) == 0
            && ::rename(temporary.constData(), name.constData()) == 0;
        break;
    case FileState::Other:
        return Error(ErrorCode::Internal, QStringLiteral("neither file nor link"), root.outside(path));
    }
    if (!done) {
        const Error error = systemError(root.outside(path));
        removeTemporary(root, path);
        return error;
    }
    syncFolder(QFile::encodeName(root.outside(folderOf(path))));
    return {};
}

} // namespace qingfeng::ctl
