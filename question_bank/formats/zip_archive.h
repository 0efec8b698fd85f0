#pragma once

#include "question_bank/base/result.h"
#include "question_bank/formats/question_format.h"

#include <QHash>

namespace qingfeng {

/** Bounds of an archive from outside. */
constexpr qint64 maxUnpackedImportBytes = 8 * maxImportBytes;
constexpr int maxArchiveEntries = 20'000;

/** The files of an archive by their path inside it, "/" between folders; folders themselves are left out. */
using ArchiveFiles = QHash<QString, QByteArray>;

/** True for bytes that begin as a zip archive does. */
bool isZip(const QByteArray &bytes);

/**
 * Unpacks a zip archive in memory.
 *
 * @return Corrupt: damaged, encrypted, or the same path twice · NotPermitted: a path that leads out of the archive
 *         (absolute, with "..", a drive or a backslash) · TooLarge: over the bounds above, or unpacking
 *         to more than a hundred times its size.
 */
Result<ArchiveFiles> readZip(const QByteArray &bytes);

/** Packs files, in the order of their paths and with one fixed date, so that equal content gives equal bytes. */
Result<QByteArray> writeZip(const ArchiveFiles &files);

} // namespace qingfeng
