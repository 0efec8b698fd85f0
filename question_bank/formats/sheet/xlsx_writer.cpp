#include "question_bank/formats/answer_words.h"
#include "question_bank/formats/sheet/field_words.h"
#include "question_bank/formats/sheet/sheet.h"
#include "question_bank/formats/sheet/workbook.h"
#include "question_bank/formats/sheet/xlsx.h"

#include <algorithm>
#include <vector>

#include <xlsxwriter.h>

namespace qingfeng {
namespace {

constexpr lxw_row_t listedRows = 5000; ///< rows that get drop-down lists at least
constexpr qsizetype maxExcelText = 32'767;

struct ColumnNote
{
    ColumnField field;
    double width;
    const char16_t *note;
};

constexpr ColumnNote columnNotes[] = {
    {ColumnField::Ignore, 6, u"可不填；案例的小题与案情同号"},
    {ColumnField::Type, 12, u"必填：单选题、多选题、判断题、填空题、案例分析题、连线题、排序题"},
    {ColumnField::Stem, 48, u"必填，500 字以内；填空题的空写成 ____（四个下划线）；案例分析题写案情"},
    {ColumnField::Option, 22, u"单选题、多选题、排序题的选项，依次填写，中间不空；连线题填左侧；判断题不填"},
    {ColumnField::Answer, 14,
        u"必填：选项字母（A、ACD）；判断题填 正确 或 错误；填空题的空之间用分号、同一空的不同写法用竖线（三十|30;财产）；"
        u"排序题按正确顺序写字母（CAB）；连线题写 A-2;B-1"},
    {ColumnField::Explanation, 48, u"分四段，各以【行为】【依据】【后果】【正确做法】开头；不分段的视为【依据】"},
    {ColumnField::Difficulty, 8, u"易、中、难；不填为中"},
    {ColumnField::Keyword, 14, u"一个关键词，应在题干或解析里出现"},
    {ColumnField::Post, 10, u"岗位编码，由风险点编号决定，仅供核对"},
    {ColumnField::RiskPoints, 14, u"必填，如 P03-R05；几个之间用分号"},
    {ColumnField::Articles, 18, u"必填，法条编号，如 CFF-76；几个之间用分号"},
    {ColumnField::Audience, 10, u"全体、党员、领导、编外；不填为全体"},
    {ColumnField::Marks, 6, u"不用填，由系统按题型规定"},
    {ColumnField::ValidFrom, 12, u"日期，如 2026-01-31"},
    {ColumnField::ValidUntil, 12, u"日期；法规失效时填写"},
    {ColumnField::Source, 16, u"原创、改编或上级下发，可加说明"},
    {ColumnField::Author, 12, u"出题的人"},
    {ColumnField::Reviewer, 12, u"审题的人，不能与命题人相同"},
    {ColumnField::ReviewedOn, 12, u"日期"},
    {ColumnField::State, 10, u"草稿、待审、已审核、已发布、停用；不填为草稿"},
    {ColumnField::Id, 14, u"新题不填；修改已有题目时保留原编号"},
    {ColumnField::Version, 6, u"新题不填；修改已有题目时加 1"},
    {ColumnField::Target, 22, u"连线题右侧各项，可以比左侧多"},
    {ColumnField::Part, 8, u"只用于案例：先一行案例分析题写案情，这一格留空；后面每道小题一行，填 1、2、3"},
    {ColumnField::Pinned, 10, u"打乱选项时位置不变的选项字母"},
};

const ColumnNote &noteOf(ColumnField field)
{
    const auto it = std::ranges::find(columnNotes, field, &ColumnNote::field);
    return it == std::end(columnNotes) ? columnNotes[0] : *it;
}

bool isDateField(ColumnField field)
{
    return field == ColumnField::ValidFrom || field == ColumnField::ValidUntil || field == ColumnField::ReviewedOn;
}

bool isNumberField(ColumnField field)
{
    return field == ColumnField::Ignore || field == ColumnField::Version || field == ColumnField::Marks;
}

QStringList listFor(ColumnField field)
{
    switch (field) {
    case ColumnField::Type: {
        QStringList words;
        for (const QuestionType type : {QuestionType::Single, QuestionType::Multiple, QuestionType::TrueFalse,
                 QuestionType::FillIn, QuestionType::Case, QuestionType::Match, QuestionType::Order}) {
            words.append(typeWord(type));
        }
        return words;
    }
    case ColumnField::Difficulty:
        return {QStringLiteral("易"), QStringLiteral("中"), QStringLiteral("难")};
    case ColumnField::Audience:
        return {QStringLiteral("全体"), QStringLiteral("党员"), QStringLiteral("领导"), QStringLiteral("编外")};
    case ColumnField::State:
        return {QStringLiteral("草稿"), QStringLiteral("待审"), QStringLiteral("已审核"), QStringLiteral("已发布"),
            QStringLiteral("停用")};
    default:
        return {};
    }
}

class WorkbookWriter
{
public:
    Result<QByteArray> write(const QuestionTable &table, qint64 createdAtMs);

private:
    void addFormats();
    void writeHeader(const QList<ColumnKey> &columns);
    void addLists(const QList<ColumnKey> &columns, lxw_row_t rows);
    void writeCell(lxw_row_t row, lxw_col_t column, ColumnField field, const QString &text);
    void writeNotes(const QList<ColumnKey> &columns);
    void check(lxw_error error) { m_error = m_error == LXW_NO_ERROR ? error : m_error; }

    lxw_workbook *m_book = nullptr;
    lxw_worksheet *m_sheet = nullptr;
    lxw_format *m_heading = nullptr;
    lxw_format *m_text = nullptr;
    lxw_format *m_date = nullptr;
    lxw_error m_error = LXW_NO_ERROR;
};

void WorkbookWriter::addFormats()
{
    m_heading = workbook_add_format(m_book);
    format_set_bold(m_heading);
    format_set_text_wrap(m_heading);
    format_set_align(m_heading, LXW_ALIGN_VERTICAL_CENTER);
    format_set_bg_color(m_heading, 0xDDEBE6);
    format_set_border(m_heading, LXW_BORDER_THIN);
    m_text = workbook_add_format(m_book);
    format_set_text_wrap(m_text);
    format_set_align(m_text, LXW_ALIGN_VERTICAL_TOP);
    format_set_num_format(m_text, "@"); // so that "1-2" stays what was typed
    m_date = workbook_add_format(m_book);
    format_set_num_format(m_date, "yyyy-mm-dd");
    format_set_align(m_date, LXW_ALIGN_VERTICAL_TOP);
}

void WorkbookWriter::writeHeader(const QList<ColumnKey> &columns)
{
    for (int i = 0; i < int(columns.size()); ++i) {
        const auto column = lxw_col_t(i);
        const ColumnField field = columns.at(i).field;
        lxw_format *form = isDateField(field) ? m_date : isNumberField(field) ? nullptr : m_text;
        check(worksheet_set_column(m_sheet, column, column, noteOf(field).width, form));
        check(worksheet_write_string(
            m_sheet, 0, column, ownHeading(columns.at(i)).toUtf8().constData(), m_heading));
    }
    worksheet_freeze_panes(m_sheet, 1, 0);
    worksheet_repeat_rows(m_sheet, 0, 0);
    worksheet_set_landscape(m_sheet);
}

void WorkbookWriter::addLists(const QList<ColumnKey> &columns, lxw_row_t rows)
{
    for (int i = 0; i < int(columns.size()); ++i) {
        const QStringList words = listFor(columns.at(i).field);
        if (words.isEmpty()) {
            continue;
        }
        QList<QByteArray> bytes;
        std::vector<char *> list;
        for (const QString &word : words) {
            bytes.append(word.toUtf8());
        }
        for (QByteArray &word : bytes) {
            list.push_back(word.data());
        }
        list.push_back(nullptr);
        lxw_data_validation rule {};
        rule.validate = LXW_VALIDATION_TYPE_LIST;
        rule.value_list = list.data();
        QByteArray title = QStringLiteral("请从列表中选择").toUtf8();
        QByteArray message = words.join(QStringLiteral("、")).toUtf8();
        rule.error_title = title.data();
        rule.error_message = message.data();
        rule.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;
        check(worksheet_data_validation_range(m_sheet, 1, lxw_col_t(i), rows, lxw_col_t(i), &rule));
    }
}

void WorkbookWriter::writeCell(lxw_row_t row, lxw_col_t column, ColumnField field, const QString &text)
{
    if (text.isEmpty()) {
        return;
    }
    if (const QDate day = isDateField(field) ? QDate::fromString(text, Qt::ISODate) : QDate();
        day.isValid() && day.year() >= 1901 && day.year() <= 9999) {
        lxw_datetime when {day.year(), day.month(), day.day(), 0, 0, 0};
        check(worksheet_write_datetime(m_sheet, row, column, &when, m_date));
        return;
    }
    bool ok = false;
    if (const int number = isNumberField(field) ? text.toInt(&ok) : 0; ok) {
        check(worksheet_write_number(m_sheet, row, column, number, nullptr));
        return;
    }
    check(worksheet_write_string(m_sheet, row, column, guarded(text).left(maxExcelText).toUtf8().constData(), m_text));
}

void WorkbookWriter::writeNotes(const QList<ColumnKey> &columns)
{
    lxw_worksheet *notes = workbook_add_worksheet(m_book, QStringLiteral("填写说明").toUtf8().constData());
    check(worksheet_set_column(notes, 0, 0, 14, m_text));
    check(worksheet_set_column(notes, 1, 1, 90, m_text));
    lxw_row_t row = 0;
    const auto line = [&](const QString &left, const QString &right, lxw_format *form) {
        check(worksheet_write_string(notes, row, 0, left.toUtf8().constData(), form));
        check(worksheet_write_string(notes, row, 1, right.toUtf8().constData(), form));
        ++row;
    };
    line(QStringLiteral("列名"), QStringLiteral("怎么填"), m_heading);
    ColumnField last = ColumnField::OptionFlag;
    for (const ColumnKey &key : columns) {
        if (key.field != last || key.index == 0) {
            const bool many = key.field == ColumnField::Option || key.field == ColumnField::Target;
            line(many ? ownHeading(key) + QStringLiteral("……") : ownHeading(key),
                QString::fromUtf16(noteOf(key.field).note), m_text);
        }
        last = key.field;
    }
    line(QStringLiteral("其他"),
        QStringLiteral("以 = + - @ 开头的文字前面会多一个单引号，防止被当成公式；导入时自动去掉。公式单元格不予导入。"
                       "有错的行会连同行号、列名和原因列出，不影响其他行。"),
        m_text);
}

Result<QByteArray> WorkbookWriter::write(const QuestionTable &table, qint64 createdAtMs)
{
    return makeWorkbook(createdAtMs, [&](lxw_workbook *book) {
        m_book = book;
        addFormats();
        m_sheet = workbook_add_worksheet(m_book, QStringLiteral("题库").toUtf8().constData());
        writeHeader(table.columns);
        for (qsizetype row = 0; row < table.rows.size(); ++row) {
            const QStringList &cells = table.rows.at(row);
            for (qsizetype column = 0; column < cells.size(); ++column) {
                writeCell(
                    lxw_row_t(row + 1), lxw_col_t(column), table.columns.at(column).field, cells.at(column));
            }
        }
        addLists(table.columns, std::max(listedRows, lxw_row_t(table.rows.size() + 1000)));
        writeNotes(table.columns);
        return int(m_error);
    });
}

} // namespace

Result<ExportedFile> writeXlsx(const QuestionBank &bank)
{
    const QuestionTable table = toTable(bank);
    auto bytes = WorkbookWriter().write(table, bank.createdAtMs);
    if (!bytes) {
        return bytes.error();
    }
    return ExportedFile {std::move(*bytes), table.lost};
}

Result<QByteArray> xlsxTemplate()
{
    QuestionTable table = toTable(QuestionBank());
    for (int i = 6; i < 8; ++i) {
        table.columns.append({ColumnField::Option, i});
    }
    for (int i = 0; i < 4; ++i) {
        table.columns.append({ColumnField::Target, i});
    }
    table.columns.append({ColumnField::Part});
    table.columns.append({ColumnField::Pinned});
    return WorkbookWriter().write(table, 0);
}

} // namespace qingfeng
