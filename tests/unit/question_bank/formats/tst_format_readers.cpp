#include "question_bank/formats/html_text.h"
#include "question_bank/formats/moodle/gift.h"
#include "question_bank/formats/question_text.h"
#include "question_bank/formats/registry.h"
#include "question_bank/formats/xml_tree.h"
#include "question_bank/formats/zip_archive.h"
#include "tests/unit/question_bank/formats/summary.h"

#include <QDir>
#include <QFile>
#include <QStringEncoder>
#include <QTest>

using namespace qingfeng;

/**
 * Files as they are met, good and broken. Beside each file of data/ stands what is read from it: a line "Q
 * row <id> [category] question | explanation" for each question, "R row [column] reason" for each rejection
 * and "W …" for each warning.
 */
class TestFormatReaders : public QObject
{
    Q_OBJECT

    static QString data(const QString &name)
    {
        return QStringLiteral(QF_SOURCE_DIR "/tests/unit/question_bank/formats/data/") + name;
    }

    static QByteArray bytesOf(const QString &name)
    {
        QFile file(data(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static QStringList lines(const ImportedFile &file)
    {
        QStringList list;
        for (const ImportedQuestion &imported : file.questions) {
            list.append(QStringLiteral("Q %1 <%2> [%3] %4 | %5")
                            .arg(imported.row)
                            .arg(imported.question.id, imported.category.join(QLatin1Char('/')),
                                summary(imported.question), joinExplanation(imported.question.explanation))
                            .replace(QLatin1Char('\n'), QStringLiteral("\\n")));
        }
        for (const ImportRemark &remark : file.rejected) {
            list.append(QStringLiteral("R %1 [%2] %3").arg(remark.row).arg(remark.column, remark.reason));
        }
        for (const ImportRemark &remark : file.warnings) {
            list.append(QStringLiteral("W %1 [%2] %3").arg(remark.row).arg(remark.column, remark.reason));
        }
        return list;
    }

    static ImportedFile readAs(const char *format, const QByteArray &bytes)
    {
        return questionFormat(QLatin1String(format))->read(bytes, QStringLiteral("file"), {});
    }

    static QByteArray item(const QByteArray &body,
        const QByteArray &declaration = "<correctResponse><value>B</value></correctResponse>")
    {
        return "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p1\" identifier=\"i1\" "
               "adaptive=\"false\">"
               "<responseDeclaration identifier=\"R\" cardinality=\"single\" baseType=\"identifier\">"
            + declaration + "</responseDeclaration><itemBody>" + body + "</itemBody></assessmentItem>";
    }

    static QByteArray choices(const QByteArray &more = {})
    {
        return "<choiceInteraction responseIdentifier=\"R\" maxChoices=\"1\"><prompt>问</prompt>"
               "<simpleChoice identifier=\"A\">甲</simpleChoice><simpleChoice identifier=\"B\">乙"
            + more + "</simpleChoice></choiceInteraction>";
    }

    static QByteArray manifest(const QByteArray &href)
    {
        return "<manifest><resources><resource identifier=\"r\" type=\"imsqti_item_xmlv2p1\" href=\"" + href
            + "\"/></resources></manifest>";
    }

private Q_SLOTS:
    void filesAreReadAsExpected_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : QDir(data({})).entryList(QDir::Files, QDir::Name)) {
            if (!name.endsWith(QLatin1String(".expected"))) {
                QTest::newRow(qPrintable(name)) << name;
            }
        }
    }

    void filesAreReadAsExpected()
    {
        QFETCH(QString, name);
        const QByteArray bytes = bytesOf(name);
        const QuestionFormat *format = detectFormat(bytes, name);
        QVERIFY(format && format->read);
        const QStringList found = lines(format->read(bytes, name, {}));
        const QStringList expected = QString::fromUtf8(bytesOf(name + QStringLiteral(".expected")))
                                         .split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        for (qsizetype i = 0; i < std::max(found.size(), expected.size()); ++i) {
            QCOMPARE(found.value(i), expected.value(i));
        }
    }

    void encodingsAndLineEndsMakeNoDifference()
    {
        const QByteArray plain = bytesOf(QStringLiteral("wild.gift"));
        const QStringList expected = lines(readAs("gift", plain));
        QByteArray windows = plain;
        QCOMPARE(lines(readAs("gift", windows.replace("\n", "\r\n"))), expected);
        QCOMPARE(lines(readAs("gift", "\xef\xbb\xbf" + plain)), expected);
        QStringEncoder utf16(QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom);
        QCOMPARE(lines(readAs("gift", QByteArray(utf16(QString::fromUtf8(plain))))), expected);
        for (const auto unmarked : {QStringConverter::Utf16LE, QStringConverter::Utf16BE}) {
            QStringEncoder encoder(unmarked);
            QCOMPARE(lines(readAs("gift", QByteArray(encoder(QString::fromUtf8(plain))))), expected);
        }
        QStringEncoder chinese("GB18030");
        QVERIFY(chinese.isValid());
        QCOMPARE(lines(readAs("gift", QByteArray(chinese(QString::fromUtf8(plain))))), expected);
    }

    void formatsAreTold_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("format");
        const auto row
            = [](const char *title, const QByteArray &bytes, const char *name, const char *format) {
                  QTest::newRow(title) << bytes << QString::fromLatin1(name) << QString::fromLatin1(format);
              };
        row("GIFT by its braces", "问 {=a ~b}", "a.txt", "gift");
        row("Aiken by its answer line", "问\nA. x\nB. y\nANSWER: A\n", "a.txt", "aiken");
        row("a table by its header", "题型,题干,答案\n单选,问,A\n", "a.txt", "csv");
        row("a table by its name", "a,b\n", "a.csv", "csv");
        row("typed text otherwise", "1. 问（ ）\nA. 甲 B. 乙\n答案：A\n", "a.txt", "text");
        row("Moodle XML, whatever its name", "<?xml version=\"1.0\"?><!-- c --><quiz></quiz>", "a.txt",
            "moodle-xml");
        row("QTI 3", "<qti-assessment-item xmlns=\"x\"/>", "a.xml", "qti");
        row("JSON", "{\"unit\":\"u\",\"questions\":[]}", "a.json", "json");
        const QString table = QStringLiteral("题型,题干,答案\n单选,一题还是一问,A\n"); // 一 is U+4E00
        row("a table in UTF-16 without a mark", QByteArray(QStringEncoder(QStringConverter::Utf16LE)(table)), "a.txt", "csv");
        row("the same in the other order", QByteArray(QStringEncoder(QStringConverter::Utf16BE)(table)), "a.txt", "csv");
        row("GIFT in UTF-16 without a mark",
            QByteArray(QStringEncoder(QStringConverter::Utf16LE)(QStringLiteral("一问 {=一 ~二}\n"))), "a.txt", "gift");
        row("GIFT with a stray zero", QByteArray("a question {=a\0~b  }", 20), "a.txt", "");
        row("zeros", QByteArray(64, '\0'), "a.txt", "");
        row("an old Word file", "\xd0\xcf\x11\xe0....", "a.doc", "");
        row("nothing", "", "a.txt", "");
        row("another XML", "<html><body>x</body></html>", "a.xml", "text");
    }
    void formatsAreTold()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, name);
        QFETCH(QString, format);
        const QuestionFormat *found = detectFormat(bytes, name);
        QCOMPARE(found ? found->name : QString(), format);
    }

    void aPackageIsReadWithItsPictures()
    {
        const QByteArray png = QByteArray::fromBase64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQV"
                                                      "R42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        const auto zip = writeZip({{QStringLiteral("imsmanifest.xml"), manifest("items/a%20b.xml")},
            {QStringLiteral("items/a b.xml"), item(choices("<img src=\"../pic/x.png\" alt=\"图\"/>"))},
            {QStringLiteral("pic/x.png"), png}});
        QVERIFY(zip);
        const ImportedFile file = readAs("qti", *zip);
        QCOMPARE(lines(file), QStringList{QStringLiteral("Q 1 <i1> [] single 问: 甲 / *乙@ | ")});
        QCOMPARE(file.questions.first().file, QStringLiteral("file!items/a b.xml"));
        QCOMPARE(file.media.size(), 1);
    }

    void packagesThatAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("reason");
        const auto zip = [](const ArchiveFiles &files) { return *writeZip(files); };
        QTest::newRow("a path that leads out")
            << zip({{QStringLiteral("imsmanifest.xml"), "<manifest/>"}, {QStringLiteral("../../etc/x"), "x"}})
            << QStringLiteral("包外的路径");
        QTest::newRow("an absolute path")
            << zip({{QStringLiteral("/etc/x"), "x"}}) << QStringLiteral("包外的路径");
        QTest::newRow("a path of Windows")
            << zip({{QStringLiteral("C:\\x"), "x"}}) << QStringLiteral("包外的路径");
        QTest::newRow("a bomb") << zip(
            {{QStringLiteral("imsmanifest.xml"), QByteArray(40 * 1024 * 1024, ' ')}})
                                << QStringLiteral("过大");
        QTest::newRow("a manifest that names nothing")
            << zip({{QStringLiteral("imsmanifest.xml"), manifest("gone.xml")}}) << QStringLiteral("包里没有");
        QTest::newRow("a reference that leads out")
            << zip({{QStringLiteral("imsmanifest.xml"), manifest("../../a.xml")}})
            << QStringLiteral("包里没有");
        QByteArray cut = zip({{QStringLiteral("imsmanifest.xml"), manifest("a.xml")},
            {QStringLiteral("a.xml"), item(choices())}});
        QTest::newRow("a file cut short") << cut.left(cut.size() / 2) << QStringLiteral("损坏");
        QTest::newRow("no questions")
            << zip({{QStringLiteral("a.txt"), "x"}}) << QStringLiteral("没有 QTI 题目");
        QTest::newRow("QTI 1.2") << QByteArray("<questestinterop/>") << QStringLiteral("1.2");
        QTest::newRow("entities") << QByteArray("<!DOCTYPE a [<!ENTITY b \"c\">]><assessmentItem/>")
                                  << QStringLiteral("DOCTYPE");
        QTest::newRow("an adaptive item")
            << item(choices()).replace("\"false\"", "\"true\"") << QStringLiteral("adaptive");
        QTest::newRow("a key that is no choice")
            << item(choices(), "<correctResponse><value>Z</value></correctResponse>")
            << QStringLiteral("“Z”不是选项");
        QTest::newRow("no key") << item(choices(), "") << QStringLiteral("没有正确答案");
        QTest::newRow("another interaction")
            << item("<hotspotInteraction responseIdentifier=\"R\"/>") << QStringLiteral("hotspotInteraction");
    }
    void packagesThatAreRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, reason);
        const ImportedFile file = readAs("qti", bytes);
        QCOMPARE(file.questions.size(), 0);
        QVERIFY(!file.rejected.isEmpty());
        QVERIFY2(file.rejected.first().reason.contains(reason), qPrintable(file.rejected.first().reason));
    }

    void repeatedIdentifiersAreNone()
    {
        const auto zip = writeZip(
            {{QStringLiteral("a.xml"), item(choices())}, {QStringLiteral("b.xml"), item(choices())}});
        const ImportedFile file = readAs("qti", *zip);
        QCOMPARE(file.questions.size(), 2);
        QVERIFY(file.questions.first().question.id.isEmpty());
    }

    void xmlIsBounded()
    {
        QByteArray deep;
        for (int i = 0; i < 1000; ++i) {
            deep += "<a>";
        }
        const auto tree = parseXml(deep);
        QVERIFY(!tree);
        QCOMPARE(tree.error().code(), ErrorCode::TooLarge);
        QStringEncoder chinese("GB18030");
        const QByteArray old
            = chinese(QStringLiteral("<?xml version=\"1.0\" encoding=\"GB2312\"?><a>题干</a>"));
        const auto decoded = parseXml(old);
        QVERIFY(decoded);
        QCOMPARE(decoded->allText(), QStringLiteral("题干"));
        const auto entity = parseXml("<a>x&nbsp;y&hellip;</a>");
        QVERIFY(entity);
        QCOMPARE(entity->allText().size(), 4);
    }

    void htmlIsReduced_data()
    {
        QTest::addColumn<QString>("html");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("losses");
        const auto row
            = [](const char *name, const char *html, const char *text, const QStringList &losses = {}) {
                  QTest::newRow(name) << QString::fromUtf8(html) << QString::fromUtf8(text) << losses;
              };
        row("paragraphs are lines", "<p>甲</p>\n<p>乙<br>丙</p>", "甲\n乙\n丙");
        row("look is dropped", "<span style=\"color:red\">甲</span> <b>乙</b>", "甲 乙");
        row("a less-than is text", "若 a<b 则 c<d；x < y", "若 a<b 则 c<d；x < y");
        row("scripts are dropped", "甲<script>alert('<p>')</script>乙", "甲乙");
        row("entities are resolved", "&lt;p&gt; &amp;amp; &#x4e2d;&#25991; &nosuch; & &#0;",
            "<p> &amp; 中文 &nosuch; & &#0;");
        row("a table is a loss", "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 2\n3",
            {QStringLiteral("table")});
        row("superscripts are a loss", "x<sup>2</sup>", "x2", {QStringLiteral("sup")});
        row("formulas are a loss", "\\(x^2\\)", "\\(x^2\\)", {QStringLiteral("formula")});
        row("quotes that never close", "<a href=\"x>甲</a>乙", "甲乙");
        row("comments are dropped", "甲<!-- <p>x</p> -->乙<!-- open", "甲乙<!-- open");
    }
    void htmlIsReduced()
    {
        QFETCH(QString, html);
        QFETCH(QString, text);
        QFETCH(QStringList, losses);
        const ReducedText reduced = reduceHtml(html);
        QCOMPARE(reduced.text, text);
        QCOMPARE(reduced.losses, losses);
        QCOMPARE(reduceHtml(toHtml(text)).text, text);
    }

    void explanationsAreSplit_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("parts");
        QTest::newRow("four parts") << QStringLiteral("【行为】a\n【依据】b\n【后果】c\n【正确做法】d")
                                    << QStringList{QStringLiteral("a"), QStringLiteral("b"),
                                           QStringLiteral("c"), QStringLiteral("d")};
        QTest::newRow("another order")
            << QStringLiteral("【后果】c【行为】a")
            << QStringList{QStringLiteral("a"), QString(), QStringLiteral("c"), QString()};
        QTest::newRow("no labels") << QStringLiteral(" 因为 ")
                                   << QStringList{QString(), QStringLiteral("因为"), QString(), QString()};
        QTest::newRow("text before") << QStringLiteral(
            "总之\n【依据】b") << QStringList{QString(), QStringLiteral("总之\nb"), QString(), QString()};
    }
    void explanationsAreSplit()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, parts);
        const Explanation e = splitExplanation(text);
        QCOMPARE((QStringList{e.act(), e.why(), e.consequence(), e.instead()}), parts);
    }
};

QTEST_APPLESS_MAIN(TestFormatReaders)
#include "tst_format_readers.moc"
