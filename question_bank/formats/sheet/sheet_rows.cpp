#include "question_bank/formats/sheet/sheet_rows.h"

#include "question_bank/formats/answer_words.h"
#include "question_bank/formats/sheet/field_words.h"
#include "question_bank/formats/sheet/sheet_fields.h"
#include "question_bank/formats/source_text.h"

#include <algorithm>
#include <utility>

#include <QRegularExpression>

namespace qingfeng {
namespace {

constexpr qsizetype explainedRows = 3; ///< rows below the headings that may explain them

class RowReader
{
public:
    RowReader(const Sheet &sheet, const ColumnMap &map, SheetColumns &columns, SheetRemarks &remarks)
        : m_sheet(sheet)
        , m_map(map)
        , m_columns(columns)
        , m_remarks(remarks)
    {
    }

    QList<RowDraft> read();

private:
    void fillMerged();
    bool isStray(const SheetRow &row);
    bool readRow(const SheetRow &row, RowDraft &draft);
    bool takeCell(RowDraft &draft, int column, const SheetCell &cell);
    void takePictures(RowDraft &draft);
    void settleParts(RowDraft &draft);

    const Sheet &m_sheet;
    const ColumnMap &m_map;
    SheetColumns &m_columns;
    SheetRemarks &m_remarks;
    QHash<qint64, QList<SheetPicture>> m_pictures; ///< by row
    QString m_scene; ///< of the rows above that have none of their own
    QString m_section;
    std::optional<QuestionType> m_sectionType;
    QHash<qint64, QHash<int, QString>> m_mergedText; ///< row → column → text of the cell it is merged with
};

/** Cells merged down a column say the same for every row; across, they are titles and say it once. */
void RowReader::fillMerged()
{
    QHash<qint64, qsizetype> index;
    for (qsizetype i = 0; i < m_sheet.rows.size(); ++i) {
        index.insert(m_sheet.rows.at(i).number, i);
    }
    qint64 filled = 0;
    for (const MergedCells &merged : m_sheet.merged) {
        const int column = merged.firstColumn - 1;
        const auto key = m_columns.key(column);
        if (!key || merged.lastRow <= merged.firstRow || !index.contains(merged.firstRow)) {
            continue;
        }
        const ColumnField field = key->field;
        const bool shared = field == ColumnField::Type || field == ColumnField::Scene
            || field == ColumnField::Category || field == ColumnField::Keyword
            || field == ColumnField::Difficulty || field == ColumnField::Articles
            || field == ColumnField::RiskPoints || field == ColumnField::Source
            || field == ColumnField::Audience || field == ColumnField::Author;
        const QString text = m_sheet.rows.at(index.value(merged.firstRow)).cells.value(column).text;
        for (qint64 row = merged.firstRow + 1; shared && row <= merged.lastRow && filled < maxSheetRows;
             ++row) {
            m_mergedText[row].insert(column, text);
            ++filled;
        }
    }
}

/** A heading between the rows, a note under them, the headings once more: no question, and said so. */
bool RowReader::isStray(const SheetRow &row)
{
    QStringList filled;
    int column = -1;
    int hints = 0;
    bool repeated = true;
    const bool mayExplain = m_columns.headerRow > 0
        && row.number <= m_sheet.rows.at(m_columns.firstRow - 1).number + explainedRows;
    static const QRegularExpression hint(
        QStringLiteral("必填|选填|非必填|请填写|请输入|填写说明|不超过|多个.*分隔"));
    for (int i = 0; i < int(row.cells.size()); ++i) {
        const QString text = row.cells.at(i).text.trimmed();
        if (text.isEmpty()) {
            continue;
        }
        hints += mayExplain && hint.match(text).hasMatch();
        repeated = repeated && i < int(m_columns.headings.size())
            && plainKey(text) == plainKey(m_columns.headings.at(i));
        filled.append(text);
        column = i;
    }
    if (repeated && filled.size() > 1) {
        return true;
    }
    if (hints >= 2) {
        for (const QString &text : std::as_const(filled)) {
            readLegend(text, m_columns.types);
        }
        m_remarks.note(row.number, -1, QStringLiteral("是填写说明，没有当作题目"));
        return true;
    }
    if (filled.size() != 1 || m_pictures.contains(row.number)) {
        return false;
    }
    static const QRegularExpression ordinal(
        QStringLiteral("^(?:第?[一二三四五六七八九十]+(?:部分|章|节)?[、.．\\s]|【)"));
    const auto key = m_columns.key(column);
    const bool stem = key && key->field == ColumnField::Stem;
    const QString text = filled.first();
    const auto type = text.size() <= 60 ? typeInHeading(text) : std::nullopt;
    if (type && (!key || key->field != ColumnField::Type || ordinal.match(text).hasMatch())
        && (!stem || ordinal.match(text).hasMatch() || typeByWord(text))) {
        m_section = text;
        m_sectionType = type;
        return true;
    }
    if (stem || (key && key->field == ColumnField::Scene)) {
        return false;
    }
    bool number = false;
    text.toDouble(&number);
    if (!number) {
        m_remarks.note(row.number, column, QStringLiteral("这一行只有“%1”，没有当作题目").arg(text.left(30)));
    }
    return true;
}

bool RowReader::takeCell(RowDraft &draft, int column, const SheetCell &cell)
{
    const auto key = m_columns.key(column);
    if (!key) {
        return false;
    }
    QString text = unguarded(cell.text).trimmed();
    if (text.isEmpty() && cell.kind != SheetCell::Kind::Formula) {
        const auto merged = m_mergedText.constFind(draft.number);
        text = merged != m_mergedText.cend() ? merged->value(column).trimmed() : QString();
    }
    const bool ignored = key->field == ColumnField::Ignore || key->field == ColumnField::Marks;
    if (cell.kind == SheetCell::Kind::Formula && !ignored) {
        draft.reject(m_remarks, column,
            QStringLiteral("是公式（%1），请改为固定内容（复制后选择性粘贴为值）").arg(text.left(40)));
        return true;
    }
    if (cell.kind == SheetCell::Kind::Error && !ignored) {
        draft.reject(m_remarks, column, QStringLiteral("是错误值 %1，请改正").arg(text.left(20)));
        return true;
    }
    if (text.isEmpty()) {
        return false;
    }
    if (text.size() > maxCellText) {
        draft.reject(m_remarks, column, QStringLiteral("超过 %1 字，请缩短").arg(maxCellText));
        return true;
    }
    const bool asked = key->field == ColumnField::Stem || key->field == ColumnField::Option
        || key->field == ColumnField::Answer;
    if (asked && cell.kind == SheetCell::Kind::Date) {
        m_remarks.note(draft.number, column,
            QStringLiteral("Excel 把这一格存成了日期，读作“%1”；若原意不是日期，请把该格设为文本后重填")
                .arg(text));
    }
    takeField(draft, {column, *key, text}, m_map, m_remarks);
    return !ignored;
}

bool RowReader::readRow(const SheetRow &row, RowDraft &draft)
{
    draft.number = row.number;
    draft.section = m_section;
    draft.sectionType = m_sectionType;
    draft.item.blankSeparator = m_map.blankSeparator;
    draft.item.variantSeparator = m_map.variantSeparator;
    bool filled = false;
    const int columns = std::max(int(row.cells.size()), int(m_columns.keys.size()));
    QString post;
    int postColumn = -1;
    for (int column = 0; column < columns; ++column) {
        const auto key = m_columns.key(column);
        const SheetCell cell = row.cells.value(column);
        if (key && key->field == ColumnField::Post) {
            post = unguarded(cell.text).trimmed();
            postColumn = column;
            filled = filled || !post.isEmpty();
            continue;
        }
        if (!key && column >= int(m_columns.headings.size()) && !cell.text.trimmed().isEmpty()) {
            m_remarks.note(row.number, column, QStringLiteral("这一列没有列名，没有读取"));
        }
        filled = takeCell(draft, column, cell) || filled;
    }
    for (const QString &code : splitList(post, m_map.listSeparator)) {
        const bool known = std::ranges::any_of(draft.rest.riskPoints,
            [&code](const QString &id) { return id.startsWith(code + QLatin1Char('-')); });
        if (!known) {
            m_remarks.note(row.number, postColumn,
                QStringLiteral("岗位由风险点编号决定，没有单独保存；这里的岗位与风险点编号不一致，请核对"));
        }
    }
    return filled;
}

/** Each picture to the stem or option in whose column it stands; one that cannot be had is said, and why. */
void RowReader::takePictures(RowDraft &draft)
{
    ItemDraft &item = draft.item;
    for (const SheetPicture &picture : m_pictures.take(draft.number)) {
        const auto key = m_columns.key(picture.column);
        if (!picture.problem.isEmpty()) {
            m_remarks.noteEach(draft.number, picture.column, picture.problem);
            continue;
        }
        if (key && key->field == ColumnField::Explanation) {
            m_remarks.noteEach(
                draft.number, picture.column, QStringLiteral("解析里不能有图片，这一张没有读入"));
            continue;
        }
        Rare<Picture> *slot = &item.picture;
        if (key && (key->field == ColumnField::Option || key->field == ColumnField::OptionPicture)) {
            item.optionPictures.resize(std::max(item.optionPictures.size(), qsizetype(key->index + 1)));
            item.options.resize(std::max(item.options.size(), qsizetype(key->index + 1)));
            slot = &item.optionPictures[key->index];
        }
        if ((*slot)->media.isEmpty()) {
            *slot = picture.picture;
        } else {
            m_remarks.noteEach(
                draft.number, picture.column, QStringLiteral("同一处有几张图片，只读入第一张；请合并成一张"));
        }
    }
}

/** 大题 without 小题 is a question by itself; 小题 without 大题 belongs to the scene above. */
void RowReader::settleParts(RowDraft &draft)
{
    if (!draft.partType.isEmpty()) {
        draft.typeText = draft.partType;
    }
    if (!m_columns.sceneOrStem) {
        return;
    }
    const bool answered = !draft.item.answer.isEmpty() || !draft.item.flagged.isEmpty();
    if (!draft.item.stem.isEmpty()) {
        draft.scene = draft.scene.isEmpty() ? m_scene : draft.scene;
        m_scene = draft.scene;
    } else if (answered && typeByWord(draft.typeText) != QuestionType::Case) {
        draft.item.stem = std::exchange(draft.scene, QString());
        m_scene.clear();
    } else {
        m_scene = draft.scene;
    }
}

QList<RowDraft> RowReader::read()
{
    fillMerged();
    for (const SheetPicture &picture : m_sheet.pictures) {
        m_pictures[picture.row].append(picture);
    }
    QList<RowDraft> drafts;
    for (qsizetype i = m_columns.firstRow; i < m_sheet.rows.size(); ++i) {
        const SheetRow &row = m_sheet.rows.at(i);
        RowDraft draft;
        if (!isStray(row) && readRow(row, draft)) {
            takePictures(draft);
            settleParts(draft);
            drafts.append(std::move(draft));
        }
    }
    for (const SheetPicture &picture : m_sheet.pictures) {
        if (m_pictures.contains(picture.row)) {
            m_remarks.noteEach(picture.row, picture.column,
                picture.problem.isEmpty() ? QStringLiteral("图片所在的行没有题目，没有读入")
                                          : picture.problem);
        }
    }
    return drafts;
}

} // namespace

QList<RowDraft> readRows(
    const Sheet &sheet, const ColumnMap &map, SheetColumns &columns, SheetRemarks &remarks)
{
    return RowReader(sheet, map, columns, remarks).read();
}

} // namespace qingfeng
