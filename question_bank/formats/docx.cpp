#include "question_bank/formats/docx.h"

#include "question_bank/formats/ooxml.h"
#include "question_bank/formats/question_lines.h"
#include "question_bank/formats/question_text.h"
#include "question_bank/formats/sheet.h"
#include "question_bank/formats/word_numbering.h"

#include <algorithm>

#include <QRegularExpression>
#include <QSet>

namespace qingfeng {
namespace {

constexpr int maxDepth = 40; ///< of tables, text boxes and content controls inside one another
constexpr qsizetype maxParagraphs = 500'000;

struct ParagraphStyle
{
    QString name;
    QString basedOn;
    QString list;
    int level = 0;
};

/** How a run is set off. */
struct RunLook
{
    QStringList kinds;
    bool underlined = false;
};

struct TableCell
{
    QList<SourceLine> lines;
    int span = 1;
    bool continues = false; ///< merged with the cell above
};

class DocumentReader
{
public:
    DocumentReader(OoxmlPackage package, const QString &file, const ColumnMap &map, ImportedFile &out)
        : m_package(std::move(package))
        , m_file(file)
        , m_map(map)
        , m_out(out)
    {
    }

    Result<void> read();

private:
    using Lines = QList<SourceLine>;

    void readStyles(const QByteArray &bytes);
    void readFootnotes(const QByteArray &bytes);
    void readBlocks(QXmlStreamReader &xml, Lines &lines, int depth);
    void readControl(QXmlStreamReader &xml, Lines &lines, int depth);
    void readParagraph(QXmlStreamReader &xml, Lines &lines, int depth);
    void readParagraphProperties(QXmlStreamReader &xml);
    void readRun(QXmlStreamReader &xml, int depth);
    RunLook readLook(QXmlStreamReader &xml);
    void readDrawing(QXmlStreamReader &xml, int depth);
    void readFormula(QXmlStreamReader &xml);
    void readTable(QXmlStreamReader &xml, Lines &lines, int depth);
    TableCell readCell(QXmlStreamReader &xml, int depth);
    void takeTable(const QList<QList<TableCell>> &rows, Lines &lines);
    void addPicture(const QString &relation, const QString &alt);
    void addText(const QString &text, const RunLook &look);
    QString automaticNumber();
    void warnOnce(const QString &reason);
    void skip(QXmlStreamReader &xml) { xml.skipCurrentElement(); }

    OoxmlPackage m_package;
    const QString m_file;
    const ColumnMap &m_map;
    ImportedFile &m_out;
    QHash<QString, Relationship> m_relations;
    QHash<QString, ParagraphStyle> m_styles;
    QHash<QString, QString> m_footnotes;
    WordNumbering m_numbering;
    QHash<QString, qsizetype> m_warned; ///< reason → index of its warning
    QHash<QString, int> m_warnedTimes;
    qint64 m_paragraphs = 0;
    int m_tables = 0;

    // The paragraph being read.
    qint64 m_number = 0;
    SourceLine m_line;
    QString m_style;
    QString m_list;
    int m_level = 0;
    bool m_ownList = false;
    Lines m_boxed; ///< text boxes anchored in it
};

/** What happens all over a document is said once, at its first place, with how often. */
void DocumentReader::warnOnce(const QString &reason)
{
    const auto known = m_warned.constFind(reason);
    const int times = ++m_warnedTimes[reason];
    if (known == m_warned.cend()) {
        m_warned.insert(reason, m_out.warnings.size());
        m_out.warnings.append({m_file, m_number, QString(), reason});
    } else {
        m_out.warnings[*known].reason = reason + QStringLiteral("（共 %1 处）").arg(times);
    }
}

void DocumentReader::readStyles(const QByteArray &bytes)
{
    QXmlStreamReader xml(bytes);
    QString id;
    while (!xml.atEnd()) {
        if (nextToken(xml) != QXmlStreamReader::StartElement) {
            continue;
        }
        if (xml.name() == QLatin1String("style")) {
            id = attribute(xml, u"styleId");
            m_styles.insert(id, {});
        } else if (id.isEmpty()) {
            continue;
        } else if (xml.name() == QLatin1String("name")) {
            m_styles[id].name = attribute(xml, u"val").toLower();
        } else if (xml.name() == QLatin1String("basedOn")) {
            m_styles[id].basedOn = attribute(xml, u"val");
        } else if (xml.name() == QLatin1String("numId")) {
            m_styles[id].list = attribute(xml, u"val");
        } else if (xml.name() == QLatin1String("ilvl")) {
            m_styles[id].level = attribute(xml, u"val").toInt();
        }
    }
}

void DocumentReader::readFootnotes(const QByteArray &bytes)
{
    QXmlStreamReader xml(bytes);
    QString id;
    while (!xml.atEnd()) {
        if (nextToken(xml) != QXmlStreamReader::StartElement) {
            continue;
        }
        if (xml.name() == QLatin1String("footnote") || xml.name() == QLatin1String("endnote")) {
            id = xml.name().toString() + attribute(xml, u"id");
        } else if (xml.name() == QLatin1String("t")) {
            m_footnotes[id] += xml.readElementText(QXmlStreamReader::IncludeChildElements);
        }
    }
}

void DocumentReader::addText(const QString &text, const RunLook &look)
{
    for (const QString &kind : look.kinds) {
        m_line.marks.append({m_line.text.size(), text.size(), kind});
    }
    m_line.text += text;
}

void DocumentReader::addPicture(const QString &relation, const QString &alt)
{
    const Relationship target = m_relations.value(relation);
    if (target.target.isEmpty()) {
        warnOnce(QStringLiteral("链接到文件以外的图片没有读入，请改为嵌入"));
        return;
    }
    const auto bytes = m_package.read(target.target);
    const QString name = bytes ? pictureName(*bytes) : QString();
    if (name.isEmpty()) {
        warnOnce(QStringLiteral("有的图片不是 PNG 或 JPEG，没有读入；请另存为图片后重新插入"));
        return;
    }
    m_out.media.insert(name, *bytes);
    m_line.pictures.append({m_line.text.size(), {name, alt}});
}

/** A picture, a text box, or both; of two forms of one thing only the first. */
void DocumentReader::readDrawing(QXmlStreamReader &xml, int depth)
{
    QString alt;
    for (int inside = 1; inside > 0 && !xml.atEnd();) {
        const auto token = nextToken(xml);
        if (token == QXmlStreamReader::EndElement) {
            --inside;
            continue;
        }
        if (token != QXmlStreamReader::StartElement) {
            continue;
        }
        if (xml.name() == QLatin1String("Fallback")) {
            skip(xml);
            continue;
        }
        if (xml.name() == QLatin1String("txbxContent")) {
            // The box has paragraphs of its own; this one goes on after it.
            const SourceLine line = m_line;
            const QString style = m_style;
            const QString list = m_list;
            const int level = m_level;
            const bool ownList = m_ownList;
            const qint64 number = m_number;
            const Lines before = std::exchange(m_boxed, {});
            Lines box;
            warnOnce(QStringLiteral("文本框里的内容接在所在段落之后读取，请核对"));
            readBlocks(xml, box, depth + 1);
            m_line = line;
            m_style = style;
            m_list = list;
            m_level = level;
            m_ownList = ownList;
            m_number = number;
            m_boxed = before + box;
            continue; // readBlocks() has read its end
        }
        if (xml.name() == QLatin1String("docPr") || xml.name() == QLatin1String("cNvPr")) {
            const QString text = attribute(xml, u"descr");
            alt = text.isEmpty() ? alt : text;
        } else if (xml.name() == QLatin1String("blip")) {
            addPicture(attribute(xml, u"embed"), alt);
        } else if (xml.name() == QLatin1String("imagedata")) {
            addPicture(attribute(xml, u"id"), attribute(xml, u"title"));
        } else if (xml.name() == QLatin1String("chart") || xml.name() == QLatin1String("OLEObject")) {
            warnOnce(QStringLiteral("图表或嵌入对象没有读入，请改为图片"));
        }
        ++inside;
    }
}

void DocumentReader::readFormula(QXmlStreamReader &xml)
{
    for (int inside = 1; inside > 0 && !xml.atEnd();) {
        const auto token = nextToken(xml);
        inside += token == QXmlStreamReader::StartElement;
        inside -= token == QXmlStreamReader::EndElement;
        if (token == QXmlStreamReader::Characters && !xml.isWhitespace()) {
            m_line.text += xml.text();
        }
    }
    warnOnce(QStringLiteral("公式只读入了其中的文字，请核对，或改为图片"));
}

RunLook DocumentReader::readLook(QXmlStreamReader &xml)
{
    RunLook look;
    for (int inside = 1; inside > 0 && !xml.atEnd();) {
        const auto token = nextToken(xml);
        if (token == QXmlStreamReader::EndElement) {
            --inside;
            continue;
        }
        if (token != QXmlStreamReader::StartElement) {
            continue;
        }
        ++inside;
        const QString value = attribute(xml, u"val");
        if (xml.name() == QLatin1String("b") && isOn(xml)) {
            look.kinds.append(QStringLiteral("加粗"));
        } else if (xml.name() == QLatin1String("u") && isOn(xml) && !value.isEmpty()) {
            look.underlined = true;
            look.kinds.append(QStringLiteral("下划线"));
        } else if (xml.name() == QLatin1String("color") && value != QLatin1String("auto")
            && value != QLatin1String("000000") && !value.isEmpty()) {
            look.kinds.append(QStringLiteral("颜色 ") + value.toUpper());
        } else if (xml.name() == QLatin1String("highlight") && isOn(xml)) {
            look.kinds.append(QStringLiteral("突出显示 ") + value);
        } else if (xml.name() == QLatin1String("shd")) {
            const QString fill = attribute(xml, u"fill").toUpper();
            if (!fill.isEmpty() && fill != QLatin1String("AUTO") && fill != QLatin1String("FFFFFF")) {
                look.kinds.append(QStringLiteral("底纹 ") + fill);
            }
        } else if (xml.name() == QLatin1String("vanish") && isOn(xml)) {
            warnOnce(QStringLiteral("有隐藏的文字，也读入了，请核对"));
        }
    }
    return look;
}

void DocumentReader::readRun(QXmlStreamReader &xml, int depth)
{
    RunLook look;
    for (int inside = 1; inside > 0 && !xml.atEnd();) {
        const auto token = nextToken(xml);
        if (token == QXmlStreamReader::EndElement) {
            --inside;
            continue;
        }
        if (token != QXmlStreamReader::StartElement) {
            continue;
        }
        const auto name = xml.name();
        if (name == QLatin1String("rPr")) {
            look = readLook(xml);
        } else if (name == QLatin1String("t")) {
            QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            // Underlined spaces are how a blank is drawn.
            if (look.underlined && text.size() >= 2 && text.trimmed().isEmpty()) {
                text = QStringLiteral("____");
            }
            addText(text, look);
        } else if (name == QLatin1String("br") || name == QLatin1String("cr")) {
            const QString type = attribute(xml, u"type");
            m_line.text += type.isEmpty() || type == QLatin1String("textWrapping") ? QStringLiteral("\n") : QString();
            skip(xml);
        } else if (name == QLatin1String("tab") || name == QLatin1String("ptab")) {
            m_line.text += look.underlined ? QStringLiteral("____") : QStringLiteral("\t");
            skip(xml);
        } else if (name == QLatin1String("noBreakHyphen")) {
            m_line.text += QLatin1Char('-');
            skip(xml);
        } else if (name == QLatin1String("sym")) {
            static const QHash<QString, QString> signs {{QStringLiteral("F0FC"), QStringLiteral("√")},
                {QStringLiteral("F050"), QStringLiteral("√")}, {QStringLiteral("F052"), QStringLiteral("√")},
                {QStringLiteral("F0FE"), QStringLiteral("√")}, {QStringLiteral("F0FB"), QStringLiteral("×")},
                {QStringLiteral("F04F"), QStringLiteral("×")}, {QStringLiteral("F0FD"), QStringLiteral("×")}};
            const QString sign = signs.value(attribute(xml, u"char").toUpper());
            if (sign.isEmpty()) {
                warnOnce(QStringLiteral("有的特殊符号没有读入，请改为普通文字"));
            }
            m_line.text += sign;
            skip(xml);
        } else if (name == QLatin1String("drawing") || name == QLatin1String("pict")
            || name == QLatin1String("object")) {
            readDrawing(xml, depth);
        } else if (name == QLatin1String("AlternateContent") || name == QLatin1String("Choice")
            || name == QLatin1String("ruby") || name == QLatin1String("rubyBase")) {
            ++inside;
        } else if (name == QLatin1String("r")) {
            if (depth < maxDepth) {
                readRun(xml, depth + 1);
            } else {
                skip(xml);
            }
        } else if (name == QLatin1String("footnoteReference") || name == QLatin1String("endnoteReference")) {
            const QString kind = name == QLatin1String("footnoteReference") ? QStringLiteral("footnote")
                                                                            : QStringLiteral("endnote");
            m_out.warnings.append({m_file, m_number, QString(),
                QStringLiteral("脚注没有读入，需要时请写进题干或解析：")
                    + m_footnotes.value(kind + attribute(xml, u"id")).trimmed().left(60)});
            skip(xml);
        } else {
            skip(xml);
        }
    }
}

void DocumentReader::readParagraphProperties(QXmlStreamReader &xml)
{
    for (int inside = 1; inside > 0 && !xml.atEnd();) {
        const auto token = nextToken(xml);
        if (token == QXmlStreamReader::EndElement) {
            --inside;
            continue;
        }
        if (token != QXmlStreamReader::StartElement) {
            continue;
        }
        if (xml.name() == QLatin1String("rPr") || xml.name() == QLatin1String("pPrChange")) {
            skip(xml);
            continue;
        }
        ++inside;
        if (xml.name() == QLatin1String("pStyle")) {
            m_style = attribute(xml, u"val");
        } else if (xml.name() == QLatin1String("numId")) {
            m_list = attribute(xml, u"val");
            m_ownList = true;
        } else if (xml.name() == QLatin1String("ilvl")) {
            m_level = attribute(xml, u"val").toInt();
        }
    }
}

/** The paragraph's number by itself or by its style; a list "0" means none. */
QString DocumentReader::automaticNumber()
{
    QString list = m_list;
    int level = m_level;
    QString style = m_style;
    for (int step = 0; !m_ownList && list.isEmpty() && !style.isEmpty() && step < 10; ++step) {
        const ParagraphStyle known = m_styles.value(style);
        list = known.list;
        level = known.list.isEmpty() ? level : known.level;
        style = known.basedOn;
    }
    return list.isEmpty() || list == QLatin1String("0") ? QString() : m_numbering.next(list, level);
}

void DocumentReader::readParagraph(QXmlStreamReader &xml, Lines &lines, int depth)
{
    m_number = ++m_paragraphs;
    m_line = {m_number, QString(), {}, {}};
    m_style.clear();
    m_list.clear();
    m_level = 0;
    m_ownList = false;
    m_boxed.clear();
    for (int inside = 1; inside > 0 && !xml.atEnd();) {
        const auto token = nextToken(xml);
        if (token == QXmlStreamReader::EndElement) {
            --inside;
            continue;
        }
        if (token != QXmlStreamReader::StartElement) {
            continue;
        }
        const auto name = xml.name();
        if (name == QLatin1String("pPr")) {
            readParagraphProperties(xml);
        } else if (name == QLatin1String("r")) {
            readRun(xml, depth);
        } else if (name == QLatin1String("del") || name == QLatin1String("moveFrom")) {
            warnOnce(QStringLiteral("有未接受的修订：插入的内容已读入，删除的内容没有读入；请接受或拒绝修订后再核对"));
            skip(xml);
        } else if (name == QLatin1String("ins") || name == QLatin1String("moveTo")) {
            warnOnce(QStringLiteral("有未接受的修订：插入的内容已读入，删除的内容没有读入；请接受或拒绝修订后再核对"));
            ++inside;
        } else if (name == QLatin1String("oMath") || name == QLatin1String("oMathPara")) {
            readFormula(xml);
        } else if (name == QLatin1String("sdtPr") || name == QLatin1String("Fallback")) {
            skip(xml);
        } else {
            ++inside; // hyperlinks, fields, content controls: what is inside counts
        }
    }
    const QString styleName = m_styles.value(m_style).name;
    if (styleName.startsWith(QLatin1String("toc ")) || styleName == QLatin1String("toc heading")) {
        if (!m_line.text.trimmed().isEmpty()) {
            m_out.warnings.append(
                {m_file, m_number, QString(), QStringLiteral("是目录，没有读取：") + m_line.text.trimmed().left(60)});
        }
        return;
    }
    if (const QString number = m_line.text.trimmed().isEmpty() && m_line.pictures.isEmpty() ? QString() : automaticNumber();
        !number.isEmpty()) {
        const QString prefix = number + QLatin1Char(' ');
        m_line.text.prepend(prefix);
        for (LineMark &mark : m_line.marks) {
            mark.start += prefix.size();
        }
        for (LinePicture &picture : m_line.pictures) {
            picture.position += prefix.size();
        }
    }
    // Soft line breaks make lines of their own.
    qsizetype from = 0;
    while (true) {
        const qsizetype end = m_line.text.indexOf(QLatin1Char('\n'), from);
        const qsizetype length = (end < 0 ? m_line.text.size() : end) - from;
        SourceLine line {m_number, m_line.text.mid(from, length), {}, {}};
        for (const LineMark &mark : std::as_const(m_line.marks)) {
            const qsizetype begin = std::max(mark.start, from);
            const qsizetype stop = std::min(mark.start + mark.length, from + length);
            if (begin < stop) {
                line.marks.append({begin - from, stop - begin, mark.kind});
            }
        }
        for (const LinePicture &picture : std::as_const(m_line.pictures)) {
            if (picture.position >= from && (picture.position < from + length + 1)) {
                line.pictures.append({picture.position - from, picture.picture});
            }
        }
        lines.append(line);
        if (end < 0) {
            break;
        }
        from = end + 1;
    }
    lines += m_boxed;
    m_boxed.clear();
}

TableCell DocumentReader::readCell(QXmlStreamReader &xml, int depth)
{
    TableCell cell;
    for (int inside = 1; inside > 0 && !xml.atEnd();) {
        const auto token = nextToken(xml);
        if (token == QXmlStreamReader::EndElement) {
            --inside;
            continue;
        }
        if (token != QXmlStreamReader::StartElement) {
            continue;
        }
        if (xml.name() == QLatin1String("p")) {
            readParagraph(xml, cell.lines, depth);
        } else if (xml.name() == QLatin1String("tbl")) {
            readTable(xml, cell.lines, depth + 1);
        } else {
            ++inside;
            if (xml.name() == QLatin1String("gridSpan")) {
                cell.span = std::clamp(attribute(xml, u"val").toInt(), 1, maxSheetColumns);
            } else if (xml.name() == QLatin1String("vMerge")) {
                cell.continues = attribute(xml, u"val") != QLatin1String("restart");
            }
        }
    }
    return cell;
}

void DocumentReader::readTable(QXmlStreamReader &xml, Lines &lines, int depth)
{
    if (depth > maxDepth) {
        warnOnce(QStringLiteral("嵌套过深的表格没有读取"));
        skip(xml);
        return;
    }
    QList<QList<TableCell>> rows;
    for (int inside = 1; inside > 0 && !xml.atEnd();) {
        const auto token = nextToken(xml);
        if (token == QXmlStreamReader::EndElement) {
            --inside;
            continue;
        }
        if (token != QXmlStreamReader::StartElement) {
            continue;
        }
        if (xml.name() == QLatin1String("tc")) {
            if (rows.isEmpty()) {
                rows.append(QList<TableCell>());
            }
            rows.last().append(readCell(xml, depth));
            continue;
        }
        if (xml.name() == QLatin1String("tr")) {
            rows.append(QList<TableCell>());
        }
        ++inside;
    }
    takeTable(rows, lines);
}

/** A question a row, when it has headings; else its cells are lines, as when options stand in a table. */
void DocumentReader::takeTable(const QList<QList<TableCell>> &rows, Lines &lines)
{
    Sheet sheet;
    sheet.name = QStringLiteral("表格%1").arg(++m_tables);
    bool pictures = false;
    for (const QList<TableCell> &cells : rows) {
        SheetRow row {sheet.rows.size() + 1, {}};
        for (const TableCell &cell : cells) {
            QStringList text;
            for (const SourceLine &line : cell.lines) {
                text.append(line.text);
                pictures = pictures || !line.pictures.isEmpty();
            }
            const int column = int(row.cells.size());
            if (cell.continues && !sheet.rows.isEmpty()) {
                // The same cell as above: tell the reader as a workbook would.
                qint64 first = row.number;
                for (MergedCells &merged : sheet.merged) {
                    if (merged.firstColumn == column + 1 && merged.lastRow == row.number - 1) {
                        merged.lastRow = row.number;
                        first = 0;
                    }
                }
                if (first > 0) {
                    sheet.merged.append({row.number - 1, column + 1, row.number, column + 1});
                }
            }
            row.cells.append({text.join(QLatin1Char('\n')).trimmed(), SheetCell::Kind::Text});
            for (int i = 1; i < cell.span && row.cells.size() < maxSheetColumns; ++i) {
                row.cells.append(SheetCell {});
            }
        }
        sheet.rows.append(row);
    }
    if (isQuestionSheet(sheet, m_map)) {
        if (pictures) {
            warnOnce(QStringLiteral("表格里的图片没有读入"));
        }
        readSheets(m_file, {sheet}, m_map, m_out);
        return;
    }
    static const QRegularExpression letter(QStringLiteral("^\\s*[(（]?[A-HＡ-Ｈ][)）]?[.．、]?\\s*$"));
    for (const QList<TableCell> &cells : rows) {
        for (qsizetype i = 0; i < cells.size(); ++i) {
            Lines own = cells.at(i).lines;
            // The letter of an option in a cell of its own.
            if (own.size() == 1 && i + 1 < cells.size() && letter.match(own.first().text).hasMatch()) {
                const QString prefix = own.first().text.trimmed() + QStringLiteral(". ");
                own = cells.at(++i).lines;
                if (!own.isEmpty()) {
                    own.first().text.prepend(prefix);
                    for (LineMark &mark : own.first().marks) {
                        mark.start += prefix.size();
                    }
                }
            }
            lines += own;
        }
    }
}

/** A content control; the one that holds the table of contents is passed over. */
void DocumentReader::readControl(QXmlStreamReader &xml, Lines &lines, int depth)
{
    bool contents = false;
    for (int inside = 1; inside > 0 && !xml.atEnd();) {
        const auto token = nextToken(xml);
        if (token == QXmlStreamReader::EndElement) {
            --inside;
            continue;
        }
        if (token != QXmlStreamReader::StartElement) {
            continue;
        }
        if (xml.name() == QLatin1String("docPartGallery")) {
            contents = attribute(xml, u"val") == QLatin1String("Table of Contents");
        }
        if (xml.name() == QLatin1String("sdtContent")) {
            Lines inner;
            readBlocks(xml, inner, depth + 1);
            for (const SourceLine &line : std::as_const(inner)) {
                if (!contents) {
                    lines.append(line);
                } else if (!line.text.trimmed().isEmpty()) {
                    m_out.warnings.append({m_file, line.number, QString(),
                        QStringLiteral("是目录，没有读取：") + line.text.trimmed().left(60)});
                }
            }
            continue;
        }
        ++inside;
    }
}

/** Paragraphs and tables up to the end of the element that the reader stands in. */
void DocumentReader::readBlocks(QXmlStreamReader &xml, Lines &lines, int depth)
{
    if (depth > maxDepth) {
        warnOnce(QStringLiteral("嵌套过深的内容没有读取"));
        skip(xml);
        return;
    }
    for (int inside = 1; inside > 0 && !xml.atEnd();) {
        const auto token = nextToken(xml);
        if (token == QXmlStreamReader::EndElement) {
            --inside;
            continue;
        }
        if (token != QXmlStreamReader::StartElement) {
            continue;
        }
        if (m_paragraphs > maxParagraphs) {
            xml.raiseError(QStringLiteral("paragraphs"));
        } else if (xml.name() == QLatin1String("p")) {
            readParagraph(xml, lines, depth);
        } else if (xml.name() == QLatin1String("tbl")) {
            readTable(xml, lines, depth);
        } else if (xml.name() == QLatin1String("sdt")) {
            readControl(xml, lines, depth);
        } else if (xml.name() == QLatin1String("del") || xml.name() == QLatin1String("moveFrom")
            || xml.name() == QLatin1String("sectPr") || xml.name() == QLatin1String("Fallback")) {
            skip(xml);
        } else {
            ++inside;
        }
    }
}

Result<void> DocumentReader::read()
{
    QString main = m_package.mainPart();
    if (main.isEmpty()) {
        main = QStringLiteral("word/document.xml");
    }
    const auto bytes = m_package.read(main);
    if (!bytes) {
        return Error(bytes.error().code(), QStringLiteral("Word 文档缺少正文，请用 Word 打开后另存"), m_file);
    }
    m_relations = m_package.relationships(main);
    for (const Relationship &relation : std::as_const(m_relations)) {
        const bool wanted = relation.type == QLatin1String("styles") || relation.type == QLatin1String("numbering")
            || relation.type == QLatin1String("footnotes") || relation.type == QLatin1String("endnotes");
        const auto part = wanted ? m_package.read(relation.target) : Result<QByteArray>(QByteArray());
        if (!part) {
            m_out.warnings.append({m_file + QLatin1Char('!') + relation.target, 0, QString(),
                QStringLiteral("这一部分已损坏，样式、编号或脚注可能不全，请核对")});
        } else if (relation.type == QLatin1String("styles")) {
            readStyles(*part);
        } else if (relation.type == QLatin1String("numbering")) {
            m_numbering.read(*part);
        } else if (wanted) {
            readFootnotes(*part);
        }
    }
    QXmlStreamReader xml(*bytes);
    Lines lines;
    bool found = false;
    while (!xml.atEnd()) {
        if (nextToken(xml) == QXmlStreamReader::StartElement && xml.name() == QLatin1String("body")) {
            found = true;
            readBlocks(xml, lines, 0);
        }
    }
    if (!found && !xml.hasError()) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("里面没有 Word 正文，可能是别种文件"), m_file);
    }
    if (m_paragraphs > maxParagraphs) {
        return Error(ErrorCode::TooLarge, QStringLiteral("超过 %1 段，请拆成几个文件").arg(maxParagraphs), m_file);
    }
    if (xml.hasError()) {
        m_out.rejected.append({m_file + QLatin1Char('!') + main, m_paragraphs, QString(),
            QStringLiteral("文档在第 %1 段附近损坏，其后没有读取；请用 Word 打开后另存").arg(m_paragraphs)});
    }
    readQuestionLines(m_file, lines, m_out);
    return {};
}

} // namespace

ImportedFile readDocx(const QByteArray &bytes, const QString &fileName, const ImportOptions &options)
{
    ImportedFile out;
    const auto map = columnMapOf(options, fileName, out);
    auto package = OoxmlPackage::open(bytes, QStringLiteral("Word 文档（.docx）"));
    if (!map || !package) {
        if (!package) {
            out.rejected.append({fileName, 0, QString(), package.error().detail()});
        }
        return out;
    }
    const auto read = DocumentReader(std::move(*package), fileName, *map, out).read();
    if (!read) {
        out.rejected.append({read.error().where(), 0, QString(), read.error().detail()});
    }
    return out;
}

} // namespace qingfeng
