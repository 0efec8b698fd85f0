#pragma once

#include "question_bank/base/result.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace qingfeng {

struct CsvRow
{
    int number = 0; ///< 1 = first row, counting empty ones
    QStringList cells;
};

/** A CSV file (RFC 4180) as text. */
struct CsvTable
{
    QList<CsvRow> rows; ///< without the empty ones
    bool damaged = false; ///< a quote is never closed, so that a cell may have swallowed rows
};

/**
 * The text of a file of unknown encoding: by its BOM UTF-8 or UTF-16, else UTF-8 if it is valid, else GB18030.
 * InvalidArgument when it is none of them or holds NUL characters.
 */
Result<QString> decodeText(const QByteArray &bytes);

/** Reads a whole table. TooLarge over 16 MiB, 200,000 rows or 256 cells in a row. */
Result<CsvTable> readCsv(const QByteArray &bytes);

} // namespace qingfeng
