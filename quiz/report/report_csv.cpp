#include "quiz/report/report_csv.h"

#include "question_bank/formats/sheet/csv.h"

namespace qingfeng {
namespace {

QString csvOf(const ReportTable &table)
{
    QStringList names;
    for (const ReportColumn &column : table.columns) {
        names.append(column.name);
    }
    QString text = csvLine({}) + csvLine({table.title}) + csvLine(names);
    for (const QVariantList &row : table.rows) {
        QStringList cells;
        for (qsizetype i = 0; i < row.size(); ++i) {
            cells.append(row.at(i).isNull() ? QString() : textOf(row.at(i), table.columns.at(i).kind));
        }
        text += csvLine(cells);
    }
    return text;
}

} // namespace

QByteArray reportCsv(const Report &report)
{
    QString text = QString(QChar(0xFEFF)) + csvLine({report.title, report.subject});
    for (const auto &[name, value] : report.cover) {
        text += csvLine({name, value});
    }
    text += csvOf(figuresTable(report));
    for (const ReportBlock &block : report.blocks) {
        text += csvOf(tableOf(block));
    }
    return text.toUtf8();
}

} // namespace qingfeng
