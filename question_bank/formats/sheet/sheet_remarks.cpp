#include "question_bank/formats/sheet/sheet_remarks.h"

namespace qingfeng {

SheetRemarks::SheetRemarks(const QString &file, const Sheet &sheet, ImportedFile &out)
    : m_file(file)
    , m_sheet(sheet)
    , m_out(out)
{
}

ImportRemark SheetRemarks::remark(qint64 row, int column, const QString &reason) const
{
    const QString heading
        = column >= 0 ? m_headings.value(column).section(QLatin1Char('\n'), 0, 0).left(40) : QString();
    if (m_sheet.name.isEmpty()) {
        return {m_file, row, heading, reason};
    }
    const QString cell = column >= 0 && !m_sheet.rearranged ? cellName(column, row) : QString::number(row);
    QString place = m_sheet.name + QLatin1Char('!') + cell;
    if (!heading.isEmpty()) {
        place += QLatin1Char(' ') + heading;
    }
    return {m_file, row, row > 0 ? place : m_sheet.name, reason};
}

void SheetRemarks::reject(qint64 row, int column, const QString &reason)
{
    m_out.rejected.append(remark(row, column, reason));
}

void SheetRemarks::note(qint64 row, int column, const QString &reason)
{
    const ImportRemark said = remark(row, column, reason);
    const QString key = said.column.section(QLatin1Char(' '), 1) + QLatin1Char('\n') + reason;
    if (const auto it = m_index.constFind(key); it != m_index.cend()) {
        ++m_counts[*it];
        return;
    }
    m_index.insert(key, m_notes.size());
    m_notes.append(said);
    m_counts.append(1);
}

void SheetRemarks::noteEach(qint64 row, int column, const QString &reason)
{
    m_notes.append(remark(row, column, reason));
    m_counts.append(1);
}

void SheetRemarks::finish()
{
    for (qsizetype i = 0; i < m_notes.size(); ++i) {
        ImportRemark remark = m_notes.at(i);
        if (m_counts.at(i) > 1) {
            remark.reason += QStringLiteral("（共 %1 处）").arg(m_counts.at(i));
        }
        m_out.warnings.append(remark);
    }
}

} // namespace qingfeng
