#include "app/report/report_file.h"

#include "app/report/report_pdf.h"

#include "quiz/archive/archive_file.h"
#include "quiz/archive/summary.h"
#include "quiz/protocol/statement.h"
#include "quiz/report/report_csv.h"
#include "quiz/report/report_xlsx.h"
#include "quiz/store/learning_store.h"

#include "question_bank/base/file.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

namespace qingfeng {
namespace {

/** The archive with the report beside it; the report is for reading, the archive is what is checked. */
Result<QByteArray> archiveJson(LearningStore &store, const PersonReportInput &input, const Report &report)
{
    const auto attempts = store.attempts();
    const auto receipts = store.outbox().receipts();
    const auto annotations = store.annotations();
    if (!attempts || !receipts || !annotations) {
        return !attempts ? attempts.error() : !receipts ? receipts.error() : annotations.error();
    }
    QJsonObject object
        = toJson(makeArchive(store.storeId(), *attempts, *receipts, input.person.number, *annotations));
    object.insert(QStringLiteral("report"), toJson(report));
    return QJsonDocument(object).toJson(QJsonDocument::Indented);
}

QByteArray statementsJson(const PersonReportInput &input)
{
    const QString homePage = !input.unit.homePage.isEmpty()
        ? input.unit.homePage
        : QStringLiteral("https://qingfeng.example/units/")
            + QString::fromLatin1(
                QUrl::toPercentEncoding(input.unit.code.isEmpty() ? input.bank->unit : input.unit.code));
    QJsonArray statements;
    for (const Attempt &attempt : input.attempts) {
        const QDate day = dateOfStudyDay(attempt.studyDay);
        if (input.from <= day && day <= input.to) {
            statements.append(statementFromAttempt(
                attempt, homePage, input.bank->question(attempt.question, attempt.version)));
            for (const Annotation &annotation : annotationsOf(input.annotations, attempt.id)) {
                statements.append(statementFromAnnotation(annotation, homePage));
            }
        }
    }
    return QJsonDocument(statements).toJson(QJsonDocument::Indented);
}

} // namespace

QString archiveAttachment()
{
    return QStringLiteral("archive.json");
}

Result<QByteArray> personFile(LearningStore &store, const PersonReportInput &input, ReportFormat format)
{
    if (format == ReportFormat::Xapi) {
        return statementsJson(input);
    }
    const Report report = personReport(input);
    if (format == ReportFormat::Csv || format == ReportFormat::Xlsx) {
        return reportFile(report, format, input.writtenAtMs);
    }
    auto archive = archiveJson(store, input, report);
    return format == ReportFormat::Json || !archive
        ? archive
        : reportPdf(report, {archiveAttachment(), *archive, QStringLiteral("application/json")});
}

Result<QByteArray> reportFile(const Report &report, ReportFormat format, qint64 writtenAtMs)
{
    switch (format) {
    case ReportFormat::Pdf:
        return reportPdf(report);
    case ReportFormat::Xlsx:
        return reportXlsx(report, writtenAtMs);
    case ReportFormat::Csv:
        return reportCsv(report);
    case ReportFormat::Json:
        return QJsonDocument(toJson(report)).toJson(QJsonDocument::Indented);
    case ReportFormat::Xapi:
        break;
    }
    return Error(ErrorCode::InvalidArgument,
        QStringLiteral("statements are single answers, which no group report holds"),
        QStringLiteral("--format"));
}

Result<void> writePersonPdf(LearningStore &store, const QString &number,
    std::shared_ptr<const QuestionBank> bank, const WorkCalendar &calendar, QDate from, QDate to,
    const Clock &clock, const QString &path)
{
    const auto input = readPerson(store, number, std::move(bank), calendar, from, to, clock);
    const auto bytes
        = input ? personFile(store, *input, ReportFormat::Pdf) : Result<QByteArray>(input.error());
    return bytes ? writeFileAtomically(path, *bytes) : Result<void>(bytes.error());
}

} // namespace qingfeng
