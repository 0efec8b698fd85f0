#include "question_bank/formats/zip_archive.h"

#include <quazip/quazip.h>
#include <quazip/quazipfile.h>

#include <QBuffer>
#include <QStringList>

namespace qingfeng {
namespace {

Error damaged(const QString &where)
{
    return Error(ErrorCode::Corrupt, QStringLiteral("压缩包已损坏，请重新保存或重新下载"), where);
}

Error bomb(const QString &where)
{
    return Error(ErrorCode::TooLarge, QStringLiteral("解压后过大，不予读取"), where);
}

bool isTrick(const QString &name)
{
    return name.isEmpty() || name.startsWith(QLatin1Char('/')) || name.contains(QLatin1Char('\\'))
        || name.contains(QLatin1Char(':')) || name.contains(QChar(u'\0'))
        || name.split(QLatin1Char('/')).contains(QLatin1String(".."));
}

} // namespace

ZipArchive::ZipArchive() = default;
ZipArchive::ZipArchive(ZipArchive &&other) noexcept = default;
ZipArchive &ZipArchive::operator=(ZipArchive &&other) noexcept = default;
ZipArchive::~ZipArchive() = default;

Result<ZipArchive> ZipArchive::open(const QByteArray &bytes)
{
    ZipArchive archive;
    archive.m_buffer = std::make_unique<QBuffer>();
    archive.m_buffer->setData(bytes);
    archive.m_zip = std::make_unique<QuaZip>(archive.m_buffer.get());
    if (!archive.m_buffer->open(QIODevice::ReadOnly) || !archive.m_zip->open(QuaZip::mdUnzip)) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("不是有效的压缩包，文件可能已损坏或没有下载完"));
    }
    if (archive.m_zip->getEntriesCount() > maxEntries) {
        return Error(ErrorCode::TooLarge, QStringLiteral("压缩包里的文件超过 %1 个").arg(maxEntries));
    }
    qint64 claimed = 0;
    for (bool more = archive.m_zip->goToFirstFile(); more; more = archive.m_zip->goToNextFile()) {
        QuaZipFileInfo64 info;
        if (!archive.m_zip->getCurrentFileInfo(&info)) {
            return damaged(QString());
        }
        if (isTrick(info.name) || archive.m_packedSize.contains(info.name)) {
            return Error(ErrorCode::InvalidArgument, QStringLiteral("压缩包里有可疑的文件名，不予读取"), info.name);
        }
        if ((info.flags & 1) != 0) {
            return Error(ErrorCode::InvalidArgument, QStringLiteral("压缩包加了密码，请去掉密码后再导入"), info.name);
        }
        if (info.uncompressedSize > quint64(maxUnpacked) || info.compressedSize > quint64(bytes.size())) {
            return bomb(info.name);
        }
        claimed += qint64(info.uncompressedSize);
        archive.m_packedSize.insert(info.name, qint64(info.compressedSize));
        if (archive.m_packedSize.size() > maxEntries || claimed > maxUnpacked) {
            return bomb(info.name);
        }
    }
    return archive;
}

bool ZipArchive::has(const QString &name) const
{
    return m_packedSize.contains(name);
}

Result<QByteArray> ZipArchive::read(const QString &name)
{
    const auto packed = m_packedSize.constFind(name);
    if (packed == m_packedSize.cend()) {
        return Error(ErrorCode::NotFound, QStringLiteral("压缩包里缺少 %1").arg(name.left(80)), name);
    }
    if (!m_zip->setCurrentFile(name)) {
        return damaged(name);
    }
    QuaZipFile file(m_zip.get());
    if (!file.open(QIODevice::ReadOnly)) {
        return damaged(name);
    }
    // The directory may lie about sizes: what counts is what comes out.
    constexpr qint64 step = 1024 * 1024;
    QByteArray out;
    while (true) {
        const QByteArray piece = file.read(step);
        if (piece.isEmpty()) {
            break;
        }
        out += piece;
        m_unpacked += piece.size();
        if (m_unpacked > maxUnpacked || (out.size() > step && out.size() / maxRatio > *packed)) {
            return bomb(name);
        }
    }
    const bool readError = file.getZipError() != UNZ_OK;
    file.close();
    if (readError || file.getZipError() != UNZ_OK) {
        return damaged(name); // among others a wrong checksum
    }
    return out;
}

} // namespace qingfeng
