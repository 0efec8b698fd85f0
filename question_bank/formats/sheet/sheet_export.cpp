#include "question_bank/formats/sheet/sheet.h"

#include "question_bank/formats/answer_words.h"
#include "question_bank/formats/option_text.h"
#include "question_bank/formats/question_text.h"
#include "question_bank/formats/sheet/field_words.h"

#include <algorithm>

#include <QHash>

namespace qingfeng {
namespace {

QString letters(const QuestionItem &item, const QStringList &ids)
{
    QString text;
    for (const QString &id : ids) {
        const auto it = std::ranges::find(item.choices, id, &Choice::id);
        if (it != item.choices.end()) {
            text += QChar(char16_t(u'A' + (it - item.choices.begin())));
        }
    }
    return text;
}

QString answerCell(const QuestionItem &item)
{
    QStringList parts;
    switch (item.type) {
    case QuestionType::TrueFalse:
        return item.answer.contains(QStringLiteral("true")) ? QStringLiteral("正确") : QStringLiteral("错误");
    case QuestionType::FillIn:
        for (const Blank &blank : item.blanks) {
            parts.append(blank.accepted.join(QLatin1Char('|')));
        }
        return parts.join(QLatin1Char(';'));
    case QuestionType::Match:
        for (const Choice &choice : item.choices) {
            const auto target = std::ranges::find(item.targets, item.pairs.value(choice.id), &Choice::id);
            parts.append(letters(item, {choice.id}) + QLatin1Char('-')
                + QString::number(target - item.targets.begin() + 1));
        }
        return parts.join(QLatin1Char(';'));
    case QuestionType::Case:
        return {};
    default:
        return letters(item, item.answer);
    }
}

/** One row; @p head is null for a sub-question, which has no fields of its own beside the item. */
class RowWriter
{
public:
    explicit RowWriter(const QList<ColumnKey> &columns)
        : m_columns(columns)
    {
    }

    QStringList write(const QuestionItem &item, const QuestionVersion *head, const QString &part, int serial) const
    {
        QStringList row;
        for (const ColumnKey &key : m_columns) {
            row.append(itemCell(item, part, key));
            if (head && row.last().isEmpty()) {
                row.last() = headCell(*head, key, serial);
            }
        }
        return row;
    }

private:
    static QString itemCell(const QuestionItem &item, const QString &part, ColumnKey key)
    {
        switch (key.field) {
        case ColumnField::Type:
            return typeWord(item.type);
        case ColumnField::Stem:
            return item.stem;
        case ColumnField::Option:
            return item.type == QuestionType::TrueFalse ? QString() : item.choices.value(key.index).text;
        case ColumnField::Target:
            return item.targets.value(key.index).text;
        case ColumnField::Answer:
            return answerCell(item);
        case ColumnField::Part:
            return part;
        case ColumnField::Pinned: {
            QStringList pinned;
            for (const Choice &choice : item.choices) {
                if (choice.pinned && item.type != QuestionType::TrueFalse) {
                    pinned.append(choice.id);
                }
            }
            return letters(item, pinned);
        }
        default:
            return {};
        }
    }

    static QString headCell(const QuestionVersion &question, ColumnKey key, int serial)
    {
        switch (key.field) {
        case ColumnField::Ignore:
            return QString::number(serial);
        case ColumnField::Explanation:
            return joinExplanation(question.explanation);
        case ColumnField::Difficulty:
            return difficultyWord(question.difficulty);
        case ColumnField::Keyword:
            return question.keyword;
        case ColumnField::Post: {
            QStringList posts;
            for (const QString &id : question.riskPoints) {
                posts.append(id.section(QLatin1Char('-'), 0, 0));
            }
            posts.removeDuplicates();
            return posts.join(QLatin1Char(';'));
        }
        case ColumnField::RiskPoints:
            return question.riskPoints.join(QLatin1Char(';'));
        case ColumnField::Articles:
            return question.articles.join(QLatin1Char(';'));
        case ColumnField::Audience:
            return audienceWord(question.audience);
        case ColumnField::ValidFrom:
            return question.validFrom.toString(Qt::ISODate);
        case ColumnField::ValidUntil:
            return question.validUntil.toString(Qt::ISODate);
        case ColumnField::Source:
            return question.source;
        case ColumnField::Author:
            return question.author;
        case ColumnField::Reviewer:
            return question.reviewer;
        case ColumnField::ReviewedOn:
            return question.reviewedOn.toString(Qt::ISODate);
        case ColumnField::State:
            return stateWord(question.state);
        case ColumnField::Id:
            return question.id;
        case ColumnField::Version:
            return QString::number(question.version);
        default:
            return {};
        }
    }

    const QList<ColumnKey> &m_columns;
};

/** The 22 columns that every table has, then those that this bank needs. */
QList<ColumnKey> columnsFor(const QList<QuestionVersion> &questions)
{
    int options = 6;
    int targets = 0;
    bool parts = false;
    bool pinned = false;
    const auto look = [&](const QuestionItem &item) {
        options = std::max(options, std::min(int(item.choices.size()), int(maxOptions)));
        targets = std::max(targets, std::min(int(item.targets.size()), int(maxOptions)));
        pinned = pinned
            || (item.type != QuestionType::TrueFalse && std::ranges::any_of(item.choices, &Choice::pinned));
    };
    for (const QuestionVersion &question : questions) {
        look(question);
        for (const QuestionPart &part : question.parts) {
            look(part);
            parts = true;
        }
    }
    QList<ColumnKey> columns {{ColumnField::Ignore}, {ColumnField::Type}, {ColumnField::Stem}};
    for (int i = 0; i < 6; ++i) {
        columns.append({ColumnField::Option, i});
    }
    for (const ColumnField field : {ColumnField::Answer, ColumnField::Explanation, ColumnField::Difficulty,
             ColumnField::Keyword, ColumnField::Post, ColumnField::RiskPoints, ColumnField::Articles,
             ColumnField::Audience, ColumnField::Marks, ColumnField::ValidFrom, ColumnField::ValidUntil,
             ColumnField::Source, ColumnField::Author, ColumnField::Reviewer, ColumnField::ReviewedOn,
             ColumnField::State, ColumnField::Id, ColumnField::Version}) {
        columns.append({field});
    }
    for (int i = 6; i < options; ++i) {
        columns.append({ColumnField::Option, i});
    }
    for (int i = 0; i < targets; ++i) {
        columns.append({ColumnField::Target, i});
    }
    if (parts) {
        columns.append({ColumnField::Part});
    }
    if (pinned) {
        columns.append({ColumnField::Pinned});
    }
    return columns;
}

QString chooseList(const QList<Choice> &choices)
{
    QString text;
    for (const Choice &choice : choices) {
        text += choice.id + QLatin1Char('\t') + choice.text + QLatin1Char('\t')
            + QString::number(choice.pinned) + QLatin1Char('\n');
    }
    return text;
}

void compareItems(const QuestionItem &was, const QuestionItem &is, const QString &id, const QString &prefix,
    QList<ImportRemark> &lost)
{
    const auto differ = [&](bool same, const QString &field, const QString &reason) {
        if (!same) {
            lost.append({id, 0, prefix + field, reason});
        }
    };
    const QString changed = QStringLiteral("写进表格后再读回会有变化");
    differ(was.type == is.type, QStringLiteral("题型"), changed);
    differ(was.stem == is.stem, QStringLiteral("题干"), changed);
    bool pictures = !was.picture->media.isEmpty() || !was.picture->alt.isEmpty();
    QList<Choice> plain = was.choices + was.targets;
    for (Choice &choice : plain) {
        pictures = pictures || *choice.picture != Picture {};
        choice.picture = {};
    }
    differ(!pictures, QStringLiteral("图片"), QStringLiteral("表格不带图片"));
    differ(chooseList(plain) == chooseList(is.choices + is.targets), QStringLiteral("选项"), changed);
    differ(was.answer == is.answer && was.blanks == is.blanks && was.pairs == is.pairs, QStringLiteral("答案"), changed);
}

void compare(const QuestionVersion &was, const QuestionVersion &is, QList<ImportRemark> &lost)
{
    compareItems(was, is, was.id, QString(), lost);
    const auto differ = [&](bool same, const char16_t *field) {
        if (!same) {
            lost.append({was.id, 0, QString::fromUtf16(field), QStringLiteral("写进表格后再读回会有变化")});
        }
    };
    differ(was.id == is.id && was.version == is.version, u"题目编号");
    differ(was.explanation == is.explanation, u"解析");
    differ(was.riskPoints == is.riskPoints, u"风险点编号");
    differ(was.articles == is.articles, u"法律依据");
    differ(was.keyword == is.keyword, u"知识点");
    differ(was.source == is.source, u"来源");
    differ(was.author == is.author && was.reviewer == is.reviewer, u"命题人、审核人");
    differ(was.validFrom == is.validFrom && was.validUntil == is.validUntil && was.reviewedOn == is.reviewedOn,
        u"日期");
    differ(was.audience == is.audience && was.difficulty == is.difficulty && was.state == is.state,
        u"难度、身份、状态");
    differ(was.parts.size() == is.parts.size(), u"小题");
    for (qsizetype i = 0; i < std::min(was.parts.size(), is.parts.size()); ++i) {
        const QString prefix = QStringLiteral("小题%1 ").arg(was.parts.at(i).id);
        compareItems(was.parts.at(i), is.parts.at(i), was.id, prefix, lost);
        if (was.parts.at(i).id != is.parts.at(i).id) {
            lost.append({was.id, 0, prefix + QStringLiteral("小题号"), QStringLiteral("写进表格后再读回会有变化")});
        }
    }
}

} // namespace

QuestionTable toTable(const QuestionBank &bank)
{
    QList<QuestionVersion> questions;
    for (const QuestionVersion &question : bank.questions()) {
        if (bank.latest(question.id) == &question) {
            questions.append(question);
        }
    }
    QuestionTable table;
    table.columns = columnsFor(questions);
    const RowWriter writer(table.columns);
    QList<qint64> firstRow; ///< of each question, as the sheet numbers it
    int serial = 0;
    for (const QuestionVersion &question : questions) {
        firstRow.append(table.rows.size() + 2);
        table.rows.append(writer.write(question, &question, QString(), ++serial));
        for (const QuestionPart &part : question.parts) {
            table.rows.append(writer.write(part, nullptr, part.id, serial));
        }
    }
    for (QStringList &row : table.rows) {
        for (QString &cell : row) {
            // What changes here is found below. One character is left for the guard.
            cell.replace(QLatin1String("\r\n"), QLatin1String("\n")).replace(QLatin1Char('\r'), QLatin1Char('\n'));
            cell.removeIf([](QChar c) { return c.unicode() < 0x20 && c != u'\n' && c != u'\t'; });
            cell.truncate(maxCellText - 1);
        }
    }

    // What a table cannot hold is what does not come back.
    Sheet sheet;
    const auto addRow = [&sheet](const QStringList &cells) {
        SheetRow row {sheet.rows.size() + 1, {}};
        for (const QString &cell : cells) {
            row.cells.append({guarded(cell), SheetCell::Kind::Text});
        }
        sheet.rows.append(row);
    };
    QStringList headings;
    for (const ColumnKey &key : table.columns) {
        headings.append(ownHeading(key));
    }
    addRow(headings);
    for (const QStringList &row : std::as_const(table.rows)) {
        addRow(row);
    }
    ImportedFile back;
    readSheets(QString(), {sheet}, {}, back);
    QHash<qint64, const QuestionVersion *> read;
    for (const ImportedQuestion &question : std::as_const(back.questions)) {
        read.insert(question.row, &question.question);
    }
    for (qsizetype i = 0; i < questions.size(); ++i) {
        const QuestionVersion *is = read.value(firstRow.at(i));
        if (is) {
            compare(questions.at(i), *is, table.lost);
        } else {
            table.lost.append({questions.at(i).id, 0, QString(), QStringLiteral("写进表格后不能读回")});
        }
    }
    return table;
}

} // namespace qingfeng
