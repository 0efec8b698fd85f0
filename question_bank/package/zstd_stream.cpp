#include "question_bank/package/zstd_stream.h"

#include <zstd.h>

namespace qingfeng {

struct ZstdReader::Frame
{
    std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context{ZSTD_createDCtx(), &ZSTD_freeDCtx};
    QByteArray packed; ///< shares its bytes with the caller's
    ZSTD_inBuffer input{};
    std::size_t state = 1; ///< 0 = the frame is whole
};

ZstdReader::ZstdReader(const QByteArray &packed, qsizetype offset, qint64 limit)
    : m_frame(std::make_unique<Frame>())
    , m_limit(limit)
{
    m_frame->packed = packed;
    m_frame->input
        = {m_frame->packed.constData(), std::size_t(packed.size()), std::size_t(qMin(offset, packed.size()))};
    // A window that a lying header asks for is memory too.
    ZSTD_DCtx_setParameter(m_frame->context.get(), ZSTD_d_windowLogMax, 27);
}

ZstdReader::~ZstdReader() = default;

/** Decompresses a block more; false at the end of the frame. */
Result<bool> ZstdReader::fill()
{
    Frame &frame = *m_frame;
    if (m_taken > 0) {
        m_buffer.remove(0, m_taken);
        m_taken = 0;
    }
    while (frame.state != 0) {
        const qsizetype before = m_buffer.size();
        const auto block = qsizetype(ZSTD_DStreamOutSize());
        m_buffer.resize(before + block);
        ZSTD_outBuffer output{m_buffer.data() + before, std::size_t(block), 0};
        const std::size_t consumed = frame.input.pos;
        frame.state = ZSTD_decompressStream(frame.context.get(), &output, &frame.input);
        m_buffer.resize(before + qsizetype(output.pos));
        if (ZSTD_isError(frame.state)) {
            return Error(ErrorCode::Corrupt, QString::fromLatin1(ZSTD_getErrorName(frame.state)));
        }
        m_total += qint64(output.pos);
        if (m_total > m_limit) {
            return Error(ErrorCode::TooLarge, QStringLiteral("unpacked content is over the bound"));
        }
        if (output.pos > 0) {
            return true;
        }
        if (frame.state != 0 && frame.input.pos == frame.input.size && frame.input.pos == consumed) {
            return Error(ErrorCode::Corrupt, QStringLiteral("the file ends too early"));
        }
    }
    if (frame.input.pos < frame.input.size) {
        return Error(ErrorCode::Corrupt, QStringLiteral("bytes after the end of the package"));
    }
    return false;
}

Result<bool> ZstdReader::atEnd()
{
    if (m_taken < m_buffer.size()) {
        return false;
    }
    const auto more = fill();
    if (!more) {
        return more.error();
    }
    return !*more;
}

Result<QByteArray> ZstdReader::line(qsizetype maxBytes)
{
    qsizetype from = m_taken;
    for (;;) {
        const qsizetype end = m_buffer.indexOf('\n', from);
        const qsizetype length = (end < 0 ? m_buffer.size() : end) - m_taken;
        if (length > maxBytes) {
            return Error(ErrorCode::TooLarge, QStringLiteral("an object of over %1 bytes").arg(maxBytes));
        }
        if (end >= 0) {
            const QByteArray found = m_buffer.mid(m_taken, length);
            m_taken = end + 1;
            return found;
        }
        const qsizetype seen = m_buffer.size() - m_taken;
        const auto more = fill();
        if (!more) {
            return more.error();
        }
        if (!*more) {
            return Error(ErrorCode::Corrupt, QStringLiteral("the content ends within a line"));
        }
        from = m_taken + seen;
    }
}

Result<QByteArray> ZstdReader::bytes(qsizetype count)
{
    while (m_buffer.size() - m_taken < count) {
        const auto more = fill();
        if (!more) {
            return more.error();
        }
        if (!*more) {
            return Error(ErrorCode::Corrupt, QStringLiteral("the content ends too early"));
        }
    }
    const QByteArray found = m_buffer.mid(m_taken, count);
    m_taken += count;
    return found;
}

Result<QByteArray> ZstdReader::rest()
{
    return bytes(m_buffer.size() - m_taken);
}

struct ZstdWriter::Frame
{
    std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context{ZSTD_createCCtx(), &ZSTD_freeCCtx};
    std::size_t failed = 0;
};

ZstdWriter::ZstdWriter(int level)
    : m_frame(std::make_unique<Frame>())
{
    ZSTD_CCtx_setParameter(m_frame->context.get(), ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(m_frame->context.get(), ZSTD_c_checksumFlag, 1);
}

ZstdWriter::~ZstdWriter() = default;

void ZstdWriter::write(const QByteArray &bytes)
{
    constexpr qsizetype enough = 256 * 1024;
    m_pending += bytes;
    if (m_pending.size() >= enough) {
        compress(m_pending, false);
        m_pending.clear();
    }
}

void ZstdWriter::compress(const QByteArray &bytes, bool end)
{
    ZSTD_inBuffer input{bytes.constData(), std::size_t(bytes.size()), 0};
    QByteArray block(qsizetype(ZSTD_CStreamOutSize()), Qt::Uninitialized);
    for (bool done = false; !done && !m_frame->failed;) {
        ZSTD_outBuffer output{block.data(), std::size_t(block.size()), 0};
        const std::size_t left = ZSTD_compressStream2(
            m_frame->context.get(), &output, &input, end ? ZSTD_e_end : ZSTD_e_continue);
        if (ZSTD_isError(left)) {
            m_frame->failed = left;
        }
        m_packed.append(block.constData(), qsizetype(output.pos));
        done = end ? left == 0 : input.pos == input.size;
    }
}

Result<QByteArray> ZstdWriter::finish()
{
    compress(m_pending, true);
    m_pending.clear();
    if (m_frame->failed) {
        return Error(ErrorCode::Internal, QString::fromLatin1(ZSTD_getErrorName(m_frame->failed)));
    }
    return m_packed;
}

} // namespace qingfeng
