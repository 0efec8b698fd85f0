#include "question_bank/formats/zip_archive.h"

#include <algorithm>

#include <quazip.h>
#include <quazipfile.h>
#include <quazipnewinfo.h>

#include <QBuffer>
#include <QDateTime>

namespace qingfeng {
namespace {

constexpr qsizetype maxPathLength = 512;
// Texts and pictures do not pack to a hundredth; what does is made to fill a memory.
constexpr qint64 bombFloor = 16LL * 1024 * 1024;
constexpr qint64 bombRatio = 100;

/** True for a path that stays inside the archive. */
bool staysInside(const QString &path)
{
    if (path.isEmpty() || path.size() > maxPathLength || path.startsWith(QLatin1Char('/'))
        || path.contains(QLatin1Char('\\')) || path.contains(QChar(0))
        || path.mid(1, 1) == QLatin1String(":")) {
        return false;
    }
    const QStringList steps = path.split(QLatin1Char('/'));
    return !steps.contains(QStringLiteral(".."));
}

Error corrupt(const QString &detail, const QString &path = {})
{
    return Error(ErrorCode::Corrupt, detail, path);
}

} // namespace

bool isZip(const QByteArray &bytes)
{
    return bytes.startsWith("PK\x03\x04") || bytes.startsWith("PK\x05\x06");
}

Result<ArchiveFiles> readZip(const QByteArray &bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    QuaZip zip(&buffer);
    if (bytes.size() > maxImportBytes) {
        return Error(ErrorCode::TooLarge, QStringLiteral("the archive is over the bound"));
    }
    if (!isZip(bytes) || !zip.open(QuaZip::mdUnzip)) {
        return corrupt(QStringLiteral("not a zip archive, or damaged"));
    }
    ArchiveFiles files;
    qint64 total = 0;
    int entries = 0;
    for (bool more = zip.goToFirstFile(); more; more = zip.goToNextFile()) {
        QuaZipFileInfo64 info;
        if (!zip.getCurrentFileInfo(&info)) {
            return corrupt(QStringLiteral("an entry of the archive is damaged"));
        }
        if (++entries > maxArchiveEntries) {
            return Error(ErrorCode::TooLarge, QStringLiteral("too many entries"));
        }
        if (!staysInside(info.name)) {
            return Error(
                ErrorCode::NotPermitted, QStringLiteral("a path leads out of the archive"), info.name);
        }
        if (info.name.endsWith(QLatin1Char('/'))) {
            continue;
        }
        if (info.isEncrypted()) {
            return corrupt(QStringLiteral("an entry is encrypted"), info.name);
        }
        if (files.contains(info.name)) {
            return corrupt(QStringLiteral("the same path stands twice"), info.name);
        }
        QuaZipFile file(&zip);
        if (!file.open(QIODevice::ReadOnly)) {
            return corrupt(QStringLiteral("an entry cannot be unpacked"), info.name);
        }
        // What the archive says of its sizes is not believed: the bytes are counted as they come.
        QByteArray content;
        char block[64 * 1024];
        for (;;) {
            const qint64 got = file.read(block, sizeof block);
            if (got < 0) {
                return corrupt(QStringLiteral("an entry cannot be unpacked"), info.name);
            }
            if (got == 0) {
                break;
            }
            total += got;
            const bool bomb = total > bombFloor && total / bombRatio > bytes.size();
            if (bomb || total > maxUnpackedImportBytes) {
                return Error(
                    ErrorCode::TooLarge, QStringLiteral("unpacked content is over the bound"), info.name);
            }
            content.append(block, got);
        }
        file.close();
        if (file.getZipError() != UNZ_OK) {
            return corrupt(QStringLiteral("an entry does not match its checksum"), info.name);
        }
        files.insert(info.name, content);
    }
    if (zip.getZipError() != UNZ_OK && zip.getZipError() != UNZ_END_OF_LIST_OF_FILE) {
        return corrupt(QStringLiteral("the list of entries is damaged"));
    }
    return files;
}

Result<QByteArray> writeZip(const ArchiveFiles &files)
{
    QBuffer buffer;
    QuaZip zip(&buffer);
    zip.setUtf8Enabled(true);
    if (!zip.open(QuaZip::mdCreate)) {
        return Error(ErrorCode::Internal, QStringLiteral("the archive cannot be begun"));
    }
    QStringList paths = files.keys();
    std::sort(paths.begin(), paths.end());
    for (const QString &path : paths) {
        QuaZipNewInfo info(path);
        info.dateTime = QDateTime(QDate(2020, 1, 1), QTime(0, 0));
        info.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadGroup
            | QFileDevice::ReadOther);
        QuaZipFile file(&zip);
        const QByteArray &content = files[path];
        const bool written = file.open(QIODevice::WriteOnly, info) && file.write(content) == content.size();
        file.close();
        if (!written || file.getZipError() != ZIP_OK) {
            return Error(ErrorCode::Internal, QStringLiteral("an entry cannot be packed"), path);
        }
    }
    zip.close();
    if (zip.getZipError() != ZIP_OK) {
        return Error(ErrorCode::Internal, QStringLiteral("the archive cannot be ended"));
    }
    return buffer.data();
}

} // namespace qingfeng
