#include "question_bank/formats/zip_archive.h"

#include <algorithm>
#include <memory>

#include <archive.h>
#include <archive_entry.h>

#include <QStringList>

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

using Archive = std::unique_ptr<archive, int (*)(archive *)>;
using Entry = std::unique_ptr<archive_entry, void (*)(archive_entry *)>;

/** The path of an entry; one that is not marked as UTF-8 comes in whatever its maker's system used. */
QString pathOf(archive_entry *entry)
{
    if (const char *utf8 = archive_entry_pathname_utf8(entry)) {
        return QString::fromUtf8(utf8);
    }
    return QString::fromLocal8Bit(archive_entry_pathname(entry));
}

/** The archive ready to be read; null when it is none. Only its central directory says what is in it. */
Archive openZip(const QByteArray &bytes)
{
    Archive zip(archive_read_new(), &archive_read_free);
    const bool open = zip && archive_read_support_format_zip_seekable(zip.get()) == ARCHIVE_OK
        && archive_read_open_memory(zip.get(), bytes.constData(), std::size_t(bytes.size())) == ARCHIVE_OK;
    return open ? std::move(zip) : Archive(nullptr, &archive_read_free);
}

/** What the entries claim to unpack to: an honest bomb is refused before it costs anything. */
bool claimsTooMuch(const QByteArray &bytes)
{
    const Archive zip = openZip(bytes);
    archive_entry *entry = nullptr;
    qint64 claimed = 0;
    int entries = 0;
    while (zip && archive_read_next_header(zip.get(), &entry) >= ARCHIVE_WARN && ++entries <= maxArchiveEntries) {
        const qint64 size = archive_entry_size(entry);
        if (size < 0 || size > maxUnpackedImportBytes - claimed) {
            return true;
        }
        claimed += size;
    }
    return false;
}

la_ssize_t append(archive *, void *bytes, const void *block, std::size_t size)
{
    static_cast<QByteArray *>(bytes)->append(static_cast<const char *>(block), qsizetype(size));
    return la_ssize_t(size);
}

} // namespace

bool isZip(const QByteArray &bytes)
{
    return bytes.startsWith("PK\x03\x04") || bytes.startsWith("PK\x05\x06");
}

Result<ArchiveFiles> readZip(const QByteArray &bytes)
{
    if (bytes.size() > maxImportBytes) {
        return Error(ErrorCode::TooLarge, QStringLiteral("the archive is over the bound"));
    }
    const Archive zip = isZip(bytes) ? openZip(bytes) : Archive(nullptr, &archive_read_free);
    if (!zip) {
        return corrupt(QStringLiteral("not a zip archive, or damaged"));
    }
    if (claimsTooMuch(bytes)) {
        return Error(ErrorCode::TooLarge, QStringLiteral("unpacked content would be over the bound"));
    }
    ArchiveFiles files;
    qint64 total = 0;
    int entries = 0;
    archive_entry *entry = nullptr;
    int state = ARCHIVE_OK;
    while ((state = archive_read_next_header(zip.get(), &entry)) == ARCHIVE_OK || state == ARCHIVE_WARN) {
        if (++entries > maxArchiveEntries) {
            return Error(ErrorCode::TooLarge, QStringLiteral("too many entries"));
        }
        const QString path = pathOf(entry);
        if (!staysInside(path)) {
            return Error(ErrorCode::NotPermitted, QStringLiteral("a path leads out of the archive"), path);
        }
        if (path.endsWith(QLatin1Char('/')) || archive_entry_filetype(entry) == AE_IFDIR) {
            continue;
        }
        if (archive_entry_is_encrypted(entry) != 0) {
            return corrupt(QStringLiteral("an entry is encrypted"), path);
        }
        if (files.contains(path)) {
            return corrupt(QStringLiteral("the same path stands twice"), path);
        }
        // What the archive says of its sizes is not believed: the bytes are counted as they come.
        QByteArray content;
        char block[64 * 1024];
        la_ssize_t got = 0;
        while ((got = archive_read_data(zip.get(), block, sizeof block)) > 0) {
            total += got;
            const bool bomb = total > bombFloor && total / bombRatio > bytes.size();
            if (bomb || total > maxUnpackedImportBytes) {
                return Error(ErrorCode::TooLarge, QStringLiteral("unpacked content is over the bound"), path);
            }
            content.append(block, qsizetype(got));
        }
        if (got < 0) {
            return corrupt(QStringLiteral("an entry cannot be unpacked, or does not match its checksum"), path);
        }
        files.insert(path, content);
    }
    if (state != ARCHIVE_EOF) {
        return corrupt(QStringLiteral("the list of entries is damaged"));
    }
    return files;
}

Result<QByteArray> writeZip(const ArchiveFiles &files)
{
    constexpr time_t fixedDate = 1'577'880'000; // 2020-01-01
    QByteArray bytes;
    const Archive zip(archive_write_new(), &archive_write_free);
    if (!zip || archive_write_set_format_zip(zip.get()) != ARCHIVE_OK
        || archive_write_set_options(zip.get(), "zip:compression=deflate,zip:hdrcharset=UTF-8") != ARCHIVE_OK
        || archive_write_set_bytes_in_last_block(zip.get(), 1) != ARCHIVE_OK
        || archive_write_open(zip.get(), &bytes, nullptr, &append, nullptr) != ARCHIVE_OK) {
        return Error(ErrorCode::Internal, QStringLiteral("the archive cannot be begun"));
    }
    QStringList paths = files.keys();
    std::sort(paths.begin(), paths.end());
    for (const QString &path : std::as_const(paths)) {
        const QByteArray &content = files[path];
        const Entry entry(archive_entry_new(), &archive_entry_free);
        archive_entry_set_pathname_utf8(entry.get(), path.toUtf8().constData());
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        archive_entry_set_size(entry.get(), content.size());
        archive_entry_set_mtime(entry.get(), fixedDate, 0);
        const bool written = archive_write_header(zip.get(), entry.get()) == ARCHIVE_OK
            && archive_write_data(zip.get(), content.constData(), std::size_t(content.size())) == content.size();
        if (!written) {
            return Error(ErrorCode::Internal, QStringLiteral("an entry cannot be packed"), path);
        }
    }
    if (archive_write_close(zip.get()) != ARCHIVE_OK) {
        return Error(ErrorCode::Internal, QStringLiteral("the archive cannot be ended"));
    }
    return bytes;
}

} // namespace qingfeng
