#include "question_bank/formats/office/docx.h"

#include "question_bank/formats/office/ooxml.h"
#include "question_bank/formats/office/ooxml_pictures.h"
#include "question_bank/formats/office/word_numbering.h"
#include "question_bank/formats/office/word_run.h"
#include "question_bank/formats/office/word_styles.h"
#include "question_bank/formats/office/word_table.h"
#include "question_bank/formats/sheet/sheet.h"
#include "question_bank/formats/typed/question_lines.h"

#include <algorithm>

#include <QSet>

namespace qingfeng {
namespace {

constexpr int maxDepth = 40; ///< of tables, text boxes and content controls inside one another
constexpr qsizetype maxParagraphs = 500'000;

class DocumentReader
{
public:
    DocumentReader(OoxmlPackage package, const QString &file, const ColumnMap &map, ImportedFile &out)
        : m_package(std::move(package))
        , m_file(file)
        , m_map(map)
        , m_out(out)
        , m_pictures(m_package, out.media)
    {
    }

    Result<void> read();

private:
    using Lines = QList<SourceLine>;

    void readFootnotes(const QByteArray &bytes);
    void readBlocks(QXmlStreamReader &xml, Lines &lines, int depth);
    void readControl(QXmlStreamReader &xml, Lines &lines, int depth);
    void readParagraph(QXmlStreamReader &xml, Lines &lines, int depth);
    void readParagraphProperties(QXmlStreamReader &xml);
    void readRun(QXmlStreamReader &xml, int depth);
    void readDrawing(QXmlStreamReader &xml, int depth);
    void readFormula(QXmlStreamReader &xml);
    void readTable(QXmlStreamReader &xml, Lines &lines, int depth);
    WordCell readCell(QXmlStreamReader &xml, int depth);
    void takeTable(const WordRows &rows, Lines &lines);
    void addPicture(const QString &relation, const QString &alt);
    void addText(const QString &text, const RunLook &look);
    QString automaticNumber();
    void warnOnce(const QString &reason);
    void skip(QXmlStreamReader &xml) { xml.skipCurrentElement(); }

    OoxmlPackage m_package;
    const QString m_file;
    const ColumnMap &m_map;
    ImportedFile &m_out;
    OoxmlPictures m_pictures;
    QHash<QString, Relationship> m_relations;
    WordStyles m_styles;
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

void DocumentReader::readFootnotes(const QByteArray &bytes)
{
    QXmlStreamReader xml(bytes);
    QString id;
    eachElement(xml, [&] {
        if (xml.name() == QLatin1String("footnote") || xml.name() == QLatin1String("endnote")) {
            id = xml.name().toString() + attribute(xml, u"id");
        } else if (xml.name() == QLatin1String("t")) {
            m_footnotes[id] += xml.readElementText(QXmlStreamReader::IncludeChildElements);
        }
    });
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
    const auto taken = m_pictures.take(m_relations.value(relation));
    if (!taken.problem.isEmpty()) {
        m_out.warnings.append({m_file, m_number, QString(), taken.problem});
        return;
    }
    m_line.pictures.append({m_line.text.size(), {taken.media, alt}});
}

/** A picture, a text box, or both; of two forms of one thing only the first. */
void DocumentReader::readDrawing(QXmlStreamReader &xml, int depth)
{
    QString alt;
    eachElement(xml, [&] {
        if (xml.name() == QLatin1String("Fallback")) {
            skip(xml);
            return;
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
            return; // readBlocks() has read its end
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
    });
}

void DocumentReader::readFormula(QXmlStreamReader &xml)
{
    m_line.text += xml.readElementText(QXmlStreamReader::IncludeChildElements).simplified();
    warnOnce(QStringLiteral("公式只读入了其中的文字，请核对，或改为图片"));
}

void DocumentReader::readRun(QXmlStreamReader &xml, int depth)
{
    RunLook look;
    eachElement(xml, [&] {
        const auto name = xml.name();
        if (name == QLatin1String("rPr")) {
            look = readRunLook(xml);
            if (look.hidden) {
                warnOnce(QStringLiteral("有隐藏的文字，也读入了，请核对"));
            }
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
            const QString sign = wordSign(attribute(xml, u"char"));
            if (sign.isEmpty()) {
                warnOnce(QStringLiteral("有的特殊符号没有读入，请改为普通文字"));
            }
            m_line.text += sign;
            skip(xml);
        } else if (name == QLatin1String("drawing") || name == QLatin1String("pict")
            || name == QLatin1String("object")) {
            readDrawing(xml, depth);
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
        } else if (name != QLatin1String("AlternateContent") && name != QLatin1String("Choice")
            && name != QLatin1String("ruby") && name != QLatin1String("rubyBase")) {
            skip(xml);
        }
    });
}

void DocumentReader::readParagraphProperties(QXmlStreamReader &xml)
{
    eachElement(xml, [&] {
        if (xml.name() == QLatin1String("rPr") || xml.name() == QLatin1String("pPrChange")) {
            skip(xml);
            return;
        }
        if (xml.name() == QLatin1String("pStyle")) {
            m_style = attribute(xml, u"val");
        } else if (xml.name() == QLatin1String("numId")) {
            m_list = attribute(xml, u"val");
            m_ownList = true;
        } else if (xml.name() == QLatin1String("ilvl")) {
            m_level = attribute(xml, u"val").toInt();
        }
    });
}

/** The paragraph's number by itself or by its style; a list "0" means none. */
QString DocumentReader::automaticNumber()
{
    const WordStyles::ListLevel list
        = m_ownList || !m_list.isEmpty() ? WordStyles::ListLevel {m_list, m_level} : m_styles.listOf(m_style, m_level);
    return list.list.isEmpty() || list.list == QLatin1String("0") ? QString() : m_numbering.next(list.list, list.level);
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
    eachElement(xml, [&] {
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
        } else if (name == QLatin1String("oMath") || name == QLatin1String("oMathPara")) {
            readFormula(xml);
        } else if (name == QLatin1String("sdtPr") || name == QLatin1String("Fallback")) {
            skip(xml);
        } // of hyperlinks, fields and content controls, what is inside counts
    });
    const QString styleName = m_styles.nameOf(m_style);
    if (styleName.startsWith(QLatin1String("toc ")) || styleName == QLatin1String("toc heading")) {
        if (!m_line.text.trimmed().isEmpty()) {
            m_out.warnings.append(
                {m_file, m_number, QString(), QStringLiteral("是目录，没有读取：") + m_line.text.trimmed().left(60)});
        }
        return;
    }
    if (const QString number = m_line.text.trimmed().isEmpty() && m_line.pictures.isEmpty() ? QString() : automaticNumber();
        !number.isEmpty()) {
        prefixLine(m_line, number + QLatin1Char(' '));
    }
    lines += cutAtBreaks(m_line); // soft line breaks make lines of their own
    lines += m_boxed;
    m_boxed.clear();
}

WordCell DocumentReader::readCell(QXmlStreamReader &xml, int depth)
{
    WordCell cell;
    eachElement(xml, [&] {
        if (xml.name() == QLatin1String("p")) {
            readParagraph(xml, cell.lines, depth);
        } else if (xml.name() == QLatin1String("tbl")) {
            readTable(xml, cell.lines, depth + 1);
        } else if (xml.name() == QLatin1String("gridSpan")) {
            cell.span = std::clamp(attribute(xml, u"val").toInt(), 1, maxSheetColumns);
        } else if (xml.name() == QLatin1String("vMerge")) {
            cell.continues = attribute(xml, u"val") != QLatin1String("restart");
        }
    });
    return cell;
}

void DocumentReader::readTable(QXmlStreamReader &xml, Lines &lines, int depth)
{
    if (depth > maxDepth) {
        warnOnce(QStringLiteral("嵌套过深的表格没有读取"));
        skip(xml);
        return;
    }
    WordRows rows;
    eachElement(xml, [&] {
        if (xml.name() == QLatin1String("tc")) {
            if (rows.isEmpty()) {
                rows.append(QList<WordCell>());
            }
            rows.last().append(readCell(xml, depth));
            return;
        }
        if (xml.name() == QLatin1String("tr")) {
            rows.append(QList<WordCell>());
        }
    });
    takeTable(rows, lines);
}

/** Questions, when it is laid out as a table of questions; else its cells are lines, as when options stand in it. */
void DocumentReader::takeTable(const WordRows &rows, Lines &lines)
{
    const Sheet sheet = sheetOf(rows, QStringLiteral("表格%1").arg(++m_tables));
    if (isQuestionSheet(sheet, m_map)) {
        readSheets(m_file, {sheet}, m_map, m_out);
    } else {
        lines += linesOf(rows);
    }
}

/** A content control; the one that holds the table of contents is passed over. */
void DocumentReader::readControl(QXmlStreamReader &xml, Lines &lines, int depth)
{
    bool contents = false;
    eachElement(xml, [&] {
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
            return;
        }
    });
}

/** Paragraphs and tables up to the end of the element that the reader stands in. */
void DocumentReader::readBlocks(QXmlStreamReader &xml, Lines &lines, int depth)
{
    if (depth > maxDepth) {
        warnOnce(QStringLiteral("嵌套过深的内容没有读取"));
        skip(xml);
        return;
    }
    eachElement(xml, [&] {
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
        }
    });
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
            m_styles.read(*part);
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
