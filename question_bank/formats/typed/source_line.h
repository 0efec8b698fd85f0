#pragma once

#include "question_bank/model/question.h"

#include <QList>
#include <QString>

/** Lines of typed text with what stands on them: marks and pictures. */
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

/** Puts @p prefix before the line; its marks and pictures stay where they are in it. */
void prefixLine(SourceLine &line, const QString &prefix);

/** The line cut at the line breaks inside it; marks and pictures stay on their pieces. */
QList<SourceLine> cutAtBreaks(const SourceLine &line);

} // namespace qingfeng
