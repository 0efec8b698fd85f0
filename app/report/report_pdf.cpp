#include "app/report/report_pdf.h"

#include "app/report/page_canvas.h"
#include "app/report/report_charts.h"

#include <algorithm>
#include <numeric>

#include <QBuffer>
#include <QGuiApplication>
#include <QRawFont>

namespace qingfeng {
namespace {

void drawCover(PageCanvas &canvas, const Report &report)
{
    const Colours &c = canvas.colours();
    canvas.painter().fillRect(QRectF(canvas.left(), canvas.y(), 36 * point, 4 * point), c.accent);
    canvas.skip(84 * point);
    canvas.write(report.title, canvas.font(28, true), c.ink);
    canvas.skip(6 * point);
    canvas.write(report.subject, canvas.font(17), c.accent);
    canvas.skip(40 * point);
    const double nameWidth = 84 * point;
    const double valueWidth = canvas.width() - nameWidth;
    const QFont body = canvas.font(10.5);
    for (const auto &[name, value] : report.cover) {
        const double height = canvas.heightOf(value, body, valueWidth) + 10 * point;
        canvas.need(height);
        canvas.draw(
            QRectF(canvas.left(), canvas.y() + 5 * point, nameWidth, height), name, body, c.secondary);
        canvas.draw(QRectF(canvas.left() + nameWidth, canvas.y() + 5 * point, valueWidth, height), value,
            body, c.ink);
        canvas.skip(height);
        canvas.hairLine(canvas.y());
    }
    canvas.skip(28 * point);
    canvas.write(report.summary, canvas.font(11), c.ink);
}

void drawHeading(PageCanvas &canvas, const QString &title, const QString &note)
{
    canvas.need(80 * point); // not alone at the foot of a page
    canvas.skip(18 * point);
    canvas.write(title, canvas.font(14, true), canvas.colours().ink);
    canvas.skip(2 * point);
    canvas.write(note, canvas.font(9), canvas.colours().secondary);
    canvas.skip(8 * point);
}

void drawFigures(PageCanvas &canvas, const QList<ReportFigure> &figures)
{
    constexpr int perRow = 4;
    const double width = canvas.width() / perRow;
    const double height = 44 * point;
    for (qsizetype i = 0; i < figures.size(); ++i) {
        const qsizetype column = i % perRow;
        if (column == 0) {
            canvas.need(height);
        }
        const double x = canvas.left() + double(column) * width;
        canvas.draw(QRectF(x, canvas.y(), width, 22 * point), textOf(figures.at(i).value, figures.at(i).kind),
            canvas.font(16), canvas.colours().accent, Qt::AlignLeft | Qt::AlignVCenter);
        canvas.draw(QRectF(x, canvas.y() + 22 * point, width, 14 * point), figures.at(i).name, canvas.font(9),
            canvas.colours().secondary, Qt::AlignLeft | Qt::AlignTop);
        if (column == perRow - 1 || i == figures.size() - 1) {
            canvas.skip(height);
        }
    }
}

/** A table with its columns laid out; rows break between pages, and the header comes again. */
class TablePainter
{
public:
    TablePainter(PageCanvas &canvas, const ReportTable &table)
        : m_canvas(canvas)
        , m_table(table)
    {
        const int all = std::accumulate(table.columns.cbegin(), table.columns.cend(), 0,
            [](int sum, const ReportColumn &column) { return sum + column.width; });
        for (const ReportColumn &column : table.columns) {
            m_widths.append(canvas.width() * column.width / std::max(all, 1));
        }
    }

    void draw()
    {
        if (m_table.rows.isEmpty()) {
            m_canvas.write(
                QStringLiteral("本期没有可列的内容。"), m_canvas.font(9), m_canvas.colours().secondary);
            return;
        }
        drawHeader();
        m_canvas.setRepeated([this] { drawHeader(); });
        for (const QVariantList &row : m_table.rows) {
            QStringList cells;
            for (qsizetype i = 0; i < row.size(); ++i) {
                cells.append(textOf(row.at(i), m_table.columns.at(i).kind));
            }
            drawRow(cells, m_canvas.font(8.5), m_canvas.colours().ink);
        }
        m_canvas.setRepeated({});
    }

private:
    void drawHeader()
    {
        QStringList names;
        for (const ReportColumn &column : m_table.columns) {
            names.append(column.name);
        }
        drawRow(names, m_canvas.font(8.5, true), m_canvas.colours().secondary, true);
    }

    void drawRow(const QStringList &cells, const QFont &font, const QColor &colour, bool header = false)
    {
        const double gap = 4 * point;
        double height = 0;
        for (qsizetype i = 0; i < cells.size(); ++i) {
            height = std::max(height, m_canvas.heightOf(cells.at(i), font, m_widths.at(i) - 2 * gap));
        }
        height += 2 * gap;
        if (!header) {
            m_canvas.need(height);
        } else {
            m_canvas.painter().fillRect(QRectF(m_canvas.left(), m_canvas.y(), m_canvas.width(), height),
                m_canvas.colours().accentSoft);
        }
        double x = m_canvas.left();
        for (qsizetype i = 0; i < cells.size(); ++i) {
            const ValueKind kind = m_table.columns.at(i).kind;
            const bool isNumber = kind == ValueKind::Number || kind == ValueKind::Percent;
            m_canvas.draw(QRectF(x + gap, m_canvas.y() + gap, m_widths.at(i) - 2 * gap, height), cells.at(i),
                font, colour, (isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignTop);
            x += m_widths.at(i);
        }
        m_canvas.skip(height);
        m_canvas.hairLine(m_canvas.y());
    }

    PageCanvas &m_canvas;
    const ReportTable &m_table;
    QList<double> m_widths;
};

struct BlockPainter
{
    PageCanvas &canvas;

    void operator()(const ReportTable &table) const
    {
        drawHeading(canvas, table.title, table.note);
        TablePainter(canvas, table).draw();
    }
    void operator()(const ReportLine &line) const
    {
        drawHeading(canvas, line.title, line.note);
        drawLineChart(canvas, line);
    }
    void operator()(const ReportBars &bars) const
    {
        drawHeading(canvas, bars.title, bars.note);
        drawBarChart(canvas, bars);
    }
    void operator()(const ReportCalendar &calendar) const
    {
        drawHeading(canvas, calendar.title, calendar.note);
        drawCalendar(canvas, calendar);
    }
};

void drawEnd(PageCanvas &canvas, const Report &report)
{
    const Colours &c = canvas.colours();
    drawHeading(canvas, QStringLiteral("说明"), {});
    for (const QString &note : report.notes) {
        canvas.write(QStringLiteral("· ") + note, canvas.font(9), c.secondary);
        canvas.skip(3 * point);
    }
    const double line = 30 * point;
    double room = 20 * point;
    for (const auto &[label, lines] : report.signatures) {
        room += lines * line;
    }
    canvas.need(room); // on one page
    canvas.skip(20 * point);
    const double labelWidth = 0.38 * canvas.width();
    for (const auto &[label, lines] : report.signatures) {
        canvas.draw(QRectF(canvas.left(), canvas.y(), labelWidth, line), label, canvas.font(10.5), c.ink,
            Qt::AlignLeft | Qt::AlignBottom);
        canvas.skip(lines * line);
        canvas.painter().setPen(QPen(c.secondary, 0.5 * point));
        canvas.painter().drawLine(QPointF(canvas.left() + labelWidth, canvas.y()),
            QPointF(canvas.left() + canvas.width(), canvas.y()));
    }
}

/** Draws everything and returns how many pages it took; 0 when the device gave up. */
int drawReport(const Report &report, int pages, QByteArray &bytes)
{
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(report.title + QStringLiteral(" · ") + report.subject);
    writer.setCreator(QStringLiteral("Qingfeng " QF_VERSION));
    PageCanvas canvas(writer, report.title + QStringLiteral(" · ") + report.subject, pages);
    drawCover(canvas, report);
    canvas.newPage();
    drawHeading(canvas, QStringLiteral("概要"), {});
    drawFigures(canvas, report.figures);
    for (const ReportBlock &block : report.blocks) {
        std::visit(BlockPainter{canvas}, block);
    }
    drawEnd(canvas, report);
    return canvas.end() ? canvas.page() : 0;
}

/**
 * Characters that share a glyph with one that Qt finds first: radicals and blanks. Asked of the font itself,
 * for Unicode decomposes only some of them.
 */
QHash<char16_t, char16_t> meantCharacters()
{
    QHash<char16_t, char16_t> meant{{u'\t', u' '}, {u'\u00A0', u' '}};
    for (const bool bold : {false, true}) {
        QFont font;
        font.setFamilies(fontFamilies());
        font.setBold(bold);
        const QRawFont raw = QRawFont::fromFont(font, QFontDatabase::SimplifiedChinese);
        QString ideographs;
        for (char16_t c = 0x4E00; c <= 0x9FFF; ++c) {
            ideographs.append(QChar(c));
        }
        QHash<quint32, char16_t> ofGlyph;
        const QList<quint32> glyphs = raw.glyphIndexesForString(ideographs);
        for (qsizetype i = glyphs.size() - 1; i >= 0; --i) {
            ofGlyph.insert(glyphs.at(i), ideographs.at(i).unicode());
        }
        for (char16_t radical = 0x2E80; radical <= 0x2FDF; ++radical) {
            const quint32 glyph = raw.glyphIndexesForString(QString(QChar(radical))).value(0);
            if (glyph != 0 && ofGlyph.contains(glyph)) {
                meant.insert(radical, ofGlyph.value(glyph));
            }
        }
    }
    return meant;
}

} // namespace

Result<QByteArray> reportPdf(const Report &report, const PdfAttachment &attachment)
{
    QByteArray bytes;
    const int pages = drawReport(report, 0, bytes);
    bytes.clear();
    if (pages == 0 || drawReport(report, pages, bytes) != pages) {
        return Error(ErrorCode::Internal, QStringLiteral("the pages cannot be drawn"), QStringLiteral("pdf"));
    }
    return finishPdf(bytes, meantCharacters(), attachment);
}

std::unique_ptr<QCoreApplication> makeDrawingApplication(int &argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    return std::make_unique<QGuiApplication>(argc, argv);
}

} // namespace qingfeng
