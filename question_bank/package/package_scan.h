#pragma once

#include "question_bank/package/objects.h"
#include "question_bank/package/package.h"
#include "question_bank/package/zstd_stream.h"

#include <QCryptographicHash>

#include <functional>

/** The bytes of packages and deltas: what reading, writing and patching share. Not for other folders. */
namespace qingfeng::packing {

constexpr int formatVersion = 2;

inline QByteArray packageMagic()
{
    return QByteArrayLiteral("QFBANK2\n");
}

/** Manifest and signatures as they stand at the head of a package or delta. */
struct Head
{
    QByteArray manifest; ///< canonical bytes
    QByteArray signatures; ///< canonical bytes of a list
};

using VisitHead = std::function<Result<void>(const Head &, const PackageInfo &)>;
using VisitObject = std::function<Result<void>(const PackedObject &)>;

/**
 * Goes through a package of any version, object by object in the order of the listing. What was visited is to
 * be believed only when the whole scan returns a value: the listing is compared with the manifest at the end.
 */
Result<PackageInfo> scan(const QByteArray &bytes, const VisitHead &visitHead, const VisitObject &visitObject);

/** Reads manifest and signatures, and verifies each signature. */
Result<PackageInfo> readHead(const Head &head);

/** Line and bytes of one object, as packages and deltas have them. */
void write(ZstdWriter &out, const PackedObject &object, const QByteArray &mark = {});

/** Reads an object whose line (without the mark) is @p line. */
Result<PackedObject> readObject(ZstdReader &in, const QByteArray &line);

/** Kind, id and version from the first three of @p fields; Corrupt when they are none. */
Result<ObjectKey> readKey(const QList<QByteArray> &fields);

Result<Head> readHeadLines(ZstdReader &in);

/** The SHA-256 over the listing, fed object by object in ascending order. */
class ListingHash
{
public:
    /** Corrupt when @p object does not come after the one before. */
    Result<void> add(const PackedObject &object);
    QString hex() const;
    qint64 count() const { return m_count; }
    qint64 questions() const { return m_questions; }

private:
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    ObjectKey m_last;
    qint64 m_count = 0;
    qint64 m_questions = 0;
};

/** Corrupt unless listing and manifest fit. */
Result<void> compareListing(const ListingHash &listing, const QByteArray &manifest);

constexpr qsizetype maxManifestBytes = 64 * 1024;

} // namespace qingfeng::packing
