#include "question_bank/formats/sheet/sheet_columns.h"

#include "question_bank/formats/answer_words.h"
#include "question_bank/formats/option_text.h"
#include "question_bank/formats/sheet/field_words.h"

#include <algorithm>

#include <QRegularExpression>
#include <QSet>

namespace qingfeng {
namespace {

constexpr qsizetype maxHeaderSearch = 50; ///< rows

using ColumnKeys = QList<std::optional<ColumnKey>>;

ColumnKeys keysOf(const SheetRow &row, const ColumnMap &map)
{
    ColumnKeys keys;
    for (const SheetCell &cell : row.cells) {
        const auto it = map.columns.constFind(normalHeading(cell.text));
        keys.append(cell.text.isEmpty()    ? std::nullopt
                : it != map.columns.cend() ? std::optional(*it)
                                           : knownHeading(cell.text));
    }
    return keys;
}

/** How many different fields are named, when they are enough to ask a question with; else 0. */
int score(const ColumnKeys &keys)
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
    const bool asks = has(ColumnField::Stem) || has(ColumnField::Part) || has(ColumnField::Title)
        || has(ColumnField::PartStem);
    const bool answers = has(ColumnField::Answer) || has(ColumnField::OptionFlag)
        || has(ColumnField::PackedOptions) || has(ColumnField::RowFlag) || options >= 2;
    return asks && answers ? int(fields.size()) + options : 0;
}

/** A second row of headings: its options, when the first row has none and it names nothing that the first
 * does. */
bool takeSecondHeadings(const Sheet &sheet, qsizetype header, const ColumnMap &map, SheetColumns &columns)
{
    const auto isOption = [](const std::optional<ColumnKey> &key) {
        return key && (key->field == ColumnField::Option || key->field == ColumnField::OptionFlag);
    };
    if (std::ranges::any_of(columns.keys, isOption) || header + 1 >= sheet.rows.size()) {
        return false;
    }
    const SheetRow &second = sheet.rows.at(header + 1);
    const ColumnKeys below = keysOf(second, map);
    // Single letters in a row of content are answers, not headings: two different options are needed.
    QSet<int> named;
    for (qsizetype i = 0; i < below.size(); ++i) {
        const auto above = columns.key(int(i));
        const bool free = !above || above->field == ColumnField::PackedOptions;
        if (!free && !second.cells.at(i).text.isEmpty()) {
            return false;
        }
        if (free && isOption(below.at(i))) {
            named.insert(below.at(i)->index);
        }
    }
    if (named.size() < 2) {
        return false;
    }
    columns.keys.resize(std::max(columns.keys.size(), below.size()));
    columns.headings.resize(columns.keys.size());
    for (qsizetype i = 0; i < below.size(); ++i) {
        if (below.at(i)) {
            columns.keys[i] = below.at(i);
            columns.headings[i] = second.cells.at(i).text;
        }
    }
    return true;
}

/** A column without a heading, or named 正确, right of an option and with nothing in it but ticks, flags that
 * option. */
void findFlagsBeside(const Sheet &sheet, SheetColumns &columns)
{
    static const QRegularExpression heading(QStringLiteral("^(?:√)?$"));
    for (int column = 1; column < int(columns.keys.size()); ++column) {
        const auto &before = columns.keys.at(column - 1);
        const auto &key = columns.keys.at(column);
        const bool maybe = key ? key->field == ColumnField::RowFlag
                               : heading.match(normalHeading(columns.headings.at(column))).hasMatch();
        if (!maybe || !before || before->field != ColumnField::Option) {
            continue;
        }
        bool ticks = false;
        bool others = false;
        const bool named = !columns.headings.at(column).trimmed().isEmpty();
        for (qsizetype i = columns.firstRow; i < sheet.rows.size(); ++i) {
            const QString text = sheet.rows.at(i).cells.value(column).text.trimmed();
            const bool ticked = isTick(text) || (named && truthByWord(text));
            ticks = ticks || ticked;
            others = others || (!text.isEmpty() && !ticked);
        }
        if (ticks && !others) {
            columns.keys[column] = ColumnKey{ColumnField::OptionFlag, before->index};
        }
    }
}

/** 选项0, 选项1 …: every number counts from 0. */
void countFromZero(SheetColumns &columns)
{
    static const QRegularExpression numbered(QStringLiteral("^(?:选项|OPTION)[_-]?(\\d{1,2})$"));
    QList<QPair<int, int>> found; // column, number
    bool zero = false;
    for (int column = 0; column < int(columns.headings.size()); ++column) {
        const auto match = numbered.match(normalHeading(columns.headings.at(column)));
        if (match.hasMatch()) {
            found.append({column, match.captured(1).toInt()});
            zero = zero || found.last().second == 0;
        }
    }
    for (const auto &[column, number] : std::as_const(found)) {
        if (zero && number < maxOptions) {
            columns.keys[column] = ColumnKey{ColumnField::Option, number};
        }
    }
}

/** Fields that mean one thing alone and another beside others. */
void settleMeanings(const Sheet &sheet, SheetColumns &columns)
{
    const auto rename = [&columns](ColumnField from, ColumnField to) {
        if (const int column = columns.columnOf({from}); column >= 0) {
            columns.keys[column] = ColumnKey{to, 0};
        }
    };
    if (!columns.has(ColumnField::Stem)) {
        rename(ColumnField::Title, ColumnField::Stem);
    }
    // 大题 and 小题 side by side are the scene and what is asked.
    if (columns.has(ColumnField::PartStem)) {
        if (!columns.has(ColumnField::Scene)) {
            rename(ColumnField::Stem, ColumnField::Scene);
        }
        rename(ColumnField::PartStem, ColumnField::Stem);
        columns.sceneOrStem = true;
    } else if (!columns.has(ColumnField::Stem)) {
        rename(ColumnField::Part, ColumnField::Stem);
    }
    // 选项 with single letters beside 选项内容.
    const int letters = columns.columnOf({ColumnField::PackedOptions});
    const auto isPacked = [](const auto &key) { return key && key->field == ColumnField::PackedOptions; };
    if (std::ranges::count_if(columns.keys, isPacked) == 2) {
        const bool single = std::all_of(sheet.rows.cbegin() + columns.firstRow, sheet.rows.cend(),
            [letters](const SheetRow &row) { return row.cells.value(letters).text.trimmed().size() <= 1; });
        columns.keys[letters]->field = single ? ColumnField::OptionLetter : ColumnField::PackedOptions;
    }
    // 是否正确 of a statement is its answer; beside one option a row it is read there.
    if (!columns.has(ColumnField::Answer) && !columns.has(ColumnField::PackedOptions)
        && !columns.has(ColumnField::Option)) {
        rename(ColumnField::RowFlag, ColumnField::Answer);
    }
}

/** What titles above the headings, and the heading of the types, say about codes. */
void readLegends(const Sheet &sheet, qsizetype header, const ColumnMap &map, SheetColumns &columns)
{
    for (qsizetype i = 0; i < header; ++i) {
        for (const SheetCell &cell : sheet.rows.at(i).cells) {
            readLegend(cell.text.left(maxCellText), columns.types);
        }
    }
    if (const int column = columns.columnOf({ColumnField::Type}); column >= 0) {
        readLegend(columns.headings.at(column), columns.types);
    }
    for (auto it = map.types.cbegin(); it != map.types.cend(); ++it) {
        columns.types.insert(it.key(), it.value());
    }
}

} // namespace

int SheetColumns::columnOf(const QList<ColumnField> &fields) const
{
    const auto it = std::ranges::find_if(
        keys, [&fields](const std::optional<ColumnKey> &key) { return key && fields.contains(key->field); });
    return it == keys.cend() ? -1 : int(it - keys.cbegin());
}

std::optional<qsizetype> findHeader(const Sheet &sheet, const ColumnMap &map)
{
    std::optional<qsizetype> found;
    int best = 0;
    for (qsizetype i = 0; i < sheet.rows.size() && i < maxHeaderSearch; ++i) {
        if (map.headerRow > 0) {
            if (sheet.rows.at(i).number == map.headerRow) {
                return i;
            }
        } else if (const int named = score(keysOf(sheet.rows.at(i), map)); named > best) {
            best = named;
            found = i;
        }
    }
    return found;
}

SheetColumns nameColumns(const Sheet &sheet, qsizetype header, const ColumnMap &map, SheetRemarks &remarks)
{
    const SheetRow &top = sheet.rows.at(header);
    SheetColumns columns;
    columns.headerRow = top.number;
    columns.keys = keysOf(top, map);
    for (const SheetCell &cell : top.cells) {
        columns.headings.append(cell.text);
    }
    columns.firstRow = header + (takeSecondHeadings(sheet, header, map, columns) ? 2 : 1);
    countFromZero(columns);
    findFlagsBeside(sheet, columns);
    settleMeanings(sheet, columns);
    const QString repeated = QStringLiteral("（重复）");
    QSet<QPair<int, int>> seen;
    for (int column = 0; column < int(columns.keys.size()); ++column) {
        auto &key = columns.keys[column];
        if (!key) {
            continue;
        }
        const QPair<int, int> identity(int(key->field), key->index);
        if (key->field != ColumnField::Ignore && seen.contains(identity)) {
            remarks.setHeadings(columns.headings);
            remarks.note(columns.headerRow, column,
                QStringLiteral("与前面一列意思相同，这一列没有读取；如应读取，请改列名"));
            key.reset();
            columns.headings[column] += repeated;
        }
        seen.insert(identity);
    }
    readLegends(sheet, header, map, columns);
    remarks.setHeadings(columns.headings);
    for (int column = 0; column < int(columns.keys.size()); ++column) {
        const QString &heading = columns.headings.at(column);
        if (!columns.keys.at(column) && !heading.trimmed().isEmpty() && !heading.endsWith(repeated)) {
            remarks.note(columns.headerRow, column,
                QStringLiteral("不认识的列，没有读取；如需读取，请改列名或用映射文件说明"));
        }
    }
    return columns;
}

} // namespace qingfeng
