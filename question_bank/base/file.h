#pragma once

#include "question_bank/base/result.h"

#include <QByteArray>
#include <QString>

namespace qingfeng {

/** Reads a whole file of at most @p maxBytes. NotFound, Io or TooLarge, with the path in where(). */
Result<QByteArray> readFile(const QString &path, qint64 maxBytes);

/** Writes a file so that it is there whole or not at all (temporary, fsync, rename); Io otherwise. */
Result<void> writeFileAtomically(const QString &path, const QByteArray &bytes);

} // namespace qingfeng
