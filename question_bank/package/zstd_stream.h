#pragma once

#include "question_bank/base/result.h"

#include <QByteArray>

#include <memory>

/** One zstd frame, read or written piece by piece, so that a large bank is never held whole. */
namespace qingfeng {

/**
 * Reads lines and counted bytes out of a frame. Nothing that the frame says about its size is believed: what
 * comes out is bounded. The bytes must outlive the reader.
 */
class ZstdReader
{
public:
    /** @param limit  TooLarge when more than this comes out */
    ZstdReader(const QByteArray &packed, qsizetype offset, qint64 limit);
    ~ZstdReader();
    ZstdReader(const ZstdReader &) = delete;
    ZstdReader &operator=(const ZstdReader &) = delete;

    /** True when the frame has ended and everything was taken. Corrupt: more bytes follow it, or it breaks
     * off. */
    Result<bool> atEnd();
    /** The next line without its '\n'; Corrupt when there is none, TooLarge over @p maxBytes. */
    Result<QByteArray> line(qsizetype maxBytes);
    /** Exactly @p count bytes; Corrupt when there are fewer. */
    Result<QByteArray> bytes(qsizetype count);
    /** Whatever is at hand, at least one byte; call atEnd() before. */
    Result<QByteArray> rest();

private:
    Result<bool> fill();

    struct Frame;
    std::unique_ptr<Frame> m_frame;
    QByteArray m_buffer;
    qsizetype m_taken = 0; ///< bytes of the buffer that were handed out
    qint64 m_total = 0;
    const qint64 m_limit;
};

class ZstdWriter
{
public:
    explicit ZstdWriter(int level);
    ~ZstdWriter();
    ZstdWriter(const ZstdWriter &) = delete;
    ZstdWriter &operator=(const ZstdWriter &) = delete;

    void write(const QByteArray &bytes);
    /** Ends the frame. Internal when zstd failed at any moment. */
    Result<QByteArray> finish();

private:
    void compress(const QByteArray &bytes, bool end);

    struct Frame;
    std::unique_ptr<Frame> m_frame;
    QByteArray m_pending; ///< collected, so that short lines do not cost a call each
    QByteArray m_packed;
};

} // namespace qingfeng
