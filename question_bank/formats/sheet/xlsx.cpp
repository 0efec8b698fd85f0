#include "question_bank/formats/sheet/xlsx.h"

#include "question_bank/formats/office/ooxml.h"
#include "question_bank/formats/sheet/sheet.h"
#include "question_bank/formats/sheet/xlsx_cells.h"
#include "question_bank/formats/sheet/xlsx_pictures.h"

#include <cmath>

namespace qingfeng {
namespace {

/** Column from 0 and row from 1 of "C5", "$C$5"; {-1, 0} for anything else. */
std::pair<int, qint64> parseReference(QStringView reference)
{
    int column = 0;
    qint64 row = 0;
    for (const QChar c : reference) {
        if (c == u'$') {
            continue;
        }
        const char16_t unit = c.unicode();
        if (unit >= u'A' && unit <= u'Z' && row == 0 && column < 1'000'000) {
            column = column * 26 + (unit - u'A' + 1);
        } else if (unit >= u'0' && unit <= u'9' && column > 0 && row < 10'000'000) {
            row = row * 10 + (unit - u'0');
        } else {
            return {-1, 0};
        }
    }
    return {column - 1, row};
}

struct SheetEntry
{
    QString name;
    QString relation;
    bool hidden = false;
};

class WorkbookReader
{
public:
    WorkbookReader(OoxmlPackage package, const QString &file, ImportedFile &out)
        : m_package(std::move(package))
        , m_file(file)
        , m_out(out)
        , m_pictures(m_package, out.media)
    {
    }

    Result<QList<Sheet>> read();

private:
    Result<void> readWorkbook(const QString &part);
    bool readStrings(const QString &part);
    Result<Sheet> readSheet(const QString &part, const SheetEntry &entry);
    void readCell(QXmlStreamReader &xml, SheetRow &row, int &column, Sheet &sheet);
    void readMerged(const QXmlStreamReader &xml, Sheet &sheet) const;
    SheetCell convert(const QString &type, int style, const QString &value) const;
    static QString readText(QXmlStreamReader &xml);
    QString place(const QString &part) const { return m_file + QLatin1Char('!') + part; }

    OoxmlPackage m_package;
    const QString m_file;
    ImportedFile &m_out;
    XlsxPictures m_pictures;
    QList<SheetEntry> m_entries;
    QStringList m_strings;
    QList<CellStyle> m_styles;
    bool m_since1904 = false;
    bool m_tooWide = false;
};

Result<void> WorkbookReader::readWorkbook(const QString &part)
{
    const auto bytes = m_package.read(part);
    if (!bytes) {
        return bytes.error();
    }
    QXmlStreamReader xml(*bytes);
    eachElement(xml, [&] {
        if (xml.name() == QLatin1String("workbookPr")) {
            const QString value = attribute(xml, u"date1904");
            m_since1904 = value == QLatin1String("1") || value == QLatin1String("true");
        } else if (xml.name() == QLatin1String("sheet")) {
            const QString state = attribute(xml, u"state");
            m_entries.append({attribute(xml, u"name"), attribute(xml, u"id"),
                state == QLatin1String("hidden") || state == QLatin1String("veryHidden")});
        }
    });
    if (xml.hasError()) {
        return Error(ErrorCode::Corrupt, QStringLiteral("工作簿已损坏，请用 Excel 打开后另存"), part);
    }
    return {};
}

/** The text of <si> or <is>: runs joined, without the phonetic reading. */
QString WorkbookReader::readText(QXmlStreamReader &xml)
{
    QString text;
    eachElement(xml, [&] {
        if (xml.name() == QLatin1String("rPh")) {
            xml.skipCurrentElement();
        } else if (xml.name() == QLatin1String("t")) {
            text += xml.readElementText(QXmlStreamReader::IncludeChildElements);
        }
    });
    return unescapedText(text);
}

bool WorkbookReader::readStrings(const QString &part)
{
    const auto bytes = m_package.read(part);
    if (!bytes) {
        return false;
    }
    QXmlStreamReader xml(*bytes);
    eachElement(xml, [&] {
        if (xml.name() == QLatin1String("si")) {
            m_strings.append(readText(xml));
        }
    });
    return !xml.hasError();
}

SheetCell WorkbookReader::convert(const QString &type, int style, const QString &value) const
{
    if (type == QLatin1String("s")) {
        bool ok = false;
        const qsizetype index = value.toInt(&ok);
        if (!ok || index < 0 || index >= m_strings.size()) {
            return {QStringLiteral("#共享字符串%1").arg(value.left(20)), SheetCell::Kind::Error};
        }
        return {m_strings.at(index), SheetCell::Kind::Text};
    }
    if (type == QLatin1String("b")) {
        return {value == QLatin1String("1") ? QStringLiteral("TRUE") : QStringLiteral("FALSE"),
            SheetCell::Kind::Boolean};
    }
    if (type == QLatin1String("e")) {
        return {value, SheetCell::Kind::Error};
    }
    if (type == QLatin1String("d")) {
        return {QString(value).replace(QLatin1Char('T'), QLatin1Char(' ')), SheetCell::Kind::Date};
    }
    bool ok = false;
    const double number = value.toDouble(&ok);
    if (type == QLatin1String("str") || !ok || !std::isfinite(number)) {
        return {unescapedText(value), SheetCell::Kind::Text};
    }
    const CellStyle shown = m_styles.value(style);
    switch (shown.form) {
    case NumberForm::Date:
    case NumberForm::DateTime:
    case NumberForm::Time:
        return {dateText(number, shown.form, m_since1904), SheetCell::Kind::Date};
    case NumberForm::Percent:
        return {QString::number(number * 100, 'f', shown.digits) + QLatin1Char('%'), SheetCell::Kind::Number};
    case NumberForm::Padded:
        return {plainNumber(number).rightJustified(std::min(shown.digits, 32), QLatin1Char('0')),
            SheetCell::Kind::Number};
    case NumberForm::General:
        break;
    }
    return {plainNumber(number), SheetCell::Kind::Number};
}

void WorkbookReader::readCell(QXmlStreamReader &xml, SheetRow &row, int &column, Sheet &sheet)
{
    const auto attributes = xml.attributes();
    QString type;
    int style = 0;
    int valueMetadata = 0;
    ++column;
    for (const QXmlStreamAttribute &found : attributes) {
        if (found.name() == QLatin1String("r")) {
            if (const auto reference = parseReference(found.value()); reference.first >= 0) {
                column = reference.first;
            }
        } else if (found.name() == QLatin1String("t")) {
            type = found.value().toString();
        } else if (found.name() == QLatin1String("s")) {
            style = found.value().toInt();
        } else if (found.name() == QLatin1String("vm")) {
            valueMetadata = found.value().toInt();
        }
    }
    QString value;
    QString formula;
    bool isFormula = false;
    bool isInline = false;
    eachElement(xml, [&] {
        if (xml.name() == QLatin1String("v") || xml.name() == QLatin1String("f")) {
            const bool isValue = xml.name() == QLatin1String("v");
            isFormula = isFormula || !isValue;
            (isValue ? value : formula) = xml.readElementText(QXmlStreamReader::IncludeChildElements);
        } else if (xml.name() == QLatin1String("is")) {
            isInline = true;
            value = readText(xml);
        }
    });
    if (value.isEmpty() && !isFormula) {
        return;
    }
    if (column >= maxSheetColumns) {
        m_tooWide = true;
        return;
    }
    SheetCell cell;
    if (isFormula) {
        cell = {QLatin1Char('=') + formula, SheetCell::Kind::Formula};
    } else if (isInline) {
        cell = {value, SheetCell::Kind::Text};
    } else {
        cell = convert(type, style, value);
    }
    // A picture inside the cell: what the cell says of it is not for people.
    auto picture = m_pictures.ofFormula(cell.text);
    if (!picture && cell.kind == SheetCell::Kind::Error) {
        picture = m_pictures.ofValue(valueMetadata);
    }
    if (picture) {
        picture->row = row.number;
        picture->column = column;
        sheet.pictures.append(*picture);
        cell = {};
    }
    if (row.cells.size() <= column) {
        row.cells.resize(column + 1);
    }
    row.cells[column] = cell;
}

void WorkbookReader::readMerged(const QXmlStreamReader &xml, Sheet &sheet) const
{
    const QString range = attribute(xml, u"ref");
    const auto first = parseReference(QStringView(range).left(range.indexOf(QLatin1Char(':'))));
    const auto last = parseReference(QStringView(range).mid(range.indexOf(QLatin1Char(':')) + 1));
    if (first.first >= 0 && last.first >= 0 && sheet.merged.size() < maxSheetRows) {
        sheet.merged.append({first.second, first.first + 1, last.second, last.first + 1});
    }
}

Result<Sheet> WorkbookReader::readSheet(const QString &part, const SheetEntry &entry)
{
    const auto bytes = m_package.read(part);
    if (!bytes) {
        return bytes.error();
    }
    Sheet sheet;
    sheet.name = entry.name;
    sheet.hidden = entry.hidden;
    m_tooWide = false;
    qint64 number = 0;
    bool ordered = true;
    bool tooLong = false;
    QXmlStreamReader xml(*bytes);
    eachElement(xml, [&] {
        if (xml.name() == QLatin1String("row")) {
            const qint64 said = attribute(xml, u"r").toLongLong();
            ordered = ordered && (said == 0 || said > number);
            number = said > 0 ? said : number + 1;
            SheetRow row {number, {}};
            int column = -1;
            eachElement(xml, [&] {
                if (xml.name() == QLatin1String("c")) {
                    readCell(xml, row, column, sheet);
                }
            });
            if (!row.cells.isEmpty()) {
                sheet.rows.append(row);
                tooLong = sheet.rows.size() > maxSheetRows || number > maxSheetRows;
            }
            if (tooLong) {
                xml.raiseError(QStringLiteral("rows"));
            }
        } else if (xml.name() == QLatin1String("mergeCell")) {
            readMerged(xml, sheet);
        }
    });
    if (tooLong) {
        return Error(ErrorCode::TooLarge, QStringLiteral("超过 %1 行，请拆成几个文件").arg(maxSheetRows), part);
    }
    if (xml.hasError() || !ordered) {
        m_out.rejected.append({place(part), number, entry.name,
            QStringLiteral("工作表在第 %1 行附近损坏，其后没有读取；请用 Excel 打开后另存").arg(number)});
    }
    if (m_tooWide) {
        m_out.warnings.append(
            {m_file, 0, entry.name, QStringLiteral("第 %1 列以后的内容没有读取").arg(maxSheetColumns)});
    }
    if (!sheet.hidden) {
        sheet.pictures += m_pictures.floating(part);
    }
    return sheet;
}

Result<QList<Sheet>> WorkbookReader::read()
{
    QString main = m_package.mainPart();
    if (main.isEmpty()) {
        main = QStringLiteral("xl/workbook.xml");
    }
    if (const auto workbook = readWorkbook(main); !workbook) {
        return Error(workbook.error().code(), workbook.error().detail(), place(main));
    }
    const auto relations = m_package.relationships(main);
    for (const Relationship &relation : relations) {
        if (relation.type == QLatin1String("sharedStrings") && !readStrings(relation.target)) {
            m_out.warnings.append({place(relation.target), 0, QString(),
                QStringLiteral("文字表已损坏，受影响的行会逐一列出；请用 Excel 打开后另存")});
        } else if (relation.type == QLatin1String("styles")) {
            const auto styles = m_package.read(relation.target);
            m_styles = styles ? readCellStyles(*styles) : QList<CellStyle>();
        }
    }
    m_pictures.readWorkbook(relations);
    QList<Sheet> sheets;
    for (const SheetEntry &entry : std::as_const(m_entries)) {
        const Relationship relation = relations.value(entry.relation);
        if (relation.type != QLatin1String("worksheet")) {
            m_out.warnings.append({m_file, 0, entry.name, QStringLiteral("不是表格（图表等），没有读取")});
            continue;
        }
        auto sheet = readSheet(relation.target, entry);
        if (sheet) {
            sheets.append(std::move(*sheet));
        } else {
            m_out.rejected.append({place(relation.target), 0, entry.name, sheet.error().detail()});
        }
    }
    return sheets;
}

} // namespace

ImportedFile readXlsx(const QByteArray &bytes, const QString &fileName, const ImportOptions &options)
{
    ImportedFile out;
    const auto map = columnMapOf(options, fileName, out);
    auto package = OoxmlPackage::open(bytes, QStringLiteral("Excel 工作簿（.xlsx）"));
    if (!map || !package) {
        if (!package) {
            out.rejected.append({fileName, 0, QString(), package.error().detail()});
        }
        return out;
    }
    const auto sheets = WorkbookReader(std::move(*package), fileName, out).read();
    if (!sheets) {
        out.rejected.append({sheets.error().where(), 0, QString(), sheets.error().detail()});
        return out;
    }
    readSheets(fileName, *sheets, *map, out);
    return out;
}

} // namespace qingfeng
