#pragma once

#include "question_bank/base/result.h"

#include <memory>

#include <QByteArray>
#include <QHash>
#include <QString>

class QBuffer;
class QuaZip;

namespace qingfeng {

/**
 * A ZIP archive in memory, read with suspicion: nothing is written anywhere, and what unpacks to more than is
 * reasonable is refused, whatever its directory claims. Every error has a reason in Chinese.
 */
class ZipArchive
{
public:
    static constexpr qsizetype maxEntries = 4096;
    static constexpr qint64 maxUnpacked = 8 * 64LL * 1024 * 1024; ///< all that is read, together
    static constexpr qint64 maxRatio = 400; ///< of an entry over 1 MiB

    ZipArchive(ZipArchive &&other) noexcept;
    ZipArchive &operator=(ZipArchive &&other) noexcept;
    ~ZipArchive();

    /**
     * InvalidArgument for what is no archive, is encrypted, or has names that are absolute, climb out or occur
     * twice; TooLarge for too many entries or a claimed size beyond the bounds.
     */
    static Result<ZipArchive> open(const QByteArray &bytes);

    bool has(const QString &name) const;
    /** The bytes of an entry. NotFound, TooLarge, or Corrupt when it is damaged. Names without a leading "/". */
    Result<QByteArray> read(const QString &name);

private:
    ZipArchive();

    std::unique_ptr<QBuffer> m_buffer;
    std::unique_ptr<QuaZip> m_zip;
    QHash<QString, qint64> m_packedSize; ///< by name
    qint64 m_unpacked = 0;
};

} // namespace qingfeng
