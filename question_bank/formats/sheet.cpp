#include "question_bank/formats/sheet.h"

#include "question_bank/formats/answer_words.h"
#include "question_bank/formats/field_words.h"
#include "question_bank/formats/item_draft.h"
#include "question_bank/formats/option_text.h"
#include "question_bank/formats/question_text.h"
#include "question_bank/formats/source_text.h"

#include <algorithm>
#include <map>

#include <QHash>
#include <QRegularExpression>
#include <QSet>

namespace qingfeng {
namespace {

constexpr qsizetype maxHeaderSearch = 50; ///< rows
constexpr qsizetype explainedRows = 3; ///< rows below the headings that may explain them

/** Warnings of one wording are one warning, at its first place, with their number. */
class Notes
{
public:
    void add(const ImportRemark &remark)
    {
        const QString key = remark.file + QLatin1Char('\n') + remark.column.section(QLatin1Char(' '), 1)
            + QLatin1Char('\n') + remark.reason;
        const auto it = m_index.constFind(key);
        if (it != m_index.cend()) {
            ++m_counts[*it];
            return;
        }
        m_index.insert(key, m_remarks.size());
        m_remarks.append(remark);
        m_counts.append(1);
    }

    void moveTo(QList<ImportRemark> &list)
    {
        for (qsizetype i = 0; i < m_remarks.size(); ++i) {
            ImportRemark remark = m_remarks.at(i);
            if (m_counts.at(i) > 1) {
                remark.reason += QStringLiteral("（共 %1 处）").arg(m_counts.at(i));
            }
            list.append(remark);
        }
    }

private:
    QHash<QString, qsizetype> m_index;
    QList<ImportRemark> m_remarks;
    QList<qsizetype> m_counts;
};

/** What one row says, before its type is settled. */
struct RowDraft
{
    qint64 number = 0;
    ItemDraft item;
    QString typeText;
    QString part; ///< 小题号
    QString serial; ///< 序号
    QString scene;
    QString section; ///< heading row above
    std::optional<QuestionType> sectionType;
    QString pinned;
    QuestionVersion rest; ///< the fields beside the item
    QStringList category;
    QStringList stated; ///< see ImportedQuestion
    bool broken = false; ///< a cell is unusable; said already
};

class SheetReader
{
public:
    SheetReader(const QString &file, const Sheet &sheet, const ColumnMap &map, ImportedFile &out)
        : m_file(file)
        , m_sheet(sheet)
        , m_map(map)
        , m_out(out)
    {
    }

    bool findHeader();
    void read();
    bool hasQuestions() const { return m_found > 0; }
    void moveNotes() { m_notes.moveTo(m_out.warnings); }

private:
    std::optional<ColumnKey> keyOf(const QString &heading) const;
    QList<std::optional<ColumnKey>> keysOf(qsizetype row) const;
    static int score(const QList<std::optional<ColumnKey>> &keys);
    void nameColumns();
    void findFlagsBeside();
    void readLegends();
    void fillMerged();
    bool isStray(const SheetRow &row);
    bool readRow(const SheetRow &row, RowDraft &draft);
    bool takeCell(RowDraft &draft, int column, const SheetCell &cell);
    void takeField(RowDraft &draft, int column, ColumnKey key, const QString &text);
    void takeDate(RowDraft &draft, int column, const QString &text, QDate &day);
    void resolveTypes(QList<RowDraft> &drafts);
    std::optional<QuestionType> voteFor(const QList<RowDraft> &drafts, const QString &code) const;
    void reportGuesses();
    void emitAll(QList<RowDraft> &drafts);
    qsizetype emitCase(QList<RowDraft> &drafts, qsizetype first);
    bool isPartOf(const RowDraft &scene, const RowDraft &row) const;
    void emitQuestion(RowDraft &draft);
    bool settleInto(RowDraft &draft, QuestionItem &item);
    void append(const RowDraft &draft, const QuestionVersion &question);
    int columnOf(DraftField field) const;
    ImportRemark remark(qint64 row, int column, const QString &reason) const;
    void reject(RowDraft &draft, int column, const QString &reason);
    void note(qint64 row, int column, const QString &reason) { m_notes.add(remark(row, column, reason)); }

    const QString m_file;
    const Sheet &m_sheet;
    const ColumnMap &m_map;
    ImportedFile &m_out;
    Notes m_notes;
    qsizetype m_header = -1; ///< index into rows
    qsizetype m_headerRows = 1;
    QStringList m_headings;
    QList<std::optional<ColumnKey>> m_keys;
    QMap<QString, QuestionType> m_types; ///< by code: from the map, a legend or the content
    QSet<QString> m_guessedTypes;
    QString m_section;
    std::optional<QuestionType> m_sectionType;
    std::optional<QuestionType> m_sheetType;
    QHash<qint64, QHash<int, QString>> m_mergedText; ///< row → column → text of the cell it is merged with
    qsizetype m_found = 0;
};

ImportRemark SheetReader::remark(qint64 row, int column, const QString &reason) const
{
    const QString heading = column >= 0 ? m_headings.value(column).section(QLatin1Char('\n'), 0, 0).left(40) : QString();
    if (m_sheet.name.isEmpty()) {
        return {m_file, row, heading, reason};
    }
    const QString cell = column >= 0 ? cellName(column, row) : QString::number(row);
    QString place = m_sheet.name + QLatin1Char('!') + cell;
    if (!heading.isEmpty()) {
        place += QLatin1Char(' ') + heading;
    }
    return {m_file, row, row > 0 ? place : m_sheet.name, reason};
}

void SheetReader::reject(RowDraft &draft, int column, const QString &reason)
{
    draft.broken = true;
    m_out.rejected.append(remark(draft.number, column, reason));
}

std::optional<ColumnKey> SheetReader::keyOf(const QString &heading) const
{
    const auto it = m_map.columns.constFind(normalHeading(heading));
    return it != m_map.columns.cend() ? std::optional(*it) : knownHeading(heading);
}

QList<std::optional<ColumnKey>> SheetReader::keysOf(qsizetype row) const
{
    QList<std::optional<ColumnKey>> keys;
    for (const SheetCell &cell : m_sheet.rows.at(row).cells) {
        keys.append(cell.text.isEmpty() ? std::nullopt : keyOf(cell.text));
    }
    return keys;
}

/** How many different fields are named, when they are enough to ask a question with; else 0. */
int SheetReader::score(const QList<std::optional<ColumnKey>> &keys)
{
    QSet<int> fields;
    int options = 0;
    for (const auto &key : keys) {
        if (key) {
            fields.insert(int(key->field));
            options += key->field == ColumnField::Option;
        }
    }
    const auto has = [&fields](ColumnField field) { return fields.contains(int(field)); };
    const bool asks = has(ColumnField::Stem) || has(ColumnField::Part);
    const bool answers = has(ColumnField::Answer) || has(ColumnField::OptionFlag) || has(ColumnField::PackedOptions)
        || options >= 2;
    return asks && answers ? int(fields.size()) + options : 0;
}

bool SheetReader::findHeader()
{
    int best = 0;
    for (qsizetype i = 0; i < m_sheet.rows.size() && i < maxHeaderSearch; ++i) {
        if (m_map.headerRow > 0) {
            if (m_sheet.rows.at(i).number == m_map.headerRow) {
                m_header = i;
                break;
            }
            continue;
        }
        if (const int found = score(keysOf(i)); found > best) {
            best = found;
            m_header = i;
        }
    }
    return m_header >= 0;
}

/** Headings and their meaning; a second row of headings under a merged 选项 belongs to the first. */
void SheetReader::nameColumns()
{
    const SheetRow &top = m_sheet.rows.at(m_header);
    m_keys = keysOf(m_header);
    for (const SheetCell &cell : top.cells) {
        m_headings.append(cell.text);
    }
    const auto isOption = [](const std::optional<ColumnKey> &key) {
        return key && (key->field == ColumnField::Option || key->field == ColumnField::OptionFlag);
    };
    if (std::ranges::none_of(m_keys, isOption) && m_header + 1 < m_sheet.rows.size()) {
        const auto below = keysOf(m_header + 1);
        // Single letters in a row of content are answers, not headings: two different options are needed.
        QSet<int> named;
        bool clash = false;
        for (qsizetype i = 0; i < below.size(); ++i) {
            const bool free = i >= m_keys.size() || !m_keys.at(i)
                || m_keys.at(i)->field == ColumnField::PackedOptions;
            clash = clash || (!free && !m_sheet.rows.at(m_header + 1).cells.at(i).text.isEmpty());
            if (free && isOption(below.at(i))) {
                named.insert(below.at(i)->index);
            }
        }
        if (named.size() >= 2 && !clash) {
            m_headerRows = 2;
            m_keys.resize(std::max(m_keys.size(), below.size()));
            m_headings.resize(m_keys.size());
            for (qsizetype i = 0; i < below.size(); ++i) {
                if (below.at(i)) {
                    m_keys[i] = below.at(i);
                    m_headings[i] = m_sheet.rows.at(m_header + 1).cells.at(i).text;
                }
            }
        }
    }
    const auto has = [this](ColumnField field) {
        return std::ranges::any_of(m_keys, [field](const auto &key) { return key && key->field == field; });
    };
    // 大题 and 小题 side by side are the scene and what is asked.
    if (!has(ColumnField::Stem)) {
        for (auto &key : m_keys) {
            if (key && key->field == ColumnField::Part) {
                key->field = ColumnField::Stem;
                break;
            }
        }
    }
    QSet<QPair<int, int>> seen;
    for (int column = 0; column < int(m_keys.size()); ++column) {
        auto &key = m_keys[column];
        if (!key) {
            continue;
        }
        const QPair<int, int> identity(int(key->field), key->index);
        if (key->field != ColumnField::Ignore && seen.contains(identity)) {
            note(m_sheet.rows.at(m_header).number, column,
                QStringLiteral("与前面一列意思相同，这一列没有读取；如应读取，请改列名"));
            key.reset();
            m_headings[column] += QStringLiteral("（重复）");
        }
        seen.insert(identity);
    }
    findFlagsBeside();
    for (int column = 0; column < int(m_keys.size()); ++column) {
        if (!m_keys.at(column) && !m_headings.at(column).trimmed().isEmpty()
            && !m_headings.at(column).endsWith(QStringLiteral("（重复）"))) {
            note(m_sheet.rows.at(m_header).number, column,
                QStringLiteral("不认识的列，没有读取；如需读取，请改列名或用映射文件说明"));
        }
    }
}

/** A column without a heading, or named 正确, right of an option and with nothing in it but ticks, flags that option. */
void SheetReader::findFlagsBeside()
{
    static const QRegularExpression heading(QStringLiteral("^(?:是否正确|正确|对错|是否答案|√)?$"));
    static const QRegularExpression tick(QStringLiteral("^[√✓✔☑*★]$"));
    for (int column = 1; column < int(m_keys.size()); ++column) {
        const auto &before = m_keys.at(column - 1);
        if (m_keys.at(column) || !before || before->field != ColumnField::Option
            || !heading.match(normalHeading(m_headings.at(column))).hasMatch()) {
            continue;
        }
        bool ticks = false;
        bool others = false;
        const bool named = !m_headings.at(column).trimmed().isEmpty();
        for (qsizetype i = m_header + m_headerRows; i < m_sheet.rows.size(); ++i) {
            const QString text = m_sheet.rows.at(i).cells.value(column).text.trimmed();
            ticks = ticks || tick.match(text).hasMatch() || (named && truthByWord(text));
            others = others || (!text.isEmpty() && !tick.match(text).hasMatch() && !(named && truthByWord(text)));
        }
        if (ticks && !others) {
            m_keys[column] = ColumnKey {ColumnField::OptionFlag, before->index};
        }
    }
}

void SheetReader::readLegends()
{
    for (qsizetype i = 0; i < m_header; ++i) {
        for (const SheetCell &cell : m_sheet.rows.at(i).cells) {
            readLegend(cell.text.left(maxCellText), m_types);
        }
    }
    for (int column = 0; column < int(m_keys.size()); ++column) {
        if (m_keys.at(column) && m_keys.at(column)->field == ColumnField::Type) {
            readLegend(m_headings.at(column), m_types);
        }
    }
    for (auto it = m_map.types.cbegin(); it != m_map.types.cend(); ++it) {
        m_types.insert(it.key(), it.value());
    }
}

/** Cells merged down a column say the same for every row; across, they are titles and say it once. */
void SheetReader::fillMerged()
{
    QHash<qint64, qsizetype> index;
    for (qsizetype i = 0; i < m_sheet.rows.size(); ++i) {
        index.insert(m_sheet.rows.at(i).number, i);
    }
    qint64 filled = 0;
    for (const MergedCells &merged : m_sheet.merged) {
        const int column = merged.firstColumn - 1;
        const auto &key = m_keys.value(column);
        if (!key || merged.lastRow <= merged.firstRow || !index.contains(merged.firstRow)) {
            continue;
        }
        const ColumnField field = key->field;
        const bool shared = field == ColumnField::Type || field == ColumnField::Scene
            || field == ColumnField::Category || field == ColumnField::Keyword || field == ColumnField::Difficulty
            || field == ColumnField::Articles || field == ColumnField::RiskPoints || field == ColumnField::Source
            || field == ColumnField::Audience || field == ColumnField::Author;
        const QString text = m_sheet.rows.at(index.value(merged.firstRow)).cells.value(column).text;
        for (qint64 row = merged.firstRow + 1; shared && row <= merged.lastRow && filled < maxSheetRows; ++row) {
            m_mergedText[row].insert(column, text);
            ++filled;
        }
    }
}

/** A heading between the rows, a note under them, the headings once more: no question, and said so. */
bool SheetReader::isStray(const SheetRow &row)
{
    QStringList filled;
    int column = -1;
    int hints = 0;
    bool repeated = true;
    const bool mayExplain = row.number - m_sheet.rows.at(m_header).number <= explainedRows + m_headerRows;
    static const QRegularExpression hint(QStringLiteral("必填|选填|非必填|请填写|请输入|填写说明|不超过|多个.*分隔"));
    for (int i = 0; i < int(row.cells.size()); ++i) {
        const QString text = row.cells.at(i).text.trimmed();
        if (text.isEmpty()) {
            continue;
        }
        hints += mayExplain && hint.match(text).hasMatch();
        repeated = repeated && i < int(m_headings.size()) && plainKey(text) == plainKey(m_headings.at(i));
        filled.append(text);
        column = i;
    }
    if (repeated && filled.size() > 1) {
        return true;
    }
    if (hints >= 2) {
        for (const QString &text : std::as_const(filled)) {
            readLegend(text, m_types);
        }
        note(row.number, -1, QStringLiteral("是填写说明，没有当作题目"));
        return true;
    }
    if (filled.size() != 1) {
        return false;
    }
    static const QRegularExpression ordinal(QStringLiteral("^(?:第?[一二三四五六七八九十]+(?:部分|章|节)?[、.．\\s]|【)"));
    const auto &key = m_keys.value(column);
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
        note(row.number, column, QStringLiteral("这一行只有“%1”，没有当作题目").arg(text.left(30)));
    }
    return true;
}

void SheetReader::takeDate(RowDraft &draft, int column, const QString &text, QDate &day)
{
    if (const auto found = dateByText(text)) {
        day = *found;
    } else {
        reject(draft, column, QStringLiteral("“%1”不是日期，请写成 2026-01-31").arg(text.left(20)));
    }
}

void SheetReader::takeField(RowDraft &draft, int column, ColumnKey key, const QString &text)
{
    const auto place = [](QStringList &list, int index, const QString &value) {
        if (list.size() <= index) {
            list.resize(index + 1);
        }
        list[index] = value;
    };
    QuestionVersion &rest = draft.rest;
    switch (key.field) {
    case ColumnField::Ignore:
        draft.serial = text;
        break;
    case ColumnField::Type:
        draft.typeText = text;
        break;
    case ColumnField::Stem:
        draft.item.stem = text;
        break;
    case ColumnField::Option:
        place(draft.item.options, key.index, text);
        break;
    case ColumnField::OptionFlag: {
        static const QRegularExpression tick(QStringLiteral("^[√✓✔☑*★]$"));
        const auto truth = truthByWord(text);
        if (tick.match(text).hasMatch() || (truth && *truth)) {
            draft.item.flagged.append(key.index);
        } else if (!truth) {
            reject(draft, column, QStringLiteral("“%1”看不出是对是错，请填“是”或“否”").arg(text.left(20)));
        }
        break;
    }
    case ColumnField::PackedOptions: {
        const QStringList options = splitOptions(text, 0, m_map.optionSeparator);
        if (options.size() >= 2) {
            draft.item.options = options;
        } else {
            reject(draft, column,
                QStringLiteral("看不出这一格里有几个选项，请写成“A.… B.…”，或每个选项一行"));
        }
        break;
    }
    case ColumnField::Target:
        place(draft.item.targets, key.index, text);
        break;
    case ColumnField::Answer:
        draft.item.answer = text;
        break;
    case ColumnField::Explanation:
        rest.explanation = splitExplanation(text);
        break;
    case ColumnField::Difficulty:
        if (const auto difficulty = difficultyByWord(text)) {
            rest.difficulty = *difficulty;
            draft.stated.append(QStringLiteral("difficulty"));
        } else {
            note(draft.number, column, QStringLiteral("不认识的难度“%1”，按“中”处理").arg(text.left(20)));
        }
        break;
    case ColumnField::Keyword:
        rest.keyword = text;
        break;
    case ColumnField::Category: {
        static const QRegularExpression levels(QStringLiteral("\\s*[/>\\\\＞]+\\s*"));
        draft.category = text.split(levels, Qt::SkipEmptyParts);
        break;
    }
    case ColumnField::Post:
        break; // looked at by readRow(), once the risk points are known
    case ColumnField::RiskPoints:
        rest.riskPoints = splitList(text, m_map.listSeparator);
        break;
    case ColumnField::Articles:
        rest.articles = splitList(text, m_map.listSeparator);
        break;
    case ColumnField::Audience:
        if (const auto known = audienceByWord(text)) {
            rest.audience = *known;
            draft.stated.append(QStringLiteral("audience"));
        } else {
            reject(draft, column, QStringLiteral("不认识的身份“%1”，请填全体、党员、领导或编外").arg(text.left(20)));
        }
        break;
    case ColumnField::Marks:
        note(draft.number, column, QStringLiteral("分值由系统按题型统一规定，这一列没有保存"));
        break;
    case ColumnField::ValidFrom:
        takeDate(draft, column, text, rest.validFrom);
        break;
    case ColumnField::ValidUntil:
        takeDate(draft, column, text, rest.validUntil);
        break;
    case ColumnField::Source:
        rest.source = text;
        break;
    case ColumnField::Author:
        rest.author = text;
        break;
    case ColumnField::Reviewer:
        rest.reviewer = text;
        break;
    case ColumnField::ReviewedOn:
        takeDate(draft, column, text, rest.reviewedOn);
        break;
    case ColumnField::State:
        if (const auto known = stateByWord(text)) {
            rest.state = *known;
            draft.stated.append(QStringLiteral("state"));
        } else {
            note(draft.number, column, QStringLiteral("不认识的状态“%1”，按草稿处理").arg(text.left(20)));
        }
        break;
    case ColumnField::Id:
        rest.id = text;
        break;
    case ColumnField::Version: {
        bool ok = false;
        rest.version = text.toInt(&ok);
        if (!ok || rest.version < 1) {
            reject(draft, column, QStringLiteral("版本应是从 1 起的整数"));
        }
        break;
    }
    case ColumnField::Part:
        draft.part = text;
        break;
    case ColumnField::Scene:
        draft.scene = text;
        break;
    case ColumnField::Pinned:
        draft.pinned = plainKey(text);
        break;
    }
}

bool SheetReader::takeCell(RowDraft &draft, int column, const SheetCell &cell)
{
    const auto &key = m_keys.value(column);
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
        reject(draft, column, QStringLiteral("是公式（%1），请改为固定内容（复制后选择性粘贴为值）").arg(text.left(40)));
        return true;
    }
    if (cell.kind == SheetCell::Kind::Error && !ignored) {
        reject(draft, column, QStringLiteral("是错误值 %1，请改正").arg(text.left(20)));
        return true;
    }
    if (text.isEmpty()) {
        return false;
    }
    if (text.size() > maxCellText) {
        reject(draft, column, QStringLiteral("超过 %1 字，请缩短").arg(maxCellText));
        return true;
    }
    const bool asked = key->field == ColumnField::Stem || key->field == ColumnField::Option
        || key->field == ColumnField::Answer;
    if (asked && cell.kind == SheetCell::Kind::Date) {
        note(draft.number, column,
            QStringLiteral("Excel 把这一格存成了日期，读作“%1”；若原意不是日期，请把该格设为文本后重填").arg(text));
    }
    takeField(draft, column, *key, text);
    return !ignored;
}

bool SheetReader::readRow(const SheetRow &row, RowDraft &draft)
{
    draft.number = row.number;
    draft.section = m_section;
    draft.sectionType = m_sectionType;
    draft.item.blankSeparator = m_map.blankSeparator;
    draft.item.variantSeparator = m_map.variantSeparator;
    bool filled = false;
    const int columns = std::max(int(row.cells.size()), int(m_keys.size()));
    QString post;
    int postColumn = -1;
    for (int column = 0; column < columns; ++column) {
        const auto &key = m_keys.value(column);
        const SheetCell cell = row.cells.value(column);
        if (key && key->field == ColumnField::Post) {
            post = unguarded(cell.text).trimmed();
            postColumn = column;
            filled = filled || !post.isEmpty();
            continue;
        }
        if (!key && column >= int(m_headings.size()) && !cell.text.trimmed().isEmpty()) {
            note(row.number, column, QStringLiteral("这一列没有列名，没有读取"));
        }
        filled = takeCell(draft, column, cell) || filled;
    }
    for (const QString &code : splitList(post, m_map.listSeparator)) {
        const bool known = std::ranges::any_of(draft.rest.riskPoints,
            [&code](const QString &id) { return id.startsWith(code + QLatin1Char('-')); });
        if (!known) {
            note(row.number, postColumn,
                QStringLiteral("岗位由风险点编号决定，没有单独保存；这里的岗位与风险点编号不一致，请核对"));
        }
    }
    return filled;
}

/** What most rows of this code look like. */
std::optional<QuestionType> SheetReader::voteFor(const QList<RowDraft> &drafts, const QString &code) const
{
    std::map<QuestionType, int> votes;
    int asked = 0;
    for (const RowDraft &draft : drafts) {
        if (plainKey(draft.typeText) != code || ++asked > 500) {
            continue;
        }
        if (const auto type = inferType(draft.item)) {
            ++votes[*type];
        }
    }
    // A multiple choice may have one answer by mistake, a single choice hardly ever has two.
    if (votes[QuestionType::Multiple] * 2 >= votes[QuestionType::Single] && votes[QuestionType::Multiple] > 0) {
        votes[QuestionType::Single] = 0;
    }
    std::erase_if(votes, [](const auto &vote) { return vote.second == 0; });
    const auto best = std::ranges::max_element(votes, {}, [](const auto &vote) { return vote.second; });
    return best == votes.end() ? std::nullopt : std::optional(best->first);
}

void SheetReader::resolveTypes(QList<RowDraft> &drafts)
{
    QHash<QString, std::optional<QuestionType>> voted;
    for (RowDraft &draft : drafts) {
        const QString code = plainKey(draft.typeText);
        const int column = int(std::ranges::find_if(m_keys, [](const auto &key) {
            return key && key->field == ColumnField::Type;
        }) - m_keys.begin());
        if (code.isEmpty()) {
            draft.item.type = draft.sectionType ? draft.sectionType : m_sheetType;
            continue;
        }
        if (const auto it = m_types.constFind(code); it != m_types.cend()) {
            draft.item.type = *it;
        } else if (const auto type = typeByWord(code)) {
            draft.item.type = type;
        } else if (isUnmarkableWord(code)) {
            reject(draft, column, QStringLiteral("“%1”不能自动评分，系统没有这种题型").arg(draft.typeText.left(20)));
        } else if (!isAnyChoiceWord(code) && code != QStringLiteral("小题") && code != QStringLiteral("子题")) {
            bool digits = false;
            code.toInt(&digits);
            const auto heading = digits ? std::nullopt : typeInHeading(draft.typeText);
            if (heading) {
                draft.item.type = heading;
                continue;
            }
            if (!voted.contains(code)) {
                voted.insert(code, digits ? voteFor(drafts, code) : std::nullopt);
            }
            draft.item.type = voted.value(code);
            if (draft.item.type) {
                m_guessedTypes.insert(code);
            } else if (!draft.broken) {
                reject(draft, column,
                    QStringLiteral("不认识的题型“%1”，请写单选题、多选题、判断题、填空题等").arg(draft.typeText.left(20)));
            }
        }
    }
    for (const QString &code : std::as_const(m_guessedTypes)) {
        m_types.insert(code, *voted.value(code));
    }
}

/** What was not our own heading or a plain word, as a map file that can be kept. */
void SheetReader::reportGuesses()
{
    ColumnMap guess;
    bool foreign = !m_types.isEmpty() && m_types != m_map.types;
    for (int column = 0; column < int(m_keys.size()); ++column) {
        const auto &key = m_keys.at(column);
        const QString heading = normalHeading(m_headings.at(column));
        if (!key || heading.isEmpty() || (heading == ownHeading(*key) && key->field != ColumnField::PackedOptions)) {
            continue;
        }
        guess.columns.insert(heading, *key);
        foreign = foreign || (key->field != ColumnField::Ignore && m_map.columns.value(heading, {}) != *key);
    }
    if (!foreign) {
        return;
    }
    guess.types = m_types;
    QStringList codes(m_guessedTypes.cbegin(), m_guessedTypes.cend());
    codes.sort();
    QString reason = QStringLiteral("不是本系统的表头，按下列对应关系读取");
    if (!codes.isEmpty()) {
        reason += QStringLiteral("，其中题型编号 %1 是按题目内容推断的，请核对").arg(codes.join(QStringLiteral("、")));
    }
    reason += QStringLiteral("；要固定下来，请把以下内容存为映射文件，导入时用 --map 指定：\n")
        + QString::fromUtf8(writeColumnMap(guess)).trimmed();
    m_out.warnings.append(remark(m_sheet.rows.at(m_header).number, -1, reason));
}

int SheetReader::columnOf(DraftField field) const
{
    QList<ColumnField> wanted;
    switch (field) {
    case DraftField::Type:
        wanted = {ColumnField::Type};
        break;
    case DraftField::Stem:
        wanted = {ColumnField::Stem};
        break;
    case DraftField::Options:
        wanted = {ColumnField::Option, ColumnField::PackedOptions};
        break;
    case DraftField::Targets:
        wanted = {ColumnField::Target};
        break;
    case DraftField::Answer:
        wanted = {ColumnField::Answer, ColumnField::OptionFlag};
        break;
    }
    for (int column = 0; column < int(m_keys.size()); ++column) {
        if (m_keys.at(column) && wanted.contains(m_keys.at(column)->field)) {
            return column;
        }
    }
    return -1;
}

bool SheetReader::settleInto(RowDraft &draft, QuestionItem &item)
{
    if (draft.broken) {
        return false;
    }
    const SettledItem settled = settle(draft.item);
    if (!settled.item) {
        reject(draft, columnOf(settled.field), settled.problem);
        return false;
    }
    for (const QString &text : settled.notes) {
        note(draft.number, columnOf(DraftField::Answer), text);
    }
    item = *settled.item;
    for (const QChar letter : draft.pinned) {
        const QString id = letterId(letter.unicode() - u'A');
        for (Choice &choice : item.choices) {
            choice.pinned = choice.pinned || choice.id == id;
        }
    }
    return true;
}

void SheetReader::append(const RowDraft &draft, const QuestionVersion &question)
{
    static const QRegularExpression defaultName(QStringLiteral("^(?:Sheet|工作表|表格)\\d*$|^题库$"));
    QStringList category;
    if (!m_sheet.name.isEmpty() && !defaultName.match(m_sheet.name).hasMatch()) {
        category.append(m_sheet.name);
    }
    if (!draft.section.isEmpty()) {
        category.append(draft.section);
    }
    ImportedQuestion imported {question, m_file, draft.number, category + draft.category, draft.stated};
    QuestionVersion &version = imported.question;
    const bool approved = version.state == ReviewState::Approved || version.state == ReviewState::Published;
    if (approved && (version.author.isEmpty() || version.reviewer.isEmpty() || version.author == version.reviewer)) {
        version.state = ReviewState::Draft;
        note(draft.number, -1, QStringLiteral("没有命题人和另一位审核人，不能算已审核，按草稿导入"));
    }
    m_out.questions.append(imported);
    ++m_found;
}

void SheetReader::emitQuestion(RowDraft &draft)
{
    QuestionVersion question = draft.rest;
    if (settleInto(draft, question)) {
        append(draft, question);
    }
}

bool SheetReader::isPartOf(const RowDraft &scene, const RowDraft &row) const
{
    if (!row.part.isEmpty()) {
        return true;
    }
    if (!row.scene.isEmpty() || !scene.scene.isEmpty()) {
        return row.scene == scene.scene;
    }
    const bool hasPartColumn
        = std::ranges::any_of(m_keys, [](const auto &key) { return key && key->field == ColumnField::Part; });
    if (hasPartColumn || row.item.stem.isEmpty()) {
        return false;
    }
    static const QRegularExpression subNumber(
        QStringLiteral("^(?:[(（]\\d+[)）]|\\d+[.．\\-－]\\d+|\\d+[)）]|[①-⑳])$"));
    const QString type = plainKey(row.typeText);
    const bool answered = !row.item.answer.isEmpty() || !row.item.flagged.isEmpty();
    return answered
        && (type.isEmpty() || type == QStringLiteral("小题") || type == QStringLiteral("子题")
            || subNumber.match(row.serial.trimmed()).hasMatch());
}

/** A scene and its sub-questions, from row @p first on. @return the row after them */
qsizetype SheetReader::emitCase(QList<RowDraft> &drafts, qsizetype first)
{
    RowDraft &head = drafts[first];
    const bool answered = !head.item.answer.isEmpty() || !head.item.flagged.isEmpty();
    const bool sceneBeside = !head.scene.isEmpty() && !head.item.stem.isEmpty();
    qsizetype next = first + 1;
    QuestionVersion question = head.rest;
    static_cast<QuestionItem &>(question) = QuestionItem {};
    question.type = QuestionType::Case;
    QList<RowDraft *> rows;
    if (sceneBeside) {
        question.stem = head.scene;
        rows.append(&head);
    } else if (answered) {
        // All in one row: the last line, or the last sentence, is what is asked.
        const QString stem = head.item.stem;
        qsizetype cut = stem.lastIndexOf(QLatin1Char('\n'));
        if (cut < 0) {
            cut = stem.lastIndexOf(QChar(u'。'), stem.size() - 2);
        }
        question.stem = cut > 0 ? stem.left(cut + 1).trimmed() : stem;
        head.item.stem = cut > 0 ? stem.mid(cut + 1).trimmed() : QStringLiteral("根据以上情况作答。");
        note(head.number, columnOf(DraftField::Stem), QStringLiteral("案例写在一行里，末句视为问题，其余视为案情，请核对"));
        rows.append(&head);
    } else {
        question.stem = head.item.stem.isEmpty() ? head.scene : head.item.stem;
    }
    if (question.stem.trimmed().isEmpty()) {
        reject(head, columnOf(DraftField::Stem), QStringLiteral("案例没有案情，请补上题干"));
    }
    while (next < drafts.size() && (!answered || sceneBeside) && isPartOf(head, drafts.at(next))) {
        rows.append(&drafts[next++]);
    }
    bool good = !head.broken;
    QSet<QString> ids;
    for (RowDraft *row : std::as_const(rows)) {
        QuestionPart part;
        part.id = row->part.isEmpty() ? QString::number(question.parts.size() + 1) : row->part;
        if (row->item.type == QuestionType::Case) {
            row->item.type.reset();
        }
        if (ids.contains(part.id)) {
            reject(*row, -1, QStringLiteral("小题号 %1 重复，请改正").arg(part.id.left(20)));
        }
        ids.insert(part.id);
        good = settleInto(*row, part) && good;
        question.parts.append(part);
    }
    if (rows.isEmpty()) {
        reject(head, columnOf(DraftField::Stem), QStringLiteral("案例下面没有小题，请在后面逐行写出小题，并填小题号"));
    } else if (good) {
        append(head, question);
    } else if (std::ranges::any_of(rows, [](const RowDraft *row) { return !row->broken; })) {
        m_out.rejected.append(remark(head.number, -1,
            QStringLiteral("这道案例有小题不能用，整道没有导入，请改正所列各行")));
    }
    return next;
}

void SheetReader::emitAll(QList<RowDraft> &drafts)
{
    for (qsizetype i = 0; i < drafts.size();) {
        RowDraft &draft = drafts[i];
        if (draft.item.type == QuestionType::Case || !draft.scene.isEmpty()) {
            i = emitCase(drafts, i);
            continue;
        }
        if (!draft.part.isEmpty()) {
            reject(draft, -1, QStringLiteral("小题前面没有案例，请先写一行案例分析题，或清空小题号"));
        } else {
            emitQuestion(draft);
        }
        ++i;
    }
}

void SheetReader::read()
{
    nameColumns();
    readLegends();
    fillMerged();
    m_sheetType = typeInHeading(m_sheet.name);
    QList<RowDraft> drafts;
    for (qsizetype i = m_header + m_headerRows; i < m_sheet.rows.size(); ++i) {
        const SheetRow &row = m_sheet.rows.at(i);
        if (isStray(row)) {
            continue;
        }
        RowDraft draft;
        if (readRow(row, draft)) {
            drafts.append(std::move(draft));
        }
    }
    resolveTypes(drafts);
    reportGuesses();
    const qsizetype rejected = m_out.rejected.size();
    emitAll(drafts);
    if (drafts.isEmpty() && rejected == m_out.rejected.size()) {
        note(0, -1, QStringLiteral("只有表头，没有题目"));
    }
}

} // namespace

bool isQuestionSheet(const Sheet &sheet, const ColumnMap &map)
{
    ImportedFile unused;
    return SheetReader(QString(), sheet, map, unused).findHeader();
}

void readSheets(const QString &file, const QList<Sheet> &sheets, const ColumnMap &map, ImportedFile &out)
{
    for (const Sheet &sheet : sheets) {
        const bool empty = std::ranges::all_of(sheet.rows, [](const SheetRow &row) {
            return std::ranges::all_of(row.cells, [](const SheetCell &cell) { return cell.text.trimmed().isEmpty(); });
        });
        if (empty) {
            out.warnings.append({file, 0, sheet.name, QStringLiteral("是空表")});
            continue;
        }
        if (sheet.hidden) {
            out.warnings.append({file, 0, sheet.name,
                QStringLiteral("是隐藏的工作表，没有读取；如需导入，请先取消隐藏")});
            continue;
        }
        SheetReader reader(file, sheet, map, out);
        if (!reader.findHeader()) {
            out.warnings.append({file, 0, sheet.name,
                QStringLiteral("找不到表头（至少要有“题干”和“答案”两列），没有读取；列名不同时请用映射文件说明")});
            continue;
        }
        reader.read();
        reader.moveNotes();
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
