#include "question_bank/formats/sheet/sheet.h"

#include "question_bank/formats/option_text.h"
#include "question_bank/formats/sheet/sheet_guess.h"
#include "question_bank/formats/sheet/sheet_layout.h"
#include "question_bank/formats/sheet/sheet_questions.h"
#include "question_bank/formats/typed/line_kinds.h"
#include "question_bank/formats/typed/question_lines.h"

#include <algorithm>

#include <QRegularExpression>
#include <QSet>

namespace qingfeng {
namespace {

bool isEmptySheet(const Sheet &sheet)
{
    return sheet.pictures.isEmpty() && std::ranges::all_of(sheet.rows, [](const SheetRow &row) {
        return std::ranges::all_of(row.cells, [](const SheetCell &cell) { return cell.text.trimmed().isEmpty(); });
    });
}

/** Instructions for filling in name all columns and are no questions. */
bool isNamedAsNotes(const Sheet &sheet)
{
    static const QRegularExpression notes(
        QStringLiteral("说明|须知|注意|字典|帮助|指南|help|readme|guide"), QRegularExpression::CaseInsensitiveOption);
    return notes.match(sheet.name).hasMatch();
}

/** The sheet as typed text, a row a line, or more where a cell has several. */
QList<SourceLine> typedLines(const Sheet &sheet)
{
    QHash<qint64, QList<LinePicture>> pictures;
    for (const SheetPicture &picture : sheet.pictures) {
        if (picture.problem.isEmpty()) {
            pictures[picture.row].append({0, picture.picture});
        }
    }
    QList<SourceLine> lines;
    for (const SheetRow &row : sheet.rows) {
        QStringList texts;
        for (const SheetCell &cell : row.cells) {
            if (!cell.text.trimmed().isEmpty()) {
                texts.append(cell.text.trimmed());
            }
        }
        for (const QString &line : texts.join(QLatin1Char('\t')).split(QLatin1Char('\n'))) {
            lines.append({row.number, line, {}, pictures.take(row.number)});
        }
    }
    return lines;
}

/** Pictures that typed text has no place for, and why. */
void noteLostPictures(const Sheet &sheet, SheetRemarks &remarks)
{
    QSet<qint64> rows;
    for (const SheetRow &row : sheet.rows) {
        rows.insert(row.number);
    }
    for (const SheetPicture &picture : sheet.pictures) {
        if (!picture.problem.isEmpty()) {
            remarks.noteEach(picture.row, picture.column, picture.problem);
        } else if (!rows.contains(picture.row)) {
            remarks.noteEach(picture.row, picture.column, QStringLiteral("图片所在的行没有题目，没有读入"));
        }
    }
}

/** A question bank typed into cells line by line: numbers, options and answers stand in the text. */
bool isTyped(const QList<SourceLine> &lines)
{
    const bool numbered = std::ranges::any_of(
        lines, [](const SourceLine &line) { return questionNumber(line.text.left(200)).style != NumberStyle::None; });
    const bool optional = std::ranges::any_of(
        lines, [](const SourceLine &line) { return !findMarkedOptions(line.text.left(200), 0).isEmpty(); });
    const bool answered = std::ranges::any_of(lines, [](const SourceLine &line) {
        const auto pieces = splitLabels(line.text.left(200));
        return std::ranges::any_of(pieces, [](const LabelledText &piece) { return piece.label == QStringLiteral("答案"); });
    });
    return numbered && (optional || answered);
}

void readTable(const QString &file, const Sheet &sheet, SheetColumns columns, const ColumnMap &map,
    SheetRemarks &remarks, ImportedFile &out)
{
    const qsizetype rejected = out.rejected.size();
    QList<RowDraft> drafts = readRows(sheet, map, columns, remarks);
    makeQuestions(file, sheet, map, columns, drafts, remarks, out);
    if (drafts.isEmpty() && rejected == out.rejected.size()) {
        remarks.note(0, -1, QStringLiteral("只有表头，没有题目"));
    }
    remarks.finish();
}

/** A sheet with headings, whatever stands in one row: a question, an option, or a part of a question. */
void readHeaded(
    const QString &file, const Sheet &sheet, qsizetype header, const ColumnMap &map, ImportedFile &out)
{
    SheetRemarks remarks(file, sheet, out);
    SheetColumns columns = nameColumns(sheet, header, map, remarks);
    const auto folded = foldedSheet(sheet, columns);
    if (!folded) {
        readTable(file, sheet, std::move(columns), map, remarks, out);
        return;
    }
    remarks.note(columns.headerRow, -1, QStringLiteral("每个选项占一行，已把同一题的各行合在一起；行号是每题的第一行"));
    remarks.finish();
    SheetRemarks joined(file, *folded, out);
    joined.setHeadings(columns.headings);
    readTable(file, *folded, std::move(columns), map, joined, out);
}

void readUnheaded(const QString &file, const Sheet &sheet, const ColumnMap &map, ImportedFile &out)
{
    GuessedColumns guessed = guessColumns(sheet);
    SheetRemarks remarks(file, sheet, out);
    if (guessed.columns) {
        remarks.note(0, -1, QStringLiteral("没有表头，按内容认定：%1；请核对，不对时请在第一行写上列名再导入").arg(guessed.said));
        remarks.setHeadings(guessed.columns->headings);
        readTable(file, sheet, std::move(*guessed.columns), map, remarks, out);
        return;
    }
    if (const QList<SourceLine> lines = typedLines(sheet); isTyped(lines) && !isNamedAsNotes(sheet)) {
        remarks.note(0, -1, QStringLiteral("不是一题一行的表格，按逐行输入的文字读取，请核对"));
        noteLostPictures(sheet, remarks);
        remarks.finish();
        readQuestionLines(file, lines, out);
        return;
    }
    remarks.note(0, -1,
        QStringLiteral("找不到表头（至少要有“题干”和“答案”两列），按内容也认不出各列（%1），没有读取；"
                       "请写上列名，或用映射文件说明")
            .arg(guessed.said));
    remarks.finish();
}

} // namespace

bool isQuestionSheet(const Sheet &sheet, const ColumnMap &map)
{
    return labelledSheet(sheet) || findHeader(sheet, map) || guessColumns(sheet).columns;
}

void readSheets(const QString &file, const QList<Sheet> &sheets, const ColumnMap &map, ImportedFile &out)
{
    for (const Sheet &sheet : sheets) {
        if (isEmptySheet(sheet)) {
            out.warnings.append({file, 0, sheet.name, QStringLiteral("是空表")});
            continue;
        }
        if (sheet.hidden) {
            out.warnings.append({file, 0, sheet.name,
                QStringLiteral("是隐藏的工作表，没有读取；如需导入，请先取消隐藏")});
            continue;
        }
        const auto labelled
            = map.headerRow == 0 && !isNamedAsNotes(sheet) ? labelledSheet(sheet) : std::nullopt;
        const Sheet &laidOut = labelled ? *labelled : sheet;
        if (const auto header = findHeader(laidOut, map)) {
            readHeaded(file, laidOut, *header, map, out);
        } else {
            readUnheaded(file, sheet, map, out);
        }
    }
}

QString cellName(int column, qint64 row)
{
    QString letters;
    for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
        letters.prepend(QChar(char16_t(u'A' + (rest - 1) % 26)));
    }
    return letters + QString::number(row);
}

} // namespace qingfeng
