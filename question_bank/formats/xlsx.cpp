#include "question_bank/formats/xlsx.h"

#include "question_bank/formats/ooxml.h"
#include "question_bank/formats/sheet.h"

#include <cmath>

#include <QDateTime>
#include <QRegularExpression>

namespace qingfeng {
namespace {

/** How the number of a cell is shown. */
enum class NumberForm { General, Date, DateTime, Time, Percent, Padded };

struct CellStyle
{
    NumberForm form = NumberForm::General;
    int digits = 0; ///< after the point of a percentage; of a padded number
};

/** What a format code shows: quoted text, colours and conditions do not count. */
CellStyle styleOf(const QString &code)
{
    static const QRegularExpression ignored(QStringLiteral("\"[^\"]*\"|\\\\.|_.|\\*.|\\[(?![hHmMsS]+\\])[^\\]]*\\]"));
    static const QRegularExpression padded(QStringLiteral("^0{2,}$"));
    static const QRegularExpression decimals(QStringLiteral("\\.(0+)"));
    const QString bare = QString(code).remove(ignored).section(QLatin1Char(';'), 0, 0).toLower();
    if (bare == QLatin1String("general") || bare.contains(QLatin1Char('@'))) {
        return {};
    }
    const bool day = bare.contains(QLatin1Char('y')) || bare.contains(QLatin1Char('d'));
    const bool clock = bare.contains(QLatin1Char('h')) || bare.contains(QLatin1Char('s'));
    if (day || clock || bare.contains(QLatin1Char('m'))) {
        return {day && clock ? NumberForm::DateTime : clock ? NumberForm::Time : NumberForm::Date, 0};
    }
    if (bare.contains(QLatin1Char('%'))) {
        return {NumberForm::Percent, int(decimals.match(bare).capturedLength(1))};
    }
    if (padded.match(bare).hasMatch()) {
        return {NumberForm::Padded, int(bare.size())};
    }
    return {};
}

/** The formats that a workbook need not spell out (ECMA-376 part 1, 18.8.30), with those of Chinese Excel. */
CellStyle builtInStyle(int id)
{
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54)
        || (id >= 57 && id <= 58)) {
        return {NumberForm::Date, 0};
    }
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || (id >= 55 && id <= 56)) {
        return {NumberForm::Time, 0};
    }
    switch (id) {
    case 22:
        return {NumberForm::DateTime, 0};
    case 9:
        return {NumberForm::Percent, 0};
    case 10:
        return {NumberForm::Percent, 2};
    default:
        return {};
    }
}

QString plainNumber(double value)
{
    if (std::abs(value) < 1e15 && std::floor(value) == value) {
        return QString::number(value, 'f', 0);
    }
    return QString::number(value, 'g', 15);
}

/** A serial day as text. The 1900 system counts a 29 February that never was. */
QString dateText(double serial, NumberForm form, bool since1904)
{
    constexpr double lastSerial = 2'958'465.999'99; // 9999-12-31
    if (serial < 0 || serial > lastSerial) {
        return plainNumber(serial);
    }
    auto days = qint64(std::floor(serial));
    qint64 seconds = std::llround((serial - double(days)) * 86'400);
    if (seconds >= 86'400) {
        seconds = 0;
        ++days;
    }
    const QTime clock = QTime(0, 0).addSecs(int(seconds));
    const QString time = clock.toString(clock.second() == 0 ? QStringLiteral("HH:mm") : QStringLiteral("HH:mm:ss"));
    if (form == NumberForm::Time && days == 0) {
        return time;
    }
    if (!since1904 && days == 60) {
        return QStringLiteral("1900-02-29");
    }
    const QDate first = since1904 ? QDate(1904, 1, 1) : days < 60 ? QDate(1899, 12, 31) : QDate(1899, 12, 30);
    const QString day = first.addDays(days).toString(Qt::ISODate);
    return form != NumberForm::Date && seconds != 0 ? day + QLatin1Char(' ') + time : day;
}

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
    {
    }

    Result<QList<Sheet>> read();

private:
    Result<void> readWorkbook(const QString &part);
    bool readStrings(const QString &part);
    void readStyles(const QString &part);
    Result<Sheet> readSheet(const QString &part, const SheetEntry &entry);
    void readCell(QXmlStreamReader &xml, SheetRow &row, int &column, qint64 rowNumber);
    SheetCell convert(const QString &type, int style, const QString &value) const;
    static QString readText(QXmlStreamReader &xml);
    QString place(const QString &part) const { return m_file + QLatin1Char('!') + part; }

    OoxmlPackage m_package;
    const QString m_file;
    ImportedFile &m_out;
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
    while (!xml.atEnd()) {
        if (nextToken(xml) != QXmlStreamReader::StartElement) {
            continue;
        }
        if (xml.name() == QLatin1String("workbookPr")) {
            const QString value = attribute(xml, u"date1904");
            m_since1904 = value == QLatin1String("1") || value == QLatin1String("true");
        } else if (xml.name() == QLatin1String("sheet")) {
            const QString state = attribute(xml, u"state");
            m_entries.append({attribute(xml, u"name"), attribute(xml, u"id"),
                state == QLatin1String("hidden") || state == QLatin1String("veryHidden")});
        }
    }
    if (xml.hasError()) {
        return Error(ErrorCode::Corrupt, QStringLiteral("工作簿已损坏，请用 Excel 打开后另存"), part);
    }
    return {};
}

/** The text of <si>, <is> or <t>: runs joined, without the phonetic reading. */
QString WorkbookReader::readText(QXmlStreamReader &xml)
{
    QString text;
    int depth = 1;
    int phonetic = 0;
    bool inText = xml.name() == QLatin1String("t");
    while (depth > 0 && !xml.atEnd()) {
        switch (nextToken(xml)) {
        case QXmlStreamReader::StartElement:
            ++depth;
            phonetic += phonetic > 0 || xml.name() == QLatin1String("rPh");
            inText = xml.name() == QLatin1String("t");
            break;
        case QXmlStreamReader::EndElement:
            --depth;
            phonetic -= phonetic > 0;
            inText = false;
            break;
        case QXmlStreamReader::Characters:
            if (inText && phonetic == 0) {
                text += xml.text();
            }
            break;
        default:
            break;
        }
    }
    return unescapedText(text);
}

bool WorkbookReader::readStrings(const QString &part)
{
    const auto bytes = m_package.read(part);
    if (!bytes) {
        return false;
    }
    QXmlStreamReader xml(*bytes);
    while (!xml.atEnd()) {
        if (nextToken(xml) == QXmlStreamReader::StartElement && xml.name() == QLatin1String("si")) {
            m_strings.append(readText(xml));
        }
    }
    return !xml.hasError();
}

void WorkbookReader::readStyles(const QString &part)
{
    const auto bytes = m_package.read(part);
    if (!bytes) {
        return;
    }
    QHash<int, CellStyle> own;
    bool cellFormats = false;
    QXmlStreamReader xml(*bytes);
    while (!xml.atEnd()) {
        const auto token = nextToken(xml);
        if (xml.name() == QLatin1String("cellXfs")) {
            cellFormats = token == QXmlStreamReader::StartElement;
        } else if (token != QXmlStreamReader::StartElement) {
            continue;
        } else if (xml.name() == QLatin1String("numFmt")) {
            own.insert(attribute(xml, u"numFmtId").toInt(), styleOf(attribute(xml, u"formatCode")));
        } else if (cellFormats && xml.name() == QLatin1String("xf")) {
            const int id = attribute(xml, u"numFmtId").toInt();
            m_styles.append(own.value(id, builtInStyle(id)));
        }
    }
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

void WorkbookReader::readCell(QXmlStreamReader &xml, SheetRow &row, int &column, qint64 rowNumber)
{
    const auto attributes = xml.attributes();
    QString type;
    int style = 0;
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
        }
    }
    QString value;
    QString formula;
    bool isFormula = false;
    bool isInline = false;
    for (int depth = 1; depth > 0 && !xml.atEnd();) {
        const auto token = nextToken(xml);
        if (token == QXmlStreamReader::EndElement) {
            --depth;
        } else if (token != QXmlStreamReader::StartElement) {
            continue;
        } else if (xml.name() == QLatin1String("v") || xml.name() == QLatin1String("f")) {
            const bool isValue = xml.name() == QLatin1String("v");
            isFormula = isFormula || !isValue;
            (isValue ? value : formula) = xml.readElementText(QXmlStreamReader::IncludeChildElements);
        } else if (xml.name() == QLatin1String("is")) {
            isInline = true;
            value = readText(xml);
        } else {
            ++depth;
        }
    }
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
    if (row.cells.size() <= column) {
        row.cells.resize(column + 1);
    }
    row.number = rowNumber;
    row.cells[column] = cell;
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
    QXmlStreamReader xml(*bytes);
    while (!xml.atEnd()) {
        if (nextToken(xml) != QXmlStreamReader::StartElement) {
            continue;
        }
        if (xml.name() == QLatin1String("row")) {
            const qint64 said = attribute(xml, u"r").toLongLong();
            ordered = ordered && (said == 0 || said > number);
            number = said > 0 ? said : number + 1;
            SheetRow row;
            int column = -1;
            while (!xml.atEnd()) {
                const auto token = nextToken(xml);
                if (token == QXmlStreamReader::EndElement && xml.name() == QLatin1String("row")) {
                    break;
                }
                if (token == QXmlStreamReader::StartElement && xml.name() == QLatin1String("c")) {
                    readCell(xml, row, column, number);
                }
            }
            if (!row.cells.isEmpty()) {
                sheet.rows.append(row);
            }
            if (sheet.rows.size() > maxSheetRows || (!row.cells.isEmpty() && number > maxSheetRows)) {
                return Error(ErrorCode::TooLarge, QStringLiteral("超过 %1 行，请拆成几个文件").arg(maxSheetRows), part);
            }
        } else if (xml.name() == QLatin1String("mergeCell") && sheet.merged.size() < maxSheetRows) {
            const QString range = attribute(xml, u"ref");
            const auto first = parseReference(QStringView(range).left(range.indexOf(QLatin1Char(':'))));
            const auto last = parseReference(QStringView(range).mid(range.indexOf(QLatin1Char(':')) + 1));
            if (first.first >= 0 && last.first >= 0) {
                sheet.merged.append({first.second, first.first + 1, last.second, last.first + 1});
            }
        }
    }
    if (xml.hasError() || !ordered) {
        m_out.rejected.append({place(part), number, entry.name,
            QStringLiteral("工作表在第 %1 行附近损坏，其后没有读取；请用 Excel 打开后另存").arg(number)});
    }
    if (m_tooWide) {
        m_out.warnings.append(
            {m_file, 0, entry.name, QStringLiteral("第 %1 列以后的内容没有读取").arg(maxSheetColumns)});
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
            readStyles(relation.target);
        }
    }
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
