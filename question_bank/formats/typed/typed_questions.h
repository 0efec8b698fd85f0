#pragma once

#include "question_bank/formats/item_draft.h"
#include "question_bank/formats/option_text.h"
#include "question_bank/formats/typed/line_kinds.h"
#include "question_bank/formats/typed/question_lines.h"

#include <QHash>
#include <QMap>

/** Typed questions between their lines and the model: what the steps of readQuestionLines() hand on. */
namespace qingfeng {

/** A question or sub-question while its lines are gathered. */
struct TypedItem
{
    ItemDraft draft;
    QList<QStringList> optionMarks; ///< kinds of mark on each option
    QString number; ///< as counted, for remarks
    int count = 0; ///< the number
    qint64 firstLine = 0;
    qint64 lastLine = 0;
    QStringList source;
    bool refused = false; ///< said already
};

struct TypedQuestion : TypedItem
{
    int section = 0;
    QString unmarkable; ///< 简答题 …
    bool isCase = false;
    QList<TypedItem> parts;
    QMap<QString, QString> fields; ///< by label: 解析, 难度 …
};

struct Section
{
    QString title;
    QStringList category;
    SectionHeading heading;
    qsizetype firstQuestion = 0;
    NumberStyle style = NumberStyle::None; ///< of its questions
    qsizetype open = 0; ///< questions without an answer beside them
};

/** All that was gathered from one file. */
struct TypedBank
{
    QList<Section> sections {Section {}};
    QList<TypedQuestion> questions;
    QHash<int, QList<qsizetype>> byNumber; ///< indices of questions by their number, ascending
};

/** The kinds of mark on the greater part of an option, or on its letter; its place counts from @p from in the line. */
QStringList marksOn(const SourceLine &line, qsizetype from, const OptionSpan &span);

/** Settles each question and adds it, or why it is none, to @p out. Marks on options count as answers where none stand. */
void settleTyped(const QString &file, TypedBank &bank, ImportedFile &out);

} // namespace qingfeng
