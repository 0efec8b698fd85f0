#include "quiz/people/csv_table.h"

#include <memory>

#include <csv.h>

#include <QStringDecoder>

namespace qingfeng {
namespace {

constexpr qint64 maxBytes = 16 * 1024 * 1024;
constexpr int maxRows = 200'000;
constexpr int maxCells = 256;

struct Collector
{
    CsvTable table;
    CsvRow row;
    int number = 0;
    bool tooLarge = false;
};

void onCell(void *text, std::size_t size, void *data)
{
    auto *collector = static_cast<Collector *>(data);
    if (collector->row.cells.size() >= maxCells) {
        collector->tooLarge = true;
        return;
    }
    collector->row.cells.append(QString::fromUtf8(static_cast<const char *>(text), qsizetype(size)));
}

void onRow(int, void *data)
{
    auto *collector = static_cast<Collector *>(data);
    collector->row.number = ++collector->number;
    if (!collector->row.cells.isEmpty()) {
        collector->table.rows.append(collector->row);
    }
    collector->row = {};
    collector->tooLarge = collector->tooLarge || collector->number > maxRows;
}

using Parser = std::unique_ptr<csv_parser, decltype(&csv_free)>;

} // namespace

Result<QString> decodeText(const QByteArray &bytes)
{
    const auto byBom = QStringConverter::encodingForData(bytes);
    QString text;
    if (byBom) {
        QStringDecoder decoder(*byBom);
        text = decoder.decode(bytes);
        if (decoder.hasError()) {
            return Error(ErrorCode::InvalidArgument, QStringLiteral("damaged Unicode text"));
        }
    } else {
        QStringDecoder utf8(QStringConverter::Utf8);
        text = utf8.decode(bytes);
        if (utf8.hasError()) {
            QStringDecoder gb("GB18030");
            text = gb.isValid() ? gb.decode(bytes) : QString();
            if (!gb.isValid() || gb.hasError()) {
                return Error(ErrorCode::InvalidArgument, QStringLiteral("neither UTF-8, UTF-16 nor GB18030"));
            }
        }
    }
    if (text.contains(QChar(u'\0'))) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("not a text file"));
    }
    return text;
}

Result<CsvTable> readCsv(const QByteArray &bytes)
{
    if (bytes.size() > maxBytes) {
        return Error(ErrorCode::TooLarge, QStringLiteral("more than %1 bytes").arg(maxBytes));
    }
    const auto text = decodeText(bytes);
    if (!text) {
        return text.error();
    }
    csv_parser raw {};
    if (csv_init(&raw, CSV_REPALL_NL) != 0) {
        return Error(ErrorCode::Internal, QStringLiteral("libcsv could not start"));
    }
    const Parser parser(&raw, &csv_free);
    // One line feed a row, whoever wrote the file, so that rows are counted as a spreadsheet numbers them.
    const QByteArray utf8 = text->toUtf8().replace("\r\n", "\n").replace('\r', '\n');
    Collector collector;
    const auto size = std::size_t(utf8.size());
    const std::size_t parsed = csv_parse(parser.get(), utf8.constData(), size, onCell, onRow, &collector);
    if (parsed != size) {
        return Error(ErrorCode::InvalidArgument, QString::fromLatin1(csv_strerror(csv_error(parser.get()))));
    }
    csv_fini(parser.get(), onCell, onRow, &collector);
    collector.table.damaged = utf8.count('"') % 2 != 0;
    if (collector.tooLarge) {
        return Error(
            ErrorCode::TooLarge, QStringLiteral("more than %1 rows or %2 cells in one").arg(maxRows).arg(maxCells));
    }
    return collector.table;
}

} // namespace qingfeng
