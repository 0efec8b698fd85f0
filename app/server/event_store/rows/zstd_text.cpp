#include "app/server/event_store/rows/zstd_text.h"

#include <zstd.h>

namespace qingfeng::server {

QByteArray zstdCompress(const QByteArray &bytes)
{
    QByteArray frame(qsizetype(ZSTD_compressBound(std::size_t(bytes.size()))), Qt::Uninitialized);
    const std::size_t size = ZSTD_compress(
        frame.data(), std::size_t(frame.size()), bytes.constData(), std::size_t(bytes.size()), 3);
    Q_ASSERT(ZSTD_isError(size) == 0);
    frame.truncate(qsizetype(size));
    return frame;
}

Result<QByteArray> zstdExpand(const QByteArray &frame, qint64 limit)
{
    const auto size = ZSTD_getFrameContentSize(frame.constData(), std::size_t(frame.size()));
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN) {
        return Error(ErrorCode::Corrupt, QStringLiteral("not a zstd frame"));
    }
    if (size > std::uint64_t(limit)) {
        return Error(ErrorCode::TooLarge, QStringLiteral("zstd frame of %1 bytes").arg(size));
    }
    QByteArray bytes(qsizetype(size), Qt::Uninitialized);
    const std::size_t got = ZSTD_decompress(
        bytes.data(), std::size_t(bytes.size()), frame.constData(), std::size_t(frame.size()));
    if (ZSTD_isError(got) != 0 || got != size) {
        return Error(ErrorCode::Corrupt, QStringLiteral("zstd frame is damaged"));
    }
    return bytes;
}

} // namespace qingfeng::server
