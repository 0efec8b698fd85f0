#include "question_bank/formats/sheet/sheet_layout.h"

#include "question_bank/formats/answer_words.h"
#include "question_bank/formats/option_text.h"
#include "question_bank/formats/source_text.h"

#include <algorithm>

namespace qingfeng {
namespace {

constexpr qsizetype lookedAtForLabels = 50; ///< rows

QString textOf(const SheetRow &row, int column)
{
    return column < 0 ? QString() : row.cells.value(column).text.trimmed();
}

/** A label and the column of its text. */
struct Labelled
{
    ColumnKey key;
    int column = 0;
};

/** The labels of a row: each with its text in the next cell that has any. Empty when the row begins with no
 * label. */
QList<Labelled> labelsOf(const SheetRow &row)
{
    QList<Labelled> labels;
    std::optional<ColumnKey> open;
    for (int column = 0; column < int(row.cells.size()); ++column) {
        const QString text = textOf(row, column);
        if (text.isEmpty()) {
            continue;
        }
        if (open && open->field == ColumnField::PackedOptions && text.size() == 1 && knownHeading(text)) {
            open = knownHeading(text); // 选项 | A | 甲
            continue;
        }
        if (open) {
            labels.append({*open, column});
            open.reset();
            continue;
        }
        open = knownHeading(text);
        bool number = false;
        text.toInt(&number);
        if (!open && !(number && labels.isEmpty())) {
            return labels; // a number may stand before the first label
        }
    }
    if (open) {
        labels.append({*open, int(row.cells.size())}); // a label without a text
    }
    return labels;
}

/** Three cells and more, all of them labels: a row of headings. */
bool isHeadings(const SheetRow &row)
{
    int filled = 0;
    for (const SheetCell &cell : row.cells) {
        const QString text = cell.text.trimmed();
        if (!text.isEmpty() && !knownHeading(text)) {
            return false;
        }
        filled += !text.isEmpty();
    }
    return filled >= 3;
}

/** Rows, the greater part of which are labels, among them what asks and what answers. */
bool isLabelled(const Sheet &sheet)
{
    qsizetype filled = 0;
    qsizetype labelled = 0;
    bool asks = false;
    bool answers = false;
    for (const SheetRow &row : sheet.rows) {
        if (filled >= lookedAtForLabels) {
            break;
        }
        filled += std::ranges::any_of(
            row.cells, [](const SheetCell &cell) { return !cell.text.trimmed().isEmpty(); });
        if (isHeadings(row)) {
            return false;
        }
        const QList<Labelled> labels = labelsOf(row);
        labelled += !labels.isEmpty() && labels.first().column < int(row.cells.size());
        for (const Labelled &label : labels) {
            const bool said = label.column < int(row.cells.size());
            asks = asks || (said && label.key.field == ColumnField::Stem);
            answers = answers || (said && label.key.field == ColumnField::Answer);
        }
    }
    // One row of labels is a row of headings.
    return asks && answers && labelled >= 2 && labelled * 10 >= filled * 6;
}

/** Puts cells where the columns of the new sheet are, making them as they are met. */
class LabelledRows
{
public:
    explicit LabelledRows(const Sheet &sheet)
        : m_sheet(sheet)
    {
        for (const SheetPicture &picture : sheet.pictures) {
            m_pictures[picture.row].append(picture);
        }
    }

    Sheet run();

private:
    void take(const SheetRow &row, const Labelled &label);
    void takeUnlabelled(const SheetRow &row);
    void takePictures(const SheetRow &row, const QList<Labelled> &labels);
    SheetCell &cell(int column);
    int columnOf(const ColumnKey &key);

    const Sheet &m_sheet;
    QHash<qint64, QList<SheetPicture>> m_pictures; ///< by row
    Sheet m_out;
    QList<ColumnKey> m_keys{
        ColumnKey{ColumnField::Ignore, 0}}; ///< the first column takes what is no question
    QList<ColumnKey> m_seen; ///< labels of the question being gathered
    int m_last = -1; ///< column filled last in this question; −1 = no question is being gathered
};

int LabelledRows::columnOf(const ColumnKey &key)
{
    if (!m_keys.contains(key)) {
        m_keys.append(key);
    }
    return int(m_keys.indexOf(key));
}

SheetCell &LabelledRows::cell(int column)
{
    QList<SheetCell> &cells = m_out.rows.last().cells;
    cells.resize(std::max<qsizetype>(cells.size(), column + 1));
    return cells[column];
}

void LabelledRows::take(const SheetRow &row, const Labelled &label)
{
    const int column = columnOf(label.key);
    // The label that began the first question begins every one, and none has a label twice.
    if (m_last < 0 || column == 1 || m_seen.contains(label.key)) {
        m_out.rows.append(SheetRow{row.number, {}});
        m_seen.clear();
    }
    m_seen.append(label.key);
    m_last = column;
    cell(column) = row.cells.value(label.column);
}

/** A row without a label goes on with the text above when its first cell is empty; else it is a heading, or
 * stray. */
void LabelledRows::takeUnlabelled(const SheetRow &row)
{
    QStringList texts;
    for (const SheetCell &cell : row.cells) {
        if (!cell.text.trimmed().isEmpty()) {
            texts.append(cell.text.trimmed());
        }
    }
    if (texts.isEmpty()) {
        return;
    }
    if (m_last >= 0 && textOf(row, 0).isEmpty()) {
        SheetCell &open = cell(m_last);
        open.text += QLatin1Char('\n') + texts.join(QLatin1Char(' '));
        return;
    }
    m_out.rows.append(SheetRow{row.number, {{texts.join(QLatin1Char(' ')), SheetCell::Kind::Text}}});
    m_last = -1;
}

/** A picture belongs to the label that stands left of it, or else to the text above. */
void LabelledRows::takePictures(const SheetRow &row, const QList<Labelled> &labels)
{
    for (SheetPicture picture : m_pictures.take(row.number)) {
        int column = m_last;
        for (const Labelled &label : labels) {
            column = label.column <= picture.column ? columnOf(label.key) : column;
        }
        if (m_last >= 0) {
            picture.row = m_out.rows.last().number;
            picture.column = column;
        }
        m_out.pictures.append(picture);
    }
}

Sheet LabelledRows::run()
{
    m_out.name = m_sheet.name;
    m_out.rearranged = true;
    for (const SheetRow &row : m_sheet.rows) {
        const QList<Labelled> labels = labelsOf(row);
        for (const Labelled &label : labels) {
            take(row, label);
        }
        if (labels.isEmpty()) {
            takeUnlabelled(row);
        }
        takePictures(row, labels);
    }
    for (const QList<SheetPicture> &rest : std::as_const(m_pictures)) {
        m_out.pictures += rest;
    }
    SheetRow headings{0, {}};
    for (const ColumnKey &key : std::as_const(m_keys)) {
        headings.cells.append({ownHeading(key), SheetCell::Kind::Text});
    }
    m_out.rows.prepend(headings);
    return m_out;
}

/** Joins the rows of each question. */
class OptionRows
{
public:
    OptionRows(const Sheet &sheet, SheetColumns &columns)
        : m_sheet(sheet)
        , m_columns(columns)
        , m_stem(columns.columnOf({ColumnField::Stem}))
        , m_option(columns.columnOf({ColumnField::PackedOptions}))
        , m_flag(columns.columnOf({ColumnField::RowFlag}))
        , m_answer(columns.columnOf({ColumnField::Answer}))
        , m_explanation(columns.columnOf({ColumnField::Explanation}))
        , m_width(int(columns.keys.size()))
        , m_repeats(m_flag >= 0 || columns.has(ColumnField::OptionLetter))
    {
    }

    std::optional<Sheet> run();

private:
    bool continues(qsizetype row) const;
    bool isLaidOutSo() const;
    void join(qsizetype first, qsizetype end);
    void flag(SheetRow &question, const QList<const SheetRow *> &options) const;
    void takePictures(qsizetype first, qsizetype end, const QList<const SheetRow *> &options);

    const Sheet &m_sheet;
    SheetColumns &m_columns;
    const int m_stem;
    const int m_option;
    const int m_flag;
    const int m_answer;
    const int m_explanation;
    const int m_width; ///< options are put behind the columns that there are
    const bool m_repeats; ///< the same stem once more is another option, not another question
    Sheet m_out;
    QHash<qint64, QList<SheetPicture>> m_pictures; ///< by row
    qsizetype m_most = 0; ///< options of one question
};

/** An option without a question of its own: no stem, or the one above once more beside a letter or flag of its own. */
bool OptionRows::continues(qsizetype row) const
{
    const SheetRow &here = m_sheet.rows.at(row);
    if (row <= m_columns.firstRow || textOf(here, m_option).isEmpty()) {
        return false;
    }
    const QString stem = textOf(here, m_stem);
    return stem.isEmpty() || (m_repeats && stem == textOf(m_sheet.rows.at(row - 1), m_stem));
}

bool OptionRows::isLaidOutSo() const
{
    if (m_stem < 0 || m_option < 0 || m_columns.has(ColumnField::Option)) {
        return false;
    }
    bool any = false;
    for (qsizetype row = m_columns.firstRow; row < m_sheet.rows.size(); ++row) {
        if (!continues(row)) {
            continue;
        }
        any = true;
        // All options of a question in one cell is another layout.
        if (splitMarkedOptions(textOf(m_sheet.rows.at(row - 1), m_option), 0).size() >= 2) {
            return false;
        }
    }
    return any;
}

/** Which options are right: by the flag beside each, or by ticks and words in the column of the answer. */
void OptionRows::flag(SheetRow &question, const QList<const SheetRow *> &options) const
{
    int flags = m_flag;
    if (flags < 0 && m_answer >= 0) {
        qsizetype said = 0;
        bool words = true;
        bool tick = false;
        for (const SheetRow *row : options) {
            const QString text = textOf(*row, m_answer);
            said += !text.isEmpty();
            words = words && (text.isEmpty() || isTick(text) || truthByWord(text));
            tick = tick || isTick(text);
        }
        flags = words && (said > 1 || (said == 1 && tick)) ? m_answer : -1;
    }
    if (flags < 0) {
        return;
    }
    if (flags == m_answer && m_answer < question.cells.size()) {
        question.cells[m_answer] = {};
    }
    for (qsizetype i = 0; i < options.size(); ++i) {
        question.cells[m_width + 2 * int(i) + 1] = options.at(i)->cells.value(flags);
    }
}

/** A picture beside an option is that option's, any other the stem's. */
void OptionRows::takePictures(qsizetype first, qsizetype end, const QList<const SheetRow *> &options)
{
    const qint64 number = m_sheet.rows.at(first).number;
    for (qsizetype row = first; row < end; ++row) {
        const SheetRow &here = m_sheet.rows.at(row);
        const qsizetype option = options.indexOf(&here);
        for (SheetPicture picture : m_pictures.take(here.number)) {
            const bool beside
                = option >= 0 && (picture.column == m_option || (row > first && picture.column != m_stem));
            picture.row = number;
            picture.column = beside ? m_width + 2 * int(option) : picture.column;
            m_out.pictures.append(picture);
        }
    }
}

void OptionRows::join(qsizetype first, qsizetype end)
{
    SheetRow question = m_sheet.rows.at(first);
    QList<const SheetRow *> options;
    for (qsizetype row = first; row < end; ++row) {
        const SheetRow &here = m_sheet.rows.at(row);
        if (!textOf(here, m_option).isEmpty()) {
            options.append(&here);
        }
        // What is said beside a later option is said of the question; of explanations each may have its own.
        for (int column = 0; column < int(here.cells.size()); ++column) {
            if (question.cells.size() <= column) {
                question.cells.resize(column + 1);
            }
            const QString more = textOf(here, column);
            if (textOf(question, column).isEmpty()) {
                question.cells[column] = here.cells.at(column);
            } else if (column == m_explanation && !more.isEmpty() && options.size() <= maxOptions
                && !question.cells.at(column).text.contains(more)) {
                question.cells[column].text += QLatin1Char('\n') + more;
            }
        }
    }
    options = options.mid(0, maxOptions + 1); // one too many is refused as such
    question.cells.resize(std::max(question.cells.size(), m_width + 2 * options.size()));
    for (qsizetype i = 0; i < options.size(); ++i) {
        question.cells[m_width + 2 * int(i)] = options.at(i)->cells.value(m_option);
    }
    flag(question, options);
    takePictures(first, end, options);
    m_most = std::max(m_most, options.size());
    m_out.rows.append(question);
}

std::optional<Sheet> OptionRows::run()
{
    if (!isLaidOutSo()) {
        return std::nullopt;
    }
    m_out.name = m_sheet.name;
    m_out.merged = m_sheet.merged;
    m_out.rearranged = true;
    m_out.rows = m_sheet.rows.mid(0, m_columns.firstRow);
    for (const SheetPicture &picture : m_sheet.pictures) {
        m_pictures[picture.row].append(picture);
    }
    for (qsizetype first = m_columns.firstRow; first < m_sheet.rows.size();) {
        qsizetype end = first + 1;
        while (end < m_sheet.rows.size() && continues(end)) {
            ++end;
        }
        if (!textOf(m_sheet.rows.at(first), m_option).isEmpty() || end > first + 1) {
            join(first, end);
        } else {
            m_out.rows.append(m_sheet.rows.at(first));
            m_out.pictures += m_pictures.take(m_sheet.rows.at(first).number);
        }
        first = end;
    }
    for (const QList<SheetPicture> &rest : std::as_const(m_pictures)) {
        m_out.pictures += rest;
    }
    for (const int column : {m_option, m_flag, m_columns.columnOf({ColumnField::OptionLetter})}) {
        if (column >= 0) {
            m_columns.keys[column].reset();
        }
    }
    for (int i = 0; i < int(m_most); ++i) {
        for (const ColumnField field : {ColumnField::Option, ColumnField::OptionFlag}) {
            m_columns.keys.append(ColumnKey{field, i});
            m_columns.headings.append(ownHeading({field, i}));
        }
    }
    return m_out;
}

} // namespace

std::optional<Sheet> labelledSheet(const Sheet &sheet)
{
    return isLabelled(sheet) ? std::optional(LabelledRows(sheet).run()) : std::nullopt;
}

std::optional<Sheet> foldedSheet(const Sheet &sheet, SheetColumns &columns)
{
    return OptionRows(sheet, columns).run();
}

} // namespace qingfeng
