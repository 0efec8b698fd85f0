#include "question_bank/formats/office/word_table.h"

#include <QHash>
#include <QRegularExpression>

namespace qingfeng {
namespace {

/** Joins cells down a column, as they come row by row. */
class ColumnMerger
{
public:
    explicit ColumnMerger(QList<MergedCells> &merged)
        : m_merged(merged)
    {
    }

    /** The cell in @p column, from 0, and @p row is the same as the one above it. */
    void join(qint64 row, int column)
    {
        const auto last = m_last.constFind(column);
        if (last != m_last.cend() && m_merged.at(*last).lastRow == row - 1) {
            m_merged[*last].lastRow = row;
            return;
        }
        m_last.insert(column, m_merged.size());
        m_merged.append({row - 1, column + 1, row, column + 1});
    }

private:
    QList<MergedCells> &m_merged;
    QHash<int, qsizetype> m_last; ///< column → its last entry
};

} // namespace

Sheet sheetOf(const WordRows &rows, const QString &name)
{
    Sheet sheet;
    sheet.name = name;
    ColumnMerger merger(sheet.merged);
    for (const QList<WordCell> &cells : rows) {
        SheetRow row{sheet.rows.size() + 1, {}};
        for (const WordCell &cell : cells) {
            const int column = int(row.cells.size());
            if (column >= maxSheetColumns) {
                break;
            }
            QStringList text;
            for (const SourceLine &line : cell.lines) {
                text.append(line.text);
                for (const LinePicture &picture : line.pictures) {
                    sheet.pictures.append({row.number, column, picture.picture, QString()});
                }
            }
            if (cell.continues && row.number > 1) {
                merger.join(row.number, column);
            }
            row.cells.append({text.join(QLatin1Char('\n')).trimmed(), SheetCell::Kind::Text});
            for (int i = 1; i < cell.span && row.cells.size() < maxSheetColumns; ++i) {
                row.cells.append(SheetCell{});
            }
        }
        sheet.rows.append(row);
    }
    return sheet;
}

QList<SourceLine> linesOf(const WordRows &rows)
{
    static const QRegularExpression letter(QStringLiteral("^\\s*[(（]?[A-HＡ-Ｈ][)）]?[.．、]?\\s*$"));
    QList<SourceLine> lines;
    for (const QList<WordCell> &cells : rows) {
        for (qsizetype i = 0; i < cells.size(); ++i) {
            QList<SourceLine> own = cells.at(i).lines;
            if (own.size() == 1 && i + 1 < cells.size() && letter.match(own.first().text).hasMatch()) {
                const QString prefix = own.first().text.trimmed() + QStringLiteral(". ");
                own = cells.at(++i).lines;
                if (!own.isEmpty()) {
                    prefixLine(own.first(), prefix);
                }
            }
            lines += own;
        }
    }
    return lines;
}

} // namespace qingfeng
