#pragma once

#include "question_bank/model/question.h"

#include <optional>

#include <QList>
#include <QString>
#include <QStringList>

/** What a single typed line looks like, by itself. */
namespace qingfeng {

/** How a question is numbered: a bank keeps to one way for questions, and to another for sub-questions. */
enum class NumberStyle { None, Point, Bracket, Word, Circle, Space };

struct QuestionNumber
{
    NumberStyle style = NumberStyle::None; ///< None: the line starts no question
    int number = 0;
    qsizetype length = 0; ///< of the number with all that belongs to it
    bool digitFollows = false; ///< "1.5": perhaps no number of a question
};

/** "1." "1、" "（1）" "第1题" "①" … at the start of a line. */
QuestionNumber questionNumber(const QString &line);

struct SectionHeading
{
    bool isHeading = false;
    bool namesType = false; ///< a type, though perhaps one that cannot be marked
    std::optional<QuestionType> type;
    QString unmarkable; ///< 简答题 …
};

/** 一、单选题（每题2分，共20分）, 第三章 廉洁纪律 … */
SectionHeading sectionHeading(const QString &line);

/** 【单选题】 before a stem or behind it: taken out of it, and its word; empty when it names no type. */
QString takeTypeWord(QString &stem);

/** 案例一：…, 【案例】…, 材料：…: the length of the words before the scene; 0 for another line. */
qsizetype caseMarker(const QString &line);

/** 参考答案, 附：答案及解析 … alone on a line. */
bool isAnswersHeading(const QString &line);

/** A page number, a running head with one, a line of a table of contents, a rule. */
bool isPageFurniture(const QString &line);

struct LabelledText
{
    QString label; ///< 答案, 解析, 难度 … in our own word for it; empty for what stands before the first
    QString text;
};

/** The line cut at its labels; one piece without a label when there are none. */
QList<LabelledText> splitLabels(const QString &line);

} // namespace qingfeng
