#include "question_bank/formats/sheet/sheet_fields.h"

#include "question_bank/formats/answer_words.h"
#include "question_bank/formats/option_text.h"
#include "question_bank/formats/question_text.h"
#include "question_bank/formats/sheet/field_words.h"
#include "question_bank/formats/source_text.h"

#include <QRegularExpression>

namespace qingfeng {
namespace {

void takeDate(RowDraft &draft, int column, const QString &text, QDate &day, SheetRemarks &remarks)
{
    if (const auto found = dateByText(text)) {
        day = *found;
    } else {
        draft.reject(remarks, column, QStringLiteral("“%1”不是日期，请写成 2026-01-31").arg(text.left(20)));
    }
}

void takeFlag(RowDraft &draft, int column, int option, const QString &text, SheetRemarks &remarks)
{
    const auto truth = truthByWord(text);
    if (isTick(text) || (truth && *truth)) {
        draft.item.flagged.append(option);
    } else if (!truth) {
        draft.reject(
            remarks, column, QStringLiteral("“%1”看不出是对是错，请填“是”或“否”").arg(text.left(20)));
    }
}

} // namespace

void takeField(RowDraft &draft, const FieldText &field, const ColumnMap &map, SheetRemarks &remarks)
{
    const auto &[column, key, text] = field;
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
    case ColumnField::Title:
    case ColumnField::OptionLetter:
    case ColumnField::RowFlag:
        break; // they mean something only where nameColumns() or foldedSheet() has made another field of them
    case ColumnField::Picture:
    case ColumnField::OptionPicture:
        remarks.noteEach(draft.number, column,
            QStringLiteral("图片只写了“%1”，没有读入；请把图片插入到这一格").arg(text.left(60)));
        break;
    case ColumnField::Option:
        place(draft.item.options, key.index, text);
        break;
    case ColumnField::OptionFlag:
        takeFlag(draft, column, key.index, text, remarks);
        break;
    case ColumnField::PackedOptions: {
        const QStringList options = splitOptions(text, 0, map.optionSeparator);
        if (options.size() >= 2) {
            draft.item.options = options;
        } else {
            draft.reject(
                remarks, column, QStringLiteral("看不出这一格里有几个选项，请写成“A.… B.…”，或每个选项一行"));
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
            remarks.note(
                draft.number, column, QStringLiteral("不认识的难度“%1”，按“中”处理").arg(text.left(20)));
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
        rest.riskPoints = splitList(text, map.listSeparator);
        break;
    case ColumnField::Articles:
        rest.articles = splitList(text, map.listSeparator);
        break;
    case ColumnField::Audience:
        if (const auto known = audienceByWord(text)) {
            rest.audience = *known;
            draft.stated.append(QStringLiteral("audience"));
        } else {
            draft.reject(remarks, column,
                QStringLiteral("不认识的身份“%1”，请填全体、党员、领导或编外").arg(text.left(20)));
        }
        break;
    case ColumnField::Marks:
        remarks.note(draft.number, column, QStringLiteral("分值由系统按题型统一规定，这一列没有保存"));
        break;
    case ColumnField::ValidFrom:
        takeDate(draft, column, text, rest.validFrom, remarks);
        break;
    case ColumnField::ValidUntil:
        takeDate(draft, column, text, rest.validUntil, remarks);
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
        takeDate(draft, column, text, rest.reviewedOn, remarks);
        break;
    case ColumnField::State:
        if (const auto known = stateByWord(text)) {
            rest.state = *known;
            draft.stated.append(QStringLiteral("state"));
        } else {
            remarks.note(
                draft.number, column, QStringLiteral("不认识的状态“%1”，按草稿处理").arg(text.left(20)));
        }
        break;
    case ColumnField::Id:
        rest.id = text;
        break;
    case ColumnField::Version: {
        bool ok = false;
        rest.version = text.toInt(&ok);
        if (!ok || rest.version < 1) {
            draft.reject(remarks, column, QStringLiteral("版本应是从 1 起的整数"));
        }
        break;
    }
    case ColumnField::Part:
        draft.part = text;
        break;
    case ColumnField::PartType:
        draft.partType = text;
        break;
    case ColumnField::PartStem:
        break; // is the stem by now
    case ColumnField::Scene:
        draft.scene = text;
        break;
    case ColumnField::Pinned:
        draft.pinned = plainKey(text);
        break;
    }
}

} // namespace qingfeng
