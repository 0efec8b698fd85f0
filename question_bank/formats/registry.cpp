#include "question_bank/formats/registry.h"

#include "question_bank/formats/bank_file.h"
#include "question_bank/formats/moodle/gift.h"
#include "question_bank/formats/moodle/moodle_xml.h"
#include "question_bank/formats/office/docx.h"
#include "question_bank/formats/qti/qti.h"
#include "question_bank/formats/question_text.h"
#include "question_bank/formats/sheet/column_map.h"
#include "question_bank/formats/sheet/csv.h"
#include "question_bank/formats/sheet/xlsx.h"
#include "question_bank/formats/source_text.h"
#include "question_bank/formats/typed/aiken.h"
#include "question_bank/formats/typed/text.h"
#include "question_bank/formats/zip_archive.h"

#include <algorithm>

#include <QRegularExpression>

namespace qingfeng {
namespace {

QString extensionOf(const QString &fileName)
{
    return fileName.section(QLatin1Char('.'), -1).toLower();
}

/** The name of the root element, without its namespace prefix; empty for what is no XML. */
QString rootElement(const QString &text)
{
    qsizetype at = text.indexOf(QLatin1Char('<'));
    while (at >= 0 && at + 1 < text.size()) {
        const QStringView rest = QStringView(text).mid(at);
        const QLatin1String ending(rest.startsWith(u"<!--") ? "-->" : rest.startsWith(u"<?") ? "?>" : ">");
        if (rest.at(1) != QLatin1Char('!') && rest.at(1) != QLatin1Char('?')) {
            static const QRegularExpression name(QStringLiteral("^<(?:[\\w.-]{1,60}:)?([\\w.-]{1,60})"));
            return name.match(rest.left(130).toString()).captured(1);
        }
        const qsizetype end = text.indexOf(ending, at);
        at = end < 0 ? -1 : text.indexOf(QLatin1Char('<'), end);
    }
    return {};
}

QString archiveFormat(const QByteArray &bytes, const QString &fileName)
{
    // Names stand uncompressed in an archive: nothing need be unpacked to see what it is.
    if (bytes.contains("imsmanifest.xml")) {
        return QStringLiteral("qti");
    }
    if (bytes.contains("xl/workbook.xml") || bytes.contains("xl/worksheets/")) {
        return QStringLiteral("xlsx");
    }
    if (bytes.contains("word/document.xml")) {
        return QStringLiteral("docx");
    }
    const QString extension = extensionOf(fileName);
    return extension == QLatin1String("xlsx") || extension == QLatin1String("docx") ? extension : QStringLiteral("qti");
}

/** Whether a line is a row of headings, beyond doubt: three that are known, what is asked among them. */
bool namesColumns(const QString &line)
{
    for (const char16_t delimiter : {u',', u'\t', u';'}) {
        int known = 0;
        bool asks = false;
        for (QString cell : line.split(QChar(delimiter))) {
            const auto key = knownHeading(cell.remove(QLatin1Char('"')));
            known += key.has_value();
            asks = asks || (key && key->field == ColumnField::Stem);
        }
        if (asks && known >= 3) {
            return true;
        }
    }
    return false;
}

QString textFormat(const QString &text, const QString &fileName)
{
    // A table may hold what looks like another format; that one has no row of headings.
    constexpr int headLines = 10;
    constexpr qsizetype longestHead = 4096;
    if (std::ranges::any_of(text.left(longestHead).split(QLatin1Char('\n')).mid(0, headLines), namesColumns)) {
        return QStringLiteral("csv");
    }
    static const QRegularExpression answerLine(
        QStringLiteral("^[ \\t]*ANSWER[ \\t]*[:：][ \\t]*[A-Za-z]"), QRegularExpression::MultilineOption | QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression choiceLine(QStringLiteral("^[ \\t]*[A-Za-z][.)．、]"), QRegularExpression::MultilineOption);
    static const QRegularExpression gift(
        QStringLiteral("^[ \\t]*\\$CATEGORY:|^[ \\t]*::[^:\\n]+::|(?<!\\\\)\\{\\s*(?:[=~#>]|(?:T|F|TRUE|FALSE)\\s*[#}])"),
        QRegularExpression::MultilineOption);
    if (gift.match(text).hasMatch()) {
        return QStringLiteral("gift");
    }
    if (answerLine.match(text).hasMatch() && choiceLine.match(text).hasMatch()) {
        return QStringLiteral("aiken");
    }
    const QString extension = extensionOf(fileName);
    if (extension == QLatin1String("gift") || extension == QLatin1String("csv")) {
        return extension;
    }
    if (extension == QLatin1String("tsv")) {
        return QStringLiteral("csv");
    }
    // A table names its columns in one of its first lines.
    qsizetype at = 0;
    for (int line = 0; line < 10 && at < text.size(); ++line) {
        qsizetype end = text.indexOf(QLatin1Char('\n'), at);
        end = end < 0 ? text.size() : end;
        const QStringView row = QStringView(text).mid(at, end - at);
        const bool columns = row.count(QLatin1Char(',')) >= 2 || row.count(QLatin1Char('\t')) >= 2 || row.count(QLatin1Char(';')) >= 2;
        if (columns && (row.contains(u"题干") || row.contains(u"题目") || row.contains(u"试题")) && (row.contains(u"答案"))) {
            return QStringLiteral("csv");
        }
        at = end + 1;
    }
    return QStringLiteral("text");
}

} // namespace

const QList<QuestionFormat> &questionFormats()
{
    static const QList<QuestionFormat> formats {{QStringLiteral("gift"), &readGift, &writeGift},
        {QStringLiteral("moodle-xml"), &readMoodleXml, &writeMoodleXml}, {QStringLiteral("qti"), &readQti, &writeQti},
        {QStringLiteral("aiken"), &readAiken, &writeAiken}, {QStringLiteral("xlsx"), &readXlsx, &writeXlsx},
        {QStringLiteral("csv"), &readCsvQuestions, &writeCsvQuestions}, {QStringLiteral("docx"), &readDocx, nullptr},
        {QStringLiteral("text"), &readText, nullptr}, {QStringLiteral("json"), &readBankFile, &writeBankFile}};
    return formats;
}

const QuestionFormat *questionFormat(const QString &name)
{
    for (const QuestionFormat &format : questionFormats()) {
        if (format.name == name) {
            return &format;
        }
    }
    return nullptr;
}

const QuestionFormat *detectFormat(const QByteArray &bytes, const QString &fileName)
{
    if (isZip(bytes)) {
        return questionFormat(archiveFormat(bytes, fileName));
    }
    if (bytes.startsWith("\xd0\xcf\x11\xe0") || bytes.startsWith("%PDF")) {
        return nullptr; // files of old Office versions, and print files
    }
    const QString text = decodeImportText(bytes);
    const QString start = text.left(4096).trimmed();
    if (start.isEmpty() || start.contains(QChar(0))) {
        return nullptr;
    }
    if (start.startsWith(QLatin1Char('<'))) {
        const QString root = rootElement(text.left(64 * 1024));
        if (root == QLatin1String("quiz") || text.contains(QLatin1String("<question type="))) {
            return questionFormat(QStringLiteral("moodle-xml"));
        }
        if (root == QLatin1String("assessmentItem") || root == QLatin1String("qti-assessment-item")
            || root == QLatin1String("assessmentTest") || root == QLatin1String("questestinterop")) {
            return questionFormat(QStringLiteral("qti"));
        }
    }
    if (start.startsWith(QLatin1Char('{')) && start.contains(QLatin1Char('"'))
        && text.contains(QLatin1String("\"questions\""))) {
        return questionFormat(QStringLiteral("json"));
    }
    return questionFormat(textFormat(text, fileName));
}

} // namespace qingfeng
