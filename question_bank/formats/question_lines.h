#pragma once

#include "question_bank/formats/question_format.h"

#include <QList>
#include <QString>

/** Questions as people type them, line under line: the part that text files and documents share. */
namespace qingfeng {

/** Longer lines are no questions. */
constexpr qsizetype maxLineText = 32'767;

/** A stretch of a line that is set off from the rest, as right options are in some documents. */
struct LineMark
{
    qsizetype start = 0;
    qsizetype length = 0;
    QString kind; ///< in words: "下划线", "颜色 FF0000"
};

struct LinePicture
{
    qsizetype position = 0; ///< in the text
    Picture picture;
};

struct SourceLine
{
    qint64 number = 0; ///< line of a text file, paragraph of a document; from 1
    QString text;
    QList<LineMark> marks = {};
    QList<LinePicture> pictures = {};
};

/**
 * Reads questions from lines and adds them, and all that is no question, to @p out: numbers, options and labels in
 * the usual habits, section headings that name a type, answers beside the question, in its brackets, or gathered at
 * the end.
 */
void readQuestionLines(const QString &file, const QList<SourceLine> &lines, ImportedFile &out);

} // namespace qingfeng
