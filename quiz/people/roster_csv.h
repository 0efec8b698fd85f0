#pragma once

#include "quiz/people/roster.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QSet>
#include <QString>

namespace qingfeng {

/** One finding of an import: what is wrong or noteworthy, and where. */
struct RosterFinding
{
    QString file;
    int row = 0; ///< 1 = header row; 0 = the file as a whole
    QString column; ///< header text, or empty
    QString reason; ///< stable code: "unknown-post", "department-circle" …
    bool operator==(const RosterFinding &) const = default;
};

/** What was read from a roster file. Only with an empty @ref rejected may it be taken over. */
struct RosterImport
{
    Roster roster; ///< of the good rows; unit.homePage is empty and PINs are unset
    QHash<QString, QString> initialPins; ///< employee number → PIN in clear: hash it, never store it
    int accepted = 0; ///< good rows
    QList<RosterFinding> rejected; ///< at most 1,000, then one "too-many-findings"
    QList<RosterFinding> warnings;
};

/**
 * Reads a roster (名册) from CSV: UTF-8 with or without BOM, UTF-16 with BOM, or GB18030, told apart by content.
 *
 * One row an assignment, so several rows may describe one person. The header row names the columns, in any
 * order; unknown ones are ignored with a warning:
 * 单位编码 单位名称 部门编码* 上级部门编码 部门名称* 工号* 姓名* 系统账号 岗位* 任职类型 身份 任职起 任职止 初始口令
 * (* must be there). Several values of one cell are separated by ';' or '；'. Dates are YYYY-MM-DD, YYYY/M/D
 * or YYYYMMDD. A bad row never hides the others.
 *
 * @param file   name for findings
 * @param posts  codes that exist; empty = "P" and two digits
 * @return InvalidArgument for bytes that are no such table at all (no header row, no known encoding), TooLarge
 *         over 16 MiB or 200,000 rows
 */
Result<RosterImport> readRosterCsv(const QByteArray &bytes, const QString &file, const QSet<QString> &posts = {});

} // namespace qingfeng
