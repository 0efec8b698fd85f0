#include "question_bank/formats/sheet/csv.h"

#include "question_bank/formats/sheet/field_words.h"
#include "question_bank/formats/sheet/sheet.h"
#include "question_bank/formats/source_text.h"

#include <algorithm>
#include <memory>

#include <csv.h>

namespace qingfeng {
namespace {

constexpr qint64 maxRowLines = 200; ///< a cell with more line breaks has an open quote
constexpr int maxOpenQuotes = 1000; ///< after so many the file is no CSV
constexpr qsizetype sampleLines = 60;

struct Collector
{
    QStringList cells;
    QList<QStringList> rows; ///< finished since the last look
    bool tooWide = false;
};

void onCell(void *text, std::size_t size, void *data)
{
    auto *collector = static_cast<Collector *>(data);
    if (collector->cells.size() >= maxSheetColumns) {
        collector->tooWide = true;
        return;
    }
    collector->cells.append(QString::fromUtf8(static_cast<const char *>(text), qsizetype(size)));
}

void onRow(int, void *data)
{
    auto *collector = static_cast<Collector *>(data);
    collector->rows.append(collector->cells);
    collector->cells.clear();
}

/** How well the first lines make a header row with this delimiter, and how often it occurs. */
std::pair<int, qsizetype> fitness(const QStringList &lines, char delimiter)
{
    int best = 0;
    qsizetype count = 0;
    for (const QString &line : lines) {
        int known = 0;
        const QStringList cells = line.split(QLatin1Char(delimiter));
        for (QString cell : cells) {
            known += cell.size() < 60 && knownHeading(cell.remove(QLatin1Char('"'))).has_value();
        }
        best = std::max(best, cells.size() > 1 ? known : 0);
        count += cells.size() - 1;
    }
    return {best, count};
}

/** Excel's own "sep=;" line, else the one of three that fits best. */
char findDelimiter(const QStringList &lines, const ColumnMap &map)
{
    if (!lines.isEmpty() && lines.first().size() == 5 && lines.first().startsWith(QLatin1String("sep="))) {
        return lines.first().back().toLatin1();
    }
    char best = ',';
    std::pair<int, qsizetype> most {-1, -1};
    for (const char candidate : {',', ';', '\t'}) {
        auto fit = fitness(lines, candidate);
        for (const QString &line : lines) {
            for (QString cell : line.split(QLatin1Char(candidate))) {
                fit.first += map.columns.contains(normalHeading(cell.remove(QLatin1Char('"'))));
            }
        }
        if (fit > most) {
            most = fit;
            best = candidate;
        }
    }
    return best;
}

/** Rows of a whole file, line by line, so that an open quote can be given up. */
class CsvReader
{
public:
    CsvReader(const QStringList &lines, char delimiter, const QString &file, ImportedFile &out)
        : m_lines(lines)
        , m_delimiter(delimiter)
        , m_file(file)
        , m_out(out)
    {
    }

    Result<Sheet> read();

private:
    bool start();
    bool isSwallowed(const QStringList &cells) const;
    bool giveUp();
    void take(const QStringList &cells);

    const QStringList &m_lines;
    const char m_delimiter;
    const QString m_file;
    ImportedFile &m_out;
    csv_parser m_raw {};
    std::unique_ptr<csv_parser, decltype(&csv_free)> m_parser {nullptr, &csv_free};
    Collector m_collector;
    Sheet m_sheet;
    qint64 m_row = 0; ///< last row finished
    qsizetype m_line = 0; ///< the next to read
    qsizetype m_rowStart = 0; ///< line where the row being read starts
    qsizetype m_widest = 0; ///< cells of the widest row so far
    int m_openQuotes = 0;
};

bool CsvReader::start()
{
    m_parser.reset();
    m_collector = {};
    m_raw = {};
    if (csv_init(&m_raw, CSV_REPALL_NL) != 0) {
        return false;
    }
    csv_set_delim(&m_raw, static_cast<unsigned char>(m_delimiter));
    m_parser.reset(&m_raw);
    m_rowStart = m_line;
    return true;
}

/** A row that holds a line as full as a row, and is too short or has an opening quote in that line: its own quote was closed by another's. */
bool CsvReader::isSwallowed(const QStringList &cells) const
{
    if (m_line - m_rowStart < 2 || m_widest <= 2) {
        return false;
    }
    const bool isShort = cells.size() < m_widest;
    const QString opening = QString(QLatin1Char(m_delimiter)) + QLatin1Char('"');
    return std::ranges::any_of(cells, [&](const QString &cell) {
        const QStringList lines = cell.split(QLatin1Char('\n'));
        return std::any_of(lines.cbegin() + 1, lines.cend(), [&](const QString &line) {
            const qsizetype full = line.count(QLatin1Char(m_delimiter)) + 1;
            return (isShort && full + 1 >= m_widest) || (full >= m_widest && line.contains(opening));
        });
    });
}

bool CsvReader::giveUp()
{
    ++m_row;
    m_out.rejected.append({m_file, m_row, QString(),
        QStringLiteral("引号没有成对，这一行没有读取：%1").arg(m_lines.at(m_rowStart).left(40))});
    m_line = m_rowStart + 1;
    return ++m_openQuotes <= maxOpenQuotes && start();
}

void CsvReader::take(const QStringList &cells)
{
    ++m_row;
    if (cells.isEmpty()) {
        return;
    }
    m_widest = std::max(m_widest, cells.size());
    SheetRow row {m_row, {}};
    for (const QString &cell : cells) {
        row.cells.append({cell, SheetCell::Kind::Text});
    }
    m_sheet.rows.append(row);
}

Result<Sheet> CsvReader::read()
{
    if (!start()) {
        return Error(ErrorCode::Internal, QStringLiteral("libcsv could not start"), m_file);
    }
    while (m_line < m_lines.size()) {
        const QByteArray line = m_lines.at(m_line++).toUtf8() + '\n';
        const auto size = std::size_t(line.size());
        if (csv_parse(m_parser.get(), line.constData(), size, onCell, onRow, &m_collector) != size) {
            return Error(ErrorCode::InvalidArgument,
                QStringLiteral("CSV 读取失败：") + QString::fromLatin1(csv_strerror(csv_error(m_parser.get()))),
                m_file);
        }
        const bool open = m_collector.rows.isEmpty();
        const bool lastLine = m_line == m_lines.size();
        const bool swallowed = !open && isSwallowed(m_collector.rows.first());
        if (swallowed || (open && (lastLine || m_line - m_rowStart >= maxRowLines))) {
            if (!giveUp()) {
                return Error(ErrorCode::InvalidArgument,
                    QStringLiteral("有太多没有成对的引号，请用 Excel 另存为 CSV 后再导入"), m_file);
            }
            continue;
        }
        if (!open) {
            for (const QStringList &cells : std::as_const(m_collector.rows)) {
                take(cells);
            }
            m_collector.rows.clear();
            m_rowStart = m_line;
        }
        if (m_row > maxSheetRows || m_collector.tooWide) {
            return Error(ErrorCode::TooLarge,
                QStringLiteral("超过 %1 行或 %2 列，请拆成几个文件").arg(maxSheetRows).arg(maxSheetColumns), m_file);
        }
    }
    csv_fini(m_parser.get(), onCell, onRow, &m_collector);
    return m_sheet;
}

QString quoted(const QString &text)
{
    const bool plain = std::ranges::none_of(text,
                           [](QChar c) { return c == u',' || c == u'"' || c == u'\n' || c == u'\r' || c == u'\t'; })
        && text == text.trimmed();
    if (plain) {
        return text;
    }
    QString inner = text;
    return QLatin1Char('"') + inner.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
}

} // namespace

ImportedFile readCsvQuestions(const QByteArray &bytes, const QString &fileName, const ImportOptions &options)
{
    ImportedFile out;
    const auto map = columnMapOf(options, fileName, out);
    const auto text = decodeSourceText(bytes);
    if (!map || !text) {
        if (!text) {
            out.rejected.append({fileName, 0, QString(), text.error().detail()});
        }
        return out;
    }
    QStringList lines = text->split(QLatin1Char('\n'));
    if (!lines.isEmpty() && lines.last().isEmpty()) {
        lines.removeLast();
    }
    const char delimiter = findDelimiter(lines.mid(0, sampleLines), *map);
    const auto sheet = CsvReader(lines, delimiter, fileName, out).read();
    if (!sheet) {
        out.rejected.append({fileName, 0, QString(), sheet.error().detail()});
        return out;
    }
    readSheets(fileName, {*sheet}, *map, out);
    return out;
}

QString csvLine(const QStringList &cells)
{
    QStringList written;
    for (const QString &cell : cells) {
        written.append(quoted(guarded(cell)));
    }
    return written.join(QLatin1Char(',')) + QLatin1String("\r\n");
}

Result<ExportedFile> writeCsvQuestions(const QuestionBank &bank)
{
    const QuestionTable table = toTable(bank);
    QStringList headings;
    for (const ColumnKey &key : table.columns) {
        headings.append(ownHeading(key));
    }
    QString text = QString(QChar(0xFEFF)) + csvLine(headings);
    for (const QStringList &row : table.rows) {
        text += csvLine(row);
    }
    return ExportedFile {text.toUtf8(), table.lost};
}

} // namespace qingfeng
