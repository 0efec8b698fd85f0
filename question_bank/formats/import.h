#pragma once

#include "question_bank/formats/open_bank.h"
#include "question_bank/formats/question_format.h"
#include "question_bank/formats/open_bank.h"
#include "question_bank/formats/question_format.h"

#include <QJsonObject>

/**
 * 导入: files of any format are read, compared with a bank and, when that is confirmed, added to it. Planning
 * changes nothing; committing writes all that was planned or nothing. Rows that cannot be taken are listed
 * and hinder no other.
 */
namespace qingfeng {

/** A file to import, as its bytes. */
struct ImportSource
{
    QString name; ///< as it is shown in the receipt
    QByteArray bytes;
};

/** What became of one question. */
enum class ImportStatus { Accepted, Updated, Duplicate };

struct ImportedId
{
    QString id;
    QString file;
    qint64 row = 0;
    ImportStatus status = ImportStatus::Accepted;
    bool operator==(const ImportedId &) const = default;
};

/** 回执: what an import does, or did. */
struct ImportReceipt
{
    QList<ImportedId> questions; ///< every question that was understood, in the order of the files
    QList<ImportRemark> rejected;
    QList<ImportRemark> warnings;
    bool committed = false;

    qint64 count(ImportStatus status) const;
};

/**
 * {"accepted": n, "updated": n, "duplicate": n, "rejected": [{"file", "row", "column", "reason"}],
 *  "warnings": [the same], "committed": bool, "questions": [{"id", "file", "row", "status"}]}
 */
QJsonObject toJson(const ImportReceipt &receipt);

/** An import as it would be. */
struct ImportPlan
{
    ImportReceipt receipt;
    QList<QuestionVersion> added; ///< new questions and new versions
    Media media; ///< pictures that these name and the bank lacks
};

/**
 * Reads @p sources and compares them with @p into:
 *
 * - the same id and the same content: duplicate; the same stem and choices under any id: duplicate;
 * - the same id with other content: updated, a new version. What the source does not state is kept, and the
 * version before stays as it is;
 * - anything else: accepted. Without an id it is named after its file and its place there ("题库-007").
 *
 * Categories that name a risk point, by id or by name under its post, are taken as such when the source names
 * none. Posts, risk points and articles that the bank does not know are warnings. Everything comes in as a
 * draft, unless the source says approved, by two different people.
 *
 * @param format  name in questionFormats(), or "auto"
 */
ImportPlan planImport(const QList<ImportSource> &sources, const QString &format, const ImportOptions &options,
    const QuestionBank &into);

/**
 * Writes @p plan into @p target. Nothing is written when it adds nothing. On any error the target is as it
 * was.
 *
 * @param nowMs  creation time of a bank that is not there yet, UTC
 */
Result<void> commitImport(const ImportPlan &plan, const OpenBank &target, qint64 nowMs);

} // namespace qingfeng
