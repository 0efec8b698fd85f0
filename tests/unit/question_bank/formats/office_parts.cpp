#include "office_parts.h"

#include "question_bank/model/bank_json.h"

#include <QFile>
#include <QJsonDocument>

namespace qingfeng::testing {
namespace {

const QByteArray xmlHead = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
const QByteArray relationType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

QByteArray relations(const QList<QByteArrayList> &list)
{
    QByteArray out = xmlHead + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    for (const QByteArrayList &one : list) {
        out += "<Relationship Id=\"" + one.at(0) + "\" Type=\"" + relationType + one.at(1) + "\" Target=\"" + one.at(2)
            + "\"/>";
    }
    return out + "</Relationships>";
}

QByteArray withRelations(const QByteArray &part, const QList<QByteArrayList> &further)
{
    QByteArray out = part;
    const QByteArray added = relationsOf(further, 10);
    const qsizetype from = added.indexOf("<Relationship ");
    return from < 0 ? out : out.replace("</Relationships>", added.mid(from));
}

QuestionVersion question(const QString &id, QuestionType type, const QString &stem)
{
    QuestionVersion version;
    version.id = id;
    version.type = type;
    version.stem = stem;
    version.explanation = {QStringLiteral("行为"), QStringLiteral("依据，\"引号\"；分号"), QStringLiteral("后果\n第二行"),
        QStringLiteral("做法")};
    version.riskPoints = {QStringLiteral("P01-R01"), QStringLiteral("P02-R03")};
    version.articles = {QStringLiteral("A-1")};
    version.keyword = QStringLiteral("-关键词");
    version.author = QStringLiteral("=命题人");
    version.validFrom = QDate(2026, 11, 24);
    version.state = ReviewState::InReview;
    return version;
}

QList<Choice> choices(const QStringList &texts)
{
    QList<Choice> list;
    for (const QString &text : texts) {
        list.append({QString(QChar(char16_t(u'a' + list.size()))), text});
    }
    return list;
}

} // namespace

QByteArray relationsOf(const QList<QByteArrayList> &list, int first)
{
    QList<QByteArrayList> named;
    for (const QByteArrayList &one : list) {
        named.append({"rId" + QByteArray::number(first++), one.at(0), one.at(1)});
    }
    return relations(named);
}

QByteArray png(char mark)
{
    return QByteArray::fromBase64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
                                  "rkJggg==")
        + mark;
}

ArchiveFiles Workbook::parts() const
{
    ArchiveFiles files;
    files.insert(QStringLiteral("_rels/.rels"), relations({{"rId1", "officeDocument", "/xl/workbook.xml"}}));
    files.insert(QStringLiteral("xl/workbook.xml"),
        xmlHead
            + "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
              "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><workbookPr "
            + workbookProperties + "/><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
    files.insert(QStringLiteral("xl/_rels/workbook.xml.rels"),
        withRelations(relations({{"rId1", "worksheet", sheetTarget}, {"rId2", "sharedStrings", "sharedStrings.xml"},
                          {"rId3", "styles", "styles.xml"}}),
            bookRelations));
    files.insert(QStringLiteral("xl/sharedStrings.xml"), xmlHead + "<sst>" + sharedStrings + "</sst>");
    files.insert(QStringLiteral("xl/styles.xml"),
        xmlHead
            + "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d"
              "&quot;日&quot;\"/><numFmt numFmtId=\"165\" formatCode=\"000\"/></numFmts><cellXfs>"
            + cellFormats + "</cellXfs></styleSheet>");
    files.insert(QStringLiteral("xl/worksheets/sheet1.xml"),
        xmlHead + "<worksheet><sheetData>" + sheetData + "</sheetData>" + afterData + "</worksheet>");
    if (!sheetRelations.isEmpty()) {
        files.insert(QStringLiteral("xl/worksheets/_rels/sheet1.xml.rels"), relationsOf(sheetRelations));
    }
    files.insert(further);
    return files;
}

QByteArray Workbook::bytes() const
{
    return *writeZip(parts());
}

QByteArray Document::bytes() const
{
    ArchiveFiles files;
    files.insert(QStringLiteral("_rels/.rels"), relations({{"rId1", "officeDocument", "word/document.xml"}}));
    files.insert(QStringLiteral("word/_rels/document.xml.rels"),
        withRelations(
            relations({{"rId1", "numbering", "numbering.xml"}, {"rId2", "footnotes", "footnotes.xml"}}), further));
    const QByteArray space = " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
                             "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "
                             "xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" "
                             "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
                             "xmlns:a=\"a\" xmlns:o=\"o\" xmlns:pic=\"pic\" xmlns:v=\"v\" xmlns:wp=\"wp\"";
    files.insert(QStringLiteral("word/document.xml"),
        xmlHead + "<w:document" + space + "><w:body>" + body + "</w:body></w:document>");
    files.insert(QStringLiteral("word/numbering.xml"), xmlHead + "<w:numbering" + space + ">" + numbering + "</w:numbering>");
    files.insert(QStringLiteral("word/footnotes.xml"), xmlHead + "<w:footnotes" + space + ">" + footnotes + "</w:footnotes>");
    files.insert(this->parts);
    return *writeZip(files);
}

QByteArray row(int number, const QStringList &cells)
{
    QByteArray out = "<row r=\"" + QByteArray::number(number) + "\">";
    for (qsizetype i = 0; i < cells.size(); ++i) {
        if (!cells.at(i).isEmpty()) {
            out += "<c r=\"" + QByteArray(1, char('A' + i)) + QByteArray::number(number)
                + "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" + cells.at(i).toHtmlEscaped().toUtf8()
                + "</t></is></c>";
        }
    }
    return out + "</row>";
}

QByteArray paragraph(const QString &text, const QByteArray &runProperties, const QByteArray &properties)
{
    return "<w:p><w:pPr>" + properties + "</w:pPr><w:r><w:rPr>" + runProperties + "</w:rPr><w:t xml:space=\"preserve\">"
        + text.toHtmlEscaped().toUtf8() + "</w:t></w:r></w:p>";
}

QuestionBank everyTypeBank()
{
    QuestionBank bank;
    bank.createdAtMs = 1'764'000'000'000;
    auto single = question(QStringLiteral("P01-R01-01"), QuestionType::Single, QStringLiteral("=1+1，应当？"));
    single.choices = choices({QStringLiteral("+甲"), QStringLiteral("-乙"), QStringLiteral("'@丙"), QStringLiteral("2026-01-02"),
        QStringLiteral("1.0"), QStringLiteral("00123"), QStringLiteral("多行\n选项"), QStringLiteral("以上, \"都\"是")});
    single.choices[7].pinned = true;
    single.answer = {QStringLiteral("c")};
    single.version = 3;
    bank.add(single);
    auto multiple = question(QStringLiteral("P01-R01-02"), QuestionType::Multiple, QStringLiteral("哪些（　）？"));
    multiple.choices = choices({QStringLiteral("甲"), QStringLiteral("乙"), QStringLiteral("丙")});
    multiple.answer = {QStringLiteral("a"), QStringLiteral("c")};
    multiple.audience = Audience::Leader;
    multiple.difficulty = Difficulty::Hard;
    multiple.reviewer = QStringLiteral("审核人");
    multiple.reviewedOn = QDate(2026, 11, 20);
    multiple.validUntil = QDate(2030, 12, 31);
    multiple.source = QStringLiteral("改编（去年的题）");
    multiple.state = ReviewState::Published;
    bank.add(multiple);
    auto truth = question(QStringLiteral("P01-R01-03"), QuestionType::TrueFalse, QStringLiteral("'=说法。"));
    truth.choices = {{QStringLiteral("true"), QStringLiteral("正确"), true}, {QStringLiteral("false"), QStringLiteral("错误"), true}};
    truth.answer = {QStringLiteral("false")};
    truth.audience = Audience::Party;
    truth.difficulty = Difficulty::Easy;
    bank.add(truth);
    auto fill = question(QStringLiteral("P01-R01-04"), QuestionType::FillIn, QStringLiteral("处分期为____个月，____年内（　）。"));
    fill.blanks = {{QStringLiteral("1"), {QStringLiteral("六"), QStringLiteral("6")}}, {QStringLiteral("2"), {QStringLiteral("二")}}};
    fill.explanation = {QString(), QStringLiteral("只有依据"), QString(), QString()};
    bank.add(fill);
    auto match = question(QStringLiteral("P01-R01-05"), QuestionType::Match, QStringLiteral("连线"));
    match.choices = choices({QStringLiteral("甲"), QStringLiteral("乙")});
    match.targets = {{QStringLiteral("1"), QStringLiteral("子")}, {QStringLiteral("2"), QStringLiteral("丑")}, {QStringLiteral("3"), QStringLiteral("寅")}};
    match.pairs = {{QStringLiteral("a"), QStringLiteral("3")}, {QStringLiteral("b"), QStringLiteral("1")}};
    match.state = ReviewState::Withdrawn;
    bank.add(match);
    auto order = question(QStringLiteral("P01-R01-06"), QuestionType::Order, QStringLiteral("排序"));
    order.choices = choices({QStringLiteral("立案"), QStringLiteral("受理"), QStringLiteral("审理")});
    order.answer = {QStringLiteral("b"), QStringLiteral("a"), QStringLiteral("c")};
    bank.add(order);
    auto scene = question(QStringLiteral("P01-R01-07"), QuestionType::Case, QStringLiteral("张某收受烟酒。\n后来退还。"));
    for (const QuestionVersion *part : {&single, &truth, &fill, &order, &match}) {
        QuestionPart one;
        static_cast<QuestionItem &>(one) = *part;
        one.id = QString::number(scene.parts.size() + 1);
        scene.parts.append(one);
    }
    bank.add(scene);
    return bank;
}

QByteArray sample(const QString &name)
{
    QFile file(QStringLiteral(QF_SOURCE_DIR "/tests/data/formats/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString all(const QList<ImportRemark> &remarks)
{
    QStringList lines;
    for (const ImportRemark &remark : remarks) {
        lines.append(QStringLiteral("%1 %2: %3").arg(remark.row).arg(remark.column, remark.reason));
    }
    return lines.join(QLatin1Char('\n'));
}

QString difference(const QList<QuestionVersion> &was, const QList<QuestionVersion> &is)
{
    const auto text = [](const QuestionVersion &version) {
        return QString::fromUtf8(QJsonDocument(toJson(version)).toJson());
    };
    for (qsizetype i = 0; i < std::min(was.size(), is.size()); ++i) {
        if (was.at(i) != is.at(i)) {
            return text(was.at(i)) + QStringLiteral("became\n") + text(is.at(i));
        }
    }
    return was.size() == is.size() ? QString() : QStringLiteral("%1 questions became %2").arg(was.size()).arg(is.size());
}

} // namespace qingfeng::testing
