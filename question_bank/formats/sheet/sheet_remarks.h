#pragma once

#include "question_bank/formats/sheet/sheet.h"

#include <QHash>

namespace qingfeng {

/** What is said of one sheet, each with the cell that it is about: refusals at once, warnings at the end. */
class SheetRemarks
{
public:
    SheetRemarks(const QString &file, const Sheet &sheet, ImportedFile &out);

    /** Headings as the sheet has them, by column: a remark names its column with them. */
    void setHeadings(const QStringList &headings) { m_headings = headings; }

    /** @param column  from 0; −1 = the row as a whole · @param row  0 = the sheet as a whole */
    ImportRemark remark(qint64 row, int column, const QString &reason) const;

    void reject(qint64 row, int column, const QString &reason);
    /** Warnings of one wording and column are one warning, at its first place, with their number. */
    void note(qint64 row, int column, const QString &reason);
    /** Each of these warnings stands for itself: it concerns this row and no other. */
    void noteEach(qint64 row, int column, const QString &reason);
    /** Adds the warnings to what was read. */
    void finish();

private:
    const QString m_file;
    const Sheet &m_sheet;
    ImportedFile &m_out;
    QStringList m_headings;
    QHash<QString, qsizetype> m_index;
    QList<ImportRemark> m_notes;
    QList<qsizetype> m_counts; ///< beside m_notes
};

} // namespace qingfeng
