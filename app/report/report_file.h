#pragma once

#include "quiz/report/group_report.h"
#include "quiz/report/store_source.h"

#include <optional>

namespace qingfeng {

class LearningStore;

enum class ReportFormat { Pdf, Xlsx, Csv, Xapi, Json };

/** Name of the archive that a person's PDF carries inside. */
QString archiveAttachment();

/**
 * One person's report as a file. PDF (which needs a QGuiApplication) and JSON carry the whole of the person's
 * chain with head and receipts; of answers that others gave on the same PC only their places. xAPI is the
 * list of the period's statements.
 */
Result<QByteArray> personFile(LearningStore &store, const PersonReportInput &input, ReportFormat format);

/** A report as a file, without a chain. InvalidArgument for xAPI: statements are single answers, and no group
 * report holds those. */
Result<QByteArray> reportFile(const Report &report, ReportFormat format, qint64 writtenAtMs);

/**
 * 「导出我的档案」: reads the store, draws the PDF and writes it to @p path whole or not at all. Takes a
 * second for some thousand answers. Errors as of readPerson(), reportPdf() and writeFileAtomically().
 */
Result<void> writePersonPdf(LearningStore &store, const QString &number,
    std::shared_ptr<const QuestionBank> bank, const WorkCalendar &calendar, QDate from, QDate to,
    const Clock &clock, const QString &path);

} // namespace qingfeng
