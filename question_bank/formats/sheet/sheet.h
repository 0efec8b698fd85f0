#pragma once

#include "question_bank/formats/question_format.h"
#include "question_bank/formats/sheet/column_map.h"

#include <QList>
#include <QString>

/**
 * A table of cells, wherever it came from (XLSX, CSV, a table in a document), to questions and back. Our own header
 * row is that of docs/formats-tables.md; other people's are found by their headings and by content.
 */
namespace qingfeng {

constexpr qint64 maxSheetRows = 200'000;
constexpr int maxSheetColumns = 256;
constexpr qsizetype maxCellText = 32'767; ///< characters, as in Excel

struct SheetCell
{
    enum class Kind { Text, Number, Date, Boolean, Formula, Error };
    QString text; ///< as a person sees it; of a formula its own text
    Kind kind = Kind::Text;
};

struct SheetRow
{
    qint64 number = 0; ///< from 1, as the sheet numbers it
    QList<SheetCell> cells;
};

/** Cells merged into one, all bounds from 1 and inclusive. */
struct MergedCells
{
    qint64 firstRow = 0;
    int firstColumn = 0;
    qint64 lastRow = 0;
    int lastColumn = 0;
};

/** A picture that stands in a cell. */
struct SheetPicture
{
    qint64 row = 0; ///< from 1, as the sheet numbers it
    int column = 0; ///< from 0
    Picture picture; ///< none when it could not be taken
    QString problem; ///< then why
};

struct Sheet
{
    QString name; ///< empty for a file that has no sheets
    bool hidden = false;
    QList<SheetRow> rows; ///< ascending; empty ones may be left out
    QList<MergedCells> merged;
    QList<SheetPicture> pictures;
    bool rearranged = false; ///< cells do not stand where the file has them: remarks name rows only
};

/** Whether a row of headings can be found in it. */
bool isQuestionSheet(const Sheet &sheet, const ColumnMap &map);

/** Reads every sheet and adds what it finds, and what it cannot use, to @p out. */
void readSheets(const QString &file, const QList<Sheet> &sheets, const ColumnMap &map, ImportedFile &out);

/** "C5" for column 2 and row 5. */
QString cellName(int column, qint64 row);

/** Questions as rows under our own headings. */
struct QuestionTable
{
    QList<ColumnKey> columns;
    QList<QStringList> rows; ///< one cell a column, not guarded
    QList<ImportRemark> lost; ///< found by reading the rows again
};

/** The table of the latest version of each question; a case is the row of its scene and one for every part. */
QuestionTable toTable(const QuestionBank &bank);

} // namespace qingfeng
