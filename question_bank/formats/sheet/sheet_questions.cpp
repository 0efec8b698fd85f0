#include "question_bank/formats/sheet/sheet_questions.h"

#include "question_bank/formats/answer_words.h"
#include "question_bank/formats/question_text.h"
#include "question_bank/formats/sheet/field_words.h"
#include "question_bank/formats/source_text.h"

#include <algorithm>
#include <map>

#include <QRegularExpression>
#include <QSet>

namespace qingfeng {
namespace {

class QuestionMaker
{
public:
    QuestionMaker(const QString &file, const Sheet &sheet, const ColumnMap &map, SheetColumns &columns,
        SheetRemarks &remarks, ImportedFile &out)
        : m_file(file)
        , m_sheet(sheet)
        , m_map(map)
        , m_columns(columns)
        , m_remarks(remarks)
        , m_out(out)
    {
    }

    void make(QList<RowDraft> &drafts);

private:
    std::optional<QuestionType> voteFor(const QList<RowDraft> &drafts, const QString &code) const;
    void resolveTypes(QList<RowDraft> &drafts);
    void reportGuesses();
    qsizetype emitCase(QList<RowDraft> &drafts, qsizetype first);
    bool isPartOf(const RowDraft &scene, const RowDraft &row) const;
    bool settleInto(RowDraft &draft, QuestionItem &item);
    void append(const RowDraft &draft, const QuestionVersion &question);
    int columnOf(DraftField field) const;

    const QString m_file;
    const Sheet &m_sheet;
    const ColumnMap &m_map;
    SheetColumns &m_columns;
    SheetRemarks &m_remarks;
    ImportedFile &m_out;
    QSet<QString> m_guessedTypes;
};

/** What most rows of this code look like. */
std::optional<QuestionType> QuestionMaker::voteFor(const QList<RowDraft> &drafts, const QString &code) const
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
    if (votes[QuestionType::Multiple] * 2 >= votes[QuestionType::Single]
        && votes[QuestionType::Multiple] > 0) {
        votes[QuestionType::Single] = 0;
    }
    std::erase_if(votes, [](const auto &vote) { return vote.second == 0; });
    const auto best = std::ranges::max_element(votes, {}, [](const auto &vote) { return vote.second; });
    return best == votes.end() ? std::nullopt : std::optional(best->first);
}

void QuestionMaker::resolveTypes(QList<RowDraft> &drafts)
{
    const int column = m_columns.columnOf({ColumnField::Type});
    const std::optional<QuestionType> sheetType = typeInHeading(m_sheet.name);
    QHash<QString, std::optional<QuestionType>> voted;
    for (RowDraft &draft : drafts) {
        const QString code = plainKey(draft.typeText);
        if (code.isEmpty()) {
            draft.item.type = draft.sectionType ? draft.sectionType : sheetType;
            continue;
        }
        if (const auto it = m_columns.types.constFind(code); it != m_columns.types.cend()) {
            draft.item.type = *it;
        } else if (const auto type = typeByWord(code)) {
            draft.item.type = type;
        } else if (isUnmarkableWord(code)) {
            draft.reject(m_remarks, column,
                QStringLiteral("“%1”不能自动评分，系统没有这种题型").arg(draft.typeText.left(20)));
        } else if (!isAnyChoiceWord(code) && code != QStringLiteral("小题")
            && code != QStringLiteral("子题")) {
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
                draft.reject(m_remarks, column,
                    QStringLiteral("不认识的题型“%1”，请写单选题、多选题、判断题、填空题等")
                        .arg(draft.typeText.left(20)));
            }
        }
    }
    for (const QString &code : std::as_const(m_guessedTypes)) {
        m_columns.types.insert(code, *voted.value(code));
    }
}

/** What was not our own heading or a plain word, as a map file that can be kept. */
void QuestionMaker::reportGuesses()
{
    ColumnMap guess;
    bool foreign = !m_columns.types.isEmpty() && m_columns.types != m_map.types;
    for (int column = 0; column < int(m_columns.keys.size()); ++column) {
        const auto &key = m_columns.keys.at(column);
        const QString heading = normalHeading(m_columns.headings.at(column));
        if (!key || heading.isEmpty()
            || (heading == ownHeading(*key) && key->field != ColumnField::PackedOptions)) {
            continue;
        }
        guess.columns.insert(heading, *key);
        foreign = foreign || (key->field != ColumnField::Ignore && m_map.columns.value(heading, {}) != *key);
    }
    if (!foreign) {
        return;
    }
    guess.types = m_columns.types;
    QStringList codes(m_guessedTypes.cbegin(), m_guessedTypes.cend());
    codes.sort();
    QString reason = QStringLiteral("不是本系统的表头，按下列对应关系读取");
    if (!codes.isEmpty()) {
        reason += QStringLiteral("，其中题型编号 %1 是按题目内容推断的，请核对")
                      .arg(codes.join(QStringLiteral("、")));
    }
    reason += QStringLiteral("；要固定下来，请把以下内容存为映射文件，导入时用 --map 指定：\n")
        + QString::fromUtf8(writeColumnMap(guess)).trimmed();
    m_remarks.noteEach(m_columns.headerRow, -1, reason);
}

int QuestionMaker::columnOf(DraftField field) const
{
    switch (field) {
    case DraftField::Type:
        return m_columns.columnOf({ColumnField::Type});
    case DraftField::Stem:
        return m_columns.columnOf({ColumnField::Stem});
    case DraftField::Options:
        return m_columns.columnOf({ColumnField::Option, ColumnField::PackedOptions});
    case DraftField::Targets:
        return m_columns.columnOf({ColumnField::Target});
    case DraftField::Answer:
        break;
    }
    return m_columns.columnOf({ColumnField::Answer, ColumnField::OptionFlag});
}

bool QuestionMaker::settleInto(RowDraft &draft, QuestionItem &item)
{
    if (draft.broken) {
        return false;
    }
    const SettledItem settled = settle(draft.item);
    if (!settled.item) {
        draft.reject(m_remarks, columnOf(settled.field), settled.problem);
        return false;
    }
    for (const QString &text : settled.notes) {
        m_remarks.note(draft.number, columnOf(DraftField::Answer), text);
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

void QuestionMaker::append(const RowDraft &draft, const QuestionVersion &question)
{
    static const QRegularExpression defaultName(QStringLiteral("^(?:Sheet|工作表|表格)\\d*$|^题库$"));
    QStringList category;
    if (!m_sheet.name.isEmpty() && !defaultName.match(m_sheet.name).hasMatch()) {
        category.append(m_sheet.name);
    }
    if (!draft.section.isEmpty()) {
        category.append(draft.section);
    }
    ImportedQuestion imported{question, m_file, draft.number, category + draft.category, draft.stated};
    QuestionVersion &version = imported.question;
    const bool approved = version.state == ReviewState::Approved || version.state == ReviewState::Published;
    if (approved
        && (version.author.isEmpty() || version.reviewer.isEmpty() || version.author == version.reviewer)) {
        version.state = ReviewState::Draft;
        m_remarks.note(
            draft.number, -1, QStringLiteral("没有命题人和另一位审核人，不能算已审核，按草稿导入"));
    }
    m_out.questions.append(imported);
}

bool QuestionMaker::isPartOf(const RowDraft &scene, const RowDraft &row) const
{
    if (!row.part.isEmpty()) {
        return true;
    }
    if (!row.scene.isEmpty() || !scene.scene.isEmpty()) {
        return row.scene == scene.scene;
    }
    if (m_columns.has(ColumnField::Part) || row.item.stem.isEmpty()) {
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
qsizetype QuestionMaker::emitCase(QList<RowDraft> &drafts, qsizetype first)
{
    RowDraft &head = drafts[first];
    const bool answered = !head.item.answer.isEmpty() || !head.item.flagged.isEmpty();
    const bool sceneBeside = !head.scene.isEmpty() && !head.item.stem.isEmpty();
    qsizetype next = first + 1;
    QuestionVersion question = head.rest;
    static_cast<QuestionItem &>(question) = QuestionItem{};
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
        m_remarks.note(head.number, columnOf(DraftField::Stem),
            QStringLiteral("案例写在一行里，末句视为问题，其余视为案情，请核对"));
        rows.append(&head);
    } else {
        question.stem = head.item.stem.isEmpty() ? head.scene : head.item.stem;
    }
    if (rows.isEmpty()) {
        question.picture = head.item.picture;
    }
    if (question.stem.trimmed().isEmpty()) {
        head.reject(m_remarks, columnOf(DraftField::Stem), QStringLiteral("案例没有案情，请补上题干"));
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
            row->reject(m_remarks, -1, QStringLiteral("小题号 %1 重复，请改正").arg(part.id.left(20)));
        }
        ids.insert(part.id);
        good = settleInto(*row, part) && good;
        question.parts.append(part);
    }
    if (rows.isEmpty()) {
        head.reject(m_remarks, columnOf(DraftField::Stem),
            QStringLiteral("案例下面没有小题，请在后面逐行写出小题，并填小题号"));
    } else if (good) {
        append(head, question);
    } else if (std::ranges::any_of(rows, [](const RowDraft *row) { return !row->broken; })) {
        m_remarks.reject(
            head.number, -1, QStringLiteral("这道案例有小题不能用，整道没有导入，请改正所列各行"));
    }
    return next;
}

void QuestionMaker::make(QList<RowDraft> &drafts)
{
    resolveTypes(drafts);
    reportGuesses();
    for (qsizetype i = 0; i < drafts.size();) {
        RowDraft &draft = drafts[i];
        if (draft.item.type == QuestionType::Case || !draft.scene.isEmpty()) {
            i = emitCase(drafts, i);
            continue;
        }
        QuestionVersion question = draft.rest;
        if (!draft.part.isEmpty()) {
            draft.reject(
                m_remarks, -1, QStringLiteral("小题前面没有案例，请先写一行案例分析题，或清空小题号"));
        } else if (settleInto(draft, question)) {
            append(draft, question);
        }
        ++i;
    }
}

} // namespace

void makeQuestions(const QString &file, const Sheet &sheet, const ColumnMap &map, SheetColumns &columns,
    QList<RowDraft> &drafts, SheetRemarks &remarks, ImportedFile &out)
{
    QuestionMaker(file, sheet, map, columns, remarks, out).make(drafts);
}

} // namespace qingfeng
