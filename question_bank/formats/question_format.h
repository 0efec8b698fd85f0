#pragma once

#include "question_bank/base/result.h"
#include "question_bank/model/question_bank.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

/**
 * The one interface behind every format in which questions come in or go out. A reader never throws away what it
 * cannot use: it says so, with the place. It reads one file's bytes and touches nothing else: no other file, no
 * network, no time of day.
 */
namespace qingfeng {

/** A reader refuses files above this size, and archives that would unpack to more than eight times it. */
constexpr qint64 maxImportBytes = 64LL * 1024 * 1024;

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
};

/** All that one file holds. */
struct ImportedFile
{
    QList<ImportedQuestion> questions;
    QHash<QString, QByteArray> media; ///< by media name, see Picture
    QList<ImportRemark> rejected; ///< questions that could not be understood, one remark each
    QList<ImportRemark> warnings; ///< what was understood with a loss, or stray
};

/** The bytes of an export, and what the format could not hold. */
struct ExportedFile
{
    QByteArray bytes;
    QList<ImportRemark> lost; ///< file = question id, column = field
};

} // namespace qingfeng
