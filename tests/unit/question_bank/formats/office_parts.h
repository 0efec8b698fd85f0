#pragma once

#include "question_bank/formats/zip_archive.h"
#include "question_bank/model/question_bank.h"

#include <QByteArray>
#include <QString>

/** Small office files from their parts, for the tests of what no program can be made to write. */
namespace qingfeng::testing {

/** A workbook with one sheet; @p sheetData is the inside of <sheetData>. */
struct Workbook
{
    QByteArray sheetData;
    QByteArray afterData; ///< elements after it: <mergeCells> …
    QByteArray sharedStrings; ///< inside of <sst>
    QByteArray cellFormats; ///< inside of <cellXfs>; number formats 164 = yyyy"年"m"月"d"日", 165 = 000
    QByteArray workbookProperties; ///< attributes of <workbookPr>
    QByteArray sheetTarget = "worksheets/sheet1.xml"; ///< as the relationships spell it

    QList<QByteArrayList> sheetRelations; ///< <type, target>: rId1, rId2 …
    QList<QByteArrayList> bookRelations; ///< further ones, <type, target>: rId10, rId11 …
    ArchiveFiles further; ///< further parts

    ArchiveFiles parts() const;
    QByteArray bytes() const;
};

/** A document; @p body is the inside of <w:body>. */
struct Document
{
    QByteArray body;
    QByteArray numbering; ///< inside of <w:numbering>
    QByteArray footnotes; ///< inside of <w:footnotes>
    QList<QByteArrayList> further; ///< relationships <type, target>: rId10, rId11 …
    ArchiveFiles parts; ///< further parts

    QByteArray bytes() const;
};

/** A relationships part: <type, target> each, with ids from rId@p first on. */
QByteArray relationsOf(const QList<QByteArrayList> &list, int first = 1);

/** A picture of one point; another @p mark behind its end makes it another picture. */
QByteArray png(char mark);

/** <c> elements of one row, as inline strings. */
QByteArray row(int number, const QStringList &cells);

/** A paragraph with one run. */
QByteArray paragraph(const QString &text, const QByteArray &runProperties = {}, const QByteArray &properties = {});

/** The bank of every question type, with what is hard to hold in a table. */
QuestionBank everyTypeBank();

/** A file of tests/data/formats. */
QByteArray sample(const QString &name);

/** Remarks as text, "row column: reason" a line. */
QString all(const QList<ImportRemark> &remarks);

/** The first difference between two lists of questions, as JSON; empty when there is none. */
QString difference(const QList<QuestionVersion> &was, const QList<QuestionVersion> &is);

} // namespace qingfeng::testing
