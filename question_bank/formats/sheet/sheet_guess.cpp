#include "question_bank/formats/sheet/sheet_guess.h"

#include "question_bank/formats/answer_words.h"
#include "question_bank/formats/item_draft.h"
#include "question_bank/formats/option_text.h"
#include "question_bank/formats/sheet/field_words.h"
#include "question_bank/formats/source_text.h"

#include <algorithm>

#include <QRegularExpression>
#include <QSet>

namespace qingfeng {
namespace {

constexpr qsizetype lookedAt = 500; ///< rows
constexpr qsizetype fewestRows = 2;
constexpr double most = 0.8; ///< of the cells of a column, to call it something
constexpr double enough = 0.6; ///< of the rows, to be sure of a column or of the whole

/** What the cells of one column look like. */
struct ColumnLook
{
    qsizetype filled = 0;
    qsizetype types = 0;
    qsizetype letters = 0;
    qsizetype truths = 0;
    qsizetype numbers = 0;
    qsizetype difficulties = 0;
    qsizetype packed = 0;
    qsizetype characters = 0;
    QSet<QString> different;

    bool is(qsizetype count) const { return filled > 0 && double(count) >= most * double(filled); }
    bool isText() const
    {
        return filled > 0 && !is(types) && !is(letters) && !is(truths) && !is(numbers) && !is(difficulties);
    }
    double average() const { return filled == 0 ? 0.0 : double(characters) / double(filled); }
};

ColumnLook lookAt(const QList<const SheetRow *> &rows, int column)
{
    static const QRegularExpression letters(QStringLiteral("^[A-H](?:[\\s,、;]*[A-H])*$"));
    ColumnLook look;
    for (const SheetRow *row : rows) {
        const QString text = row->cells.value(column).text.trimmed();
        if (text.isEmpty()) {
            continue;
        }
        const QString half = halfWidth(text).toUpper();
        bool number = false;
        half.toDouble(&number);
        ++look.filled;
        look.types += typeByWord(text) || isAnyChoiceWord(text) || isUnmarkableWord(text);
        look.letters += letters.match(half).hasMatch();
        look.truths += !number && truthByWord(text).has_value();
        look.numbers += number;
        look.difficulties += difficultyByWord(text).has_value();
        look.packed += splitMarkedOptions(text, 0).size() >= 2;
        look.characters += text.size();
        look.different.insert(text);
    }
    return look;
}

QString columnName(int column)
{
    QString name = cellName(column, 1);
    name.chop(1);
    return name + QStringLiteral(" 列");
}

class Guessing
{
public:
    explicit Guessing(const Sheet &sheet)
    {
        for (const SheetRow &row : sheet.rows) {
            const auto filled = std::ranges::count_if(
                row.cells, [](const SheetCell &cell) { return !cell.text.trimmed().isEmpty(); });
            if (filled >= 2 && m_rows.size() < lookedAt) {
                m_rows.append(&row);
                m_width = std::max(m_width, int(row.cells.size()));
            }
        }
    }

    GuessedColumns run();

private:
    QString findAnswer();
    QString findStem();
    QString findOptions();
    void findRest();
    bool makesQuestions() const;
    ItemDraft draftOf(const SheetRow &row) const;
    QString said() const;
    bool isFree(int column) const { return !m_keys.at(column) && m_looks.at(column).isText(); }
    int columnOf(ColumnField field) const;
    /** The free text columns side by side from @p column on. */
    QList<int> runFrom(int column) const;

    QList<const SheetRow *> m_rows;
    int m_width = 0;
    QList<ColumnLook> m_looks;
    QList<std::optional<ColumnKey>> m_keys;
    int m_answer = -1;
    int m_stem = -1;
    int m_lettersUsed = 0; ///< options that the answers name at least
};

int Guessing::columnOf(ColumnField field) const
{
    for (int column = 0; column < m_width; ++column) {
        if (m_keys.at(column) && m_keys.at(column)->field == field) {
            return column;
        }
    }
    return -1;
}

QList<int> Guessing::runFrom(int column) const
{
    QList<int> run;
    for (; column < m_width && isFree(column); ++column) {
        run.append(column);
    }
    return run;
}

/** The one column of letters, or of true and false that says now this and now that. */
QString Guessing::findAnswer()
{
    const auto wide
        = [this](int column) { return double(m_looks.at(column).filled) >= enough * double(m_rows.size()); };
    QList<int> candidates;
    for (int column = 0; column < m_width; ++column) {
        // Words for true and false may stand among letters, when the types are mixed.
        const ColumnLook &look = m_looks.at(column);
        if (wide(column) && look.letters > 0 && look.is(look.letters + look.truths)) {
            candidates.append(column);
        }
    }
    for (int column = 0; column < m_width && candidates.isEmpty(); ++column) {
        const ColumnLook &look = m_looks.at(column);
        if (wide(column) && look.is(look.truths) && look.different.size() > 1) {
            candidates.append(column);
        }
    }
    if (candidates.isEmpty()) {
        return QStringLiteral("没有一列像答案（字母或对错）");
    }
    if (candidates.size() > 1) {
        return QStringLiteral("%1和%2都像答案")
            .arg(columnName(candidates.at(0)), columnName(candidates.at(1)));
    }
    m_answer = candidates.first();
    m_keys[m_answer] = ColumnKey{ColumnField::Answer, 0};
    for (const QString &answer : m_looks.at(m_answer).different) {
        for (const QChar c : halfWidth(answer).toUpper()) {
            if (c >= u'A' && c <= u'H' && !truthByWord(answer)) {
                m_lettersUsed = std::max(m_lettersUsed, c.unicode() - u'A' + 1);
            }
        }
    }
    return {};
}

/** The first column of texts that differ from row to row; one before it that repeats is a category. */
QString Guessing::findStem()
{
    for (int column = 0; column < m_width; ++column) {
        const ColumnLook &look = m_looks.at(column);
        if (!isFree(column) || double(look.filled) < most * double(m_rows.size())) {
            continue;
        }
        if (double(look.different.size()) >= most * double(look.filled) && look.average() >= 4) {
            m_stem = column;
            m_keys[column] = ColumnKey{ColumnField::Stem, 0};
            return {};
        }
        if (columnOf(ColumnField::Category) < 0 && column < m_answer) {
            m_keys[column] = ColumnKey{ColumnField::Category, 0};
        }
    }
    return QStringLiteral("没有一列像题干");
}

/** What stands between stem and answer, or else behind both; in one cell or in several. */
QString Guessing::findOptions()
{
    for (int column = m_stem + 1; column < m_width; ++column) {
        if (isFree(column) && m_looks.at(column).packed > 0
            && m_looks.at(column).is(m_looks.at(column).packed)) {
            m_keys[column] = ColumnKey{ColumnField::PackedOptions, 0};
            return {};
        }
    }
    const bool between = m_answer > m_stem + 1;
    // Options that are numbers, dates or 正确 and 错误 are options all the same.
    QList<int> run;
    if (between) {
        for (int column = m_stem + 1; column < m_answer; ++column) {
            if (!m_keys.at(column) && m_looks.at(column).filled > 0) {
                run.append(column);
            }
        }
    } else {
        run = runFrom(std::max(m_answer, m_stem) + 1);
    }
    if (m_lettersUsed == 0) {
        run = between ? run : QList<int>();
    } else if (run.size() < std::max(2, m_lettersUsed)) {
        return QStringLiteral("答案用到第 %1 个选项，却看不出选项在哪几列").arg(std::max(2, m_lettersUsed));
    } else if (!between && run.size() > m_lettersUsed + 1) {
        return QStringLiteral("看不出%1是选项还是解析").arg(columnName(run.last()));
    } else if (!between && run.size() == m_lettersUsed + 1 && run.size() > 2) {
        // One column more than the answers need: an option that is never right, or the explanation.
        const double options = m_looks.at(run.first()).average();
        if (m_looks.at(run.last()).average() < 2 * options + 4) {
            return QStringLiteral("看不出%1是选项还是解析").arg(columnName(run.last()));
        }
        run.removeLast();
    }
    if (run.size() > maxOptions) {
        return QStringLiteral("列太多");
    }
    for (int i = 0; i < int(run.size()); ++i) {
        m_keys[run.at(i)] = ColumnKey{ColumnField::Option, i};
    }
    return {};
}

void Guessing::findRest()
{
    for (int column = 0; column < m_width; ++column) {
        const ColumnLook &look = m_looks.at(column);
        if (m_keys.at(column) || look.filled == 0) {
            continue;
        }
        if (look.is(look.numbers) && column < m_stem && look.different.size() == look.filled) {
            m_keys[column] = ColumnKey{ColumnField::Ignore, 0};
        } else if (look.is(look.difficulties) && !look.is(look.numbers)
            && columnOf(ColumnField::Difficulty) < 0) {
            m_keys[column] = ColumnKey{ColumnField::Difficulty, 0};
        } else if (column > m_answer && column > m_stem && look.isText() && look.average() >= 4
            && columnOf(ColumnField::Explanation) < 0) {
            m_keys[column] = ColumnKey{ColumnField::Explanation, 0};
        }
    }
}

ItemDraft Guessing::draftOf(const SheetRow &row) const
{
    ItemDraft draft;
    for (int column = 0; column < std::min(m_width, int(row.cells.size())); ++column) {
        const auto &key = m_keys.at(column);
        const QString text = row.cells.at(column).text.trimmed();
        if (!key || text.isEmpty()) {
            continue;
        }
        if (key->field == ColumnField::Type) {
            draft.type = typeByWord(text);
        } else if (key->field == ColumnField::Stem) {
            draft.stem = text;
        } else if (key->field == ColumnField::Answer) {
            draft.answer = text;
        } else if (key->field == ColumnField::PackedOptions) {
            draft.options = splitOptions(text);
        } else if (key->field == ColumnField::Option) {
            draft.options.resize(std::max(draft.options.size(), qsizetype(key->index + 1)));
            draft.options[key->index] = text;
        }
    }
    return draft;
}

bool Guessing::makesQuestions() const
{
    const auto good = std::ranges::count_if(
        m_rows, [this](const SheetRow *row) { return settle(draftOf(*row)).item.has_value(); });
    return good >= fewestRows && double(good) >= enough * double(m_rows.size());
}

QString Guessing::said() const
{
    QStringList parts;
    for (int column = 0; column < m_width; ++column) {
        if (!m_keys.at(column)) {
            continue;
        }
        int last = column;
        while (m_keys.at(column)->field == ColumnField::Option && last + 1 < m_width && m_keys.at(last + 1)
            && m_keys.at(last + 1)->field == ColumnField::Option) {
            ++last;
        }
        const QString first = ownHeading(*m_keys.at(column));
        if (last > column) {
            parts.append(QStringLiteral("%1至 %2是%3至%4")
                             .arg(columnName(column), columnName(last), first, ownHeading(*m_keys.at(last))));
        } else {
            parts.append(columnName(column) + QStringLiteral("是") + first);
        }
        column = last;
    }
    return parts.join(QStringLiteral("，"));
}

GuessedColumns Guessing::run()
{
    if (m_rows.size() < fewestRows) {
        return {std::nullopt, QStringLiteral("行数太少")};
    }
    m_width = std::min(m_width, maxSheetColumns);
    m_keys.resize(m_width);
    for (int column = 0; column < m_width; ++column) {
        m_looks.append(lookAt(m_rows, column));
        if (m_looks.last().is(m_looks.last().types) && columnOf(ColumnField::Type) < 0) {
            m_keys[column] = ColumnKey{ColumnField::Type, 0};
        }
    }
    for (const auto step : {&Guessing::findAnswer, &Guessing::findStem, &Guessing::findOptions}) {
        if (const QString reason = (this->*step)(); !reason.isEmpty()) {
            return {std::nullopt, reason};
        }
    }
    findRest();
    if (!makesQuestions()) {
        return {std::nullopt, QStringLiteral("按内容认出的列（%1）拼不成题目").arg(said())};
    }
    SheetColumns columns;
    columns.keys = m_keys;
    for (const auto &key : std::as_const(m_keys)) {
        columns.headings.append(key ? ownHeading(*key) : QString());
    }
    return {columns, said()};
}

} // namespace

GuessedColumns guessColumns(const Sheet &sheet)
{
    return Guessing(sheet).run();
}

} // namespace qingfeng
