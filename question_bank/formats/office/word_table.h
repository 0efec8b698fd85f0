#pragma once

#include "question_bank/formats/sheet/sheet.h"
#include "question_bank/formats/typed/question_lines.h"

namespace qingfeng {

/** A cell of a table in a Word document. */
struct WordCell
{
    QList<SourceLine> lines;
    int span = 1; ///< columns
    bool continues = false; ///< merged with the cell above
};

using WordRows = QList<QList<WordCell>>;

/** The table as a sheet: texts, merged cells and pictures in their places; rows numbered from 1. */
Sheet sheetOf(const WordRows &rows, const QString &name);

/** Its cells as lines, row by row, as when options are laid out in a table: the letter of one may have its
 * own cell. */
QList<SourceLine> linesOf(const WordRows &rows);

} // namespace qingfeng
