#pragma once

#include "question_bank/base/result.h"
#include "question_bank/model/question_bank.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>

/**
 * The one interface behind every format in which questions come in or go out. A reader never throws away what
 * it cannot use: it says so, with the place. It reads one file's bytes and touches nothing else: no other
 * file, no network, no time of day.
 */
namespace qingfeng {

/** A reader refuses files above this size, and archives that would unpack to more than eight times it. */
constexpr qint64 maxImportBytes = 64LL * 1024 * 1024;

/** Pictures that came in a file, by their media name; a bank holds its own, see QuestionBank::media(). */
using Media = QMap<QString, QByteArray>;

/** What a reader is told besides the bytes. */
struct ImportOptions
{
    /**
     * `--map`: which column or field of the source means what, for formats with headings. The text of the
     * file that was named, or the argument itself. The other formats ignore it.
     */
    QString map;
};

/** Something about one place in a file, in words a person understands. */
struct ImportRemark
{
    QString file; ///< name as given by the caller; "name!inner/path.xml" inside an archive
    qint64 row = 0; ///< line of a text file, row of a sheet; from 1; 0 = the file as a whole
    QString column; ///< heading, field or element; may be empty
    QString reason;
    bool operator==(const ImportRemark &) const = default;
};

/** One question understood, and where it stood. */
struct ImportedQuestion
{
    QuestionVersion question; ///< a draft; id is empty unless the source names one
    QString file;
    qint64 row = 0;
    QStringList category; ///< path of categories or sheet and section headings, outermost first
    /**
     * JSON names of the fields that the source states although they may look like their default: "audience",
     * "difficulty" … An update keeps what is held wherever the source states nothing: a field that is empty,
     * or at its default and not listed here.
     */
    QStringList stated;
};

/** All that one file holds. */
struct ImportedFile
{
    QList<ImportedQuestion> questions;
    Media media;
    QList<ImportRemark> rejected; ///< questions that could not be understood, one remark each
    QList<ImportRemark> warnings; ///< what was understood with a loss, or stray
};

/** What every reader of the registry is. */
using ReadQuestions
    = ImportedFile (*)(const QByteArray &bytes, const QString &fileName, const ImportOptions &options);

/** The bytes of an export, and what the format could not hold. */
struct ExportedFile
{
    QByteArray bytes;
    QList<ImportRemark> lost; ///< file = question id, column = field
};

/**
 * What every writer of the registry is: writes the latest version of each question, in the bank's order, with the
 * pictures of the bank that they name; one that the bank does not have is listed as lost.
 */
using WriteQuestions = Result<ExportedFile> (*)(const QuestionBank &bank);

} // namespace qingfeng
