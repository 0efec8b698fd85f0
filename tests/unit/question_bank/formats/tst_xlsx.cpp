#include "question_bank/formats/bank_sources.h"
#include "question_bank/formats/sheet/sheet.h"
#include "question_bank/formats/sheet/xlsx.h"

#include "office_parts.h"

#include <QTest>

using namespace qingfeng;
using qingfeng::testing::row;
using qingfeng::testing::sample;
using qingfeng::testing::Workbook;

class TestXlsx : public QObject
{
    Q_OBJECT

    static QString all(const QList<ImportRemark> &remarks)
    {
        QStringList lines;
        for (const ImportRemark &remark : remarks) {
            lines.append(QStringLiteral("%1 %2 %3: %4").arg(remark.file).arg(remark.row).arg(remark.column, remark.reason));
        }
        return lines.join(QLatin1Char('\n'));
    }

    static bool says(const QList<ImportRemark> &remarks, const QString &column, const QString &reason)
    {
        return std::any_of(remarks.cbegin(), remarks.cend(), [&](const ImportRemark &remark) {
            return remark.column.contains(column) && remark.reason.contains(reason);
        });
    }

    static QStringList choiceTexts(const QuestionItem &item)
    {
        QStringList texts;
        for (const Choice &choice : item.choices) {
            texts.append(choice.text);
        }
        return texts;
    }

    /** An archive of zeros, each of its entries the same 64 MiB: more than may come out, in a few hundred kilobytes. */
    static QByteArray bomb()
    {
        constexpr quint32 size = 64 * 1024 * 1024;
        const QByteArray packed = qCompress(QByteArray(size, '\0'), 9);
        const QByteArray deflated = packed.mid(6, packed.size() - 10); // without Qt's length and zlib's frame
        const auto number = [](quint64 value, int bytes) {
            QByteArray out;
            for (int i = 0; i < bytes; ++i) {
                out += i < 8 ? char(value >> (8 * i) & 0xFF) : '\0';
            }
            return out;
        };
        QByteArray entries;
        QByteArray directory;
        for (int i = 0; i < 9; ++i) {
            const QByteArray name = "xl/" + QByteArray::number(i);
            const QByteArray shared = number(20, 2) + number(0, 2) + number(8, 2) + number(0, 4) + number(0, 4)
                + number(quint64(deflated.size()), 4) + number(size, 4) + number(quint64(name.size()), 2) + number(0, 2);
            directory += "PK\1\2" + number(20, 2) + shared + number(0, 10)
                + number(quint64(entries.size()), 4) + name;
            entries += "PK\3\4" + shared + name + deflated;
        }
        return entries + directory + "PK\5\6" + number(0, 4) + number(9, 2) + number(9, 2)
            + number(quint64(directory.size()), 4) + number(quint64(entries.size()), 4) + number(0, 2);
    }

    static QByteArray header() { return row(1, {QStringLiteral("题型"), QStringLiteral("题干"), QStringLiteral("选项A"), QStringLiteral("选项B"), QStringLiteral("答案")}); }

private Q_SLOTS:
    void cellsAreReadAsExcelShowsThem_data()
    {
        QTest::addColumn<QByteArray>("cell"); // C2: an option
        QTest::addColumn<QByteArray>("properties");
        QTest::addColumn<QString>("shown");
        const auto add = [](const char *name, const char *cell, const char16_t *shown, const char *properties = "") {
            QTest::newRow(name) << QByteArray(cell) << QByteArray(properties) << QString::fromUtf16(shown);
        };
        add("an inline text", "<c r='C2' t='inlineStr'><is><t>甲</t></is></c>", u"甲");
        add("inline runs", "<c r='C2' t='inlineStr'><is><r><t>甲</t></r><r><rPr><b/></rPr><t>乙</t></r></is></c>", u"甲乙");
        add("a shared text", "<c r='C2' t='s'><v>0</v></c>", u"甲");
        add("shared runs without their reading", "<c r='C2' t='s'><v>1</v></c>", u"東京");
        add("an escaped character", "<c r='C2' t='s'><v>2</v></c>", u"甲\n乙");
        add("a whole number", "<c r='C2'><v>1.0</v></c>", u"1");
        add("a large number", "<c r='C2'><v>123456789012</v></c>", u"123456789012");
        add("a fraction", "<c r='C2'><v>0.30000000000000004</v></c>", u"0.3");
        add("a percentage", "<c r='C2' s='2'><v>0.13</v></c>", u"13%");
        add("a percentage with digits", "<c r='C2' s='3'><v>0.135</v></c>", u"13.50%");
        add("leading zeros", "<c r='C2' s='4'><v>7</v></c>", u"007");
        add("a day", "<c r='C2' s='1'><v>45292</v></c>", u"2024-01-01");
        add("a day in a format of its own", "<c r='C2' s='5'><v>45292</v></c>", u"2024-01-01");
        add("a day since 1904", "<c r='C2' s='1'><v>43830</v></c>", u"2024-01-01", "date1904='1'");
        add("the first day", "<c r='C2' s='1'><v>1</v></c>", u"1900-01-01");
        add("the day that never was", "<c r='C2' s='1'><v>60</v></c>", u"1900-02-29");
        add("the day after", "<c r='C2' s='1'><v>61</v></c>", u"1900-03-01");
        add("a day and a time", "<c r='C2' s='6'><v>45292.5</v></c>", u"2024-01-01 12:00");
        add("a time", "<c r='C2' s='7'><v>0.75</v></c>", u"18:00");
        add("true", "<c r='C2' t='b'><v>1</v></c>", u"TRUE");
        add("a formula's text", "<c r='C2' t='str'><v>甲</v></c>", u"甲");
        add("an ISO date", "<c r='C2' t='d'><v>2024-01-01</v></c>", u"2024-01-01");
        add("no reference", "<c t='inlineStr'><is><t>甲</t></is></c>", u"甲");
    }

    void cellsAreReadAsExcelShowsThem()
    {
        QFETCH(QByteArray, cell);
        QFETCH(QByteArray, properties);
        QFETCH(QString, shown);
        Workbook book;
        book.workbookProperties = properties;
        book.sharedStrings = "<si><t>甲</t></si><si><r><t>東京</t></r><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si>"
                             "<si><t>甲_x000A_乙</t></si>";
        book.cellFormats = "<xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='9'/><xf numFmtId='10'/>"
                           "<xf numFmtId='165'/><xf numFmtId='164'/><xf numFmtId='22'/><xf numFmtId='20'/>";
        book.sheetData = header() + "<row r='2'><c r='A2' t='inlineStr'><is><t>单选题</t></is></c>"
            "<c r='B2' t='inlineStr'><is><t>题目</t></is></c>" + cell
            + "<c r='D2' t='inlineStr'><is><t>另一项</t></is></c><c r='E2' t='inlineStr'><is><t>A</t></is></c></row>";
        const ImportedFile out = readXlsx(book.bytes(), QStringLiteral("a.xlsx"));
        QVERIFY2(out.questions.size() == 1, qPrintable(all(out.rejected) + all(out.warnings)));
        QCOMPARE(out.questions.first().question.choices.first().text, shown);
    }

    void unusableCellsNameThemselves()
    {
        Workbook book;
        const QByteArray good = row(5, {QStringLiteral("判断题"), QStringLiteral("好题"), {}, {}, QStringLiteral("对")});
        book.sheetData = header() + "<row r='2'><c r='B2' t='inlineStr'><is><t>公式</t></is></c><c r='E2' t='str'><f>CHAR(65)</f><v>A</v></c></row>"
            "<row r='3'><c r='B3' t='inlineStr'><is><t>错误</t></is></c><c r='E3' t='e'><v>#N/A</v></c></row>"
            "<row r='4'><c r='B4' t='inlineStr'><is><t>共享</t></is></c><c r='E4'><f t='shared' si='0'/><v>1</v></c></row>" + good;
        const ImportedFile out = readXlsx(book.bytes(), QStringLiteral("a.xlsx"));
        QCOMPARE(out.questions.size(), 1);
        QCOMPARE(out.questions.first().row, 5);
        QVERIFY2(says(out.rejected, QStringLiteral("Sheet1!E2"), QStringLiteral("公式（=CHAR(65)）")), qPrintable(all(out.rejected)));
        QVERIFY(says(out.rejected, QStringLiteral("Sheet1!E3"), QStringLiteral("#N/A")));
        QVERIFY(says(out.rejected, QStringLiteral("Sheet1!E4"), QStringLiteral("公式")));
    }

    void absoluteTargetsAreFound()
    {
        Workbook book;
        book.sheetTarget = "/xl/worksheets/sheet1.xml";
        book.sheetData = header() + row(2, {QStringLiteral("判断题"), QStringLiteral("题目"), {}, {}, QStringLiteral("对")});
        QCOMPARE(readXlsx(book.bytes(), QStringLiteral("a.xlsx")).questions.size(), 1);
    }

    void aSecondRowOfHeadings()
    {
        Workbook book;
        book.sheetData = row(1, {QStringLiteral("题型"), QStringLiteral("题干"), QStringLiteral("选项"), {}, {}, QStringLiteral("答案")})
            + row(2, {{}, {}, QStringLiteral("A"), QStringLiteral("B"), QStringLiteral("C")})
            + row(3, {QStringLiteral("单选"), QStringLiteral("题目"), QStringLiteral("甲"), QStringLiteral("乙"), QStringLiteral("丙"), QStringLiteral("C")});
        book.afterData = "<mergeCells><mergeCell ref='C1:E1'/><mergeCell ref='A1:A2'/></mergeCells>";
        const ImportedFile out = readXlsx(book.bytes(), QStringLiteral("a.xlsx"));
        QVERIFY2(out.questions.size() == 1, qPrintable(all(out.rejected) + all(out.warnings)));
        QCOMPARE(choiceTexts(out.questions.first().question), QStringList({QStringLiteral("甲"), QStringLiteral("乙"), QStringLiteral("丙")}));
    }

    void anExaminationSystemsTemplate()
    {
        const ImportedFile out = readXlsx(sample(QStringLiteral("exam-system.xlsx")), QStringLiteral("题库.xlsx"));
        QCOMPARE(out.questions.size(), 7);
        QCOMPARE(out.questions.at(1).question.answer, QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("d")}));
        QCOMPARE(out.questions.at(2).question.answer, QStringList {QStringLiteral("false")});
        QCOMPARE(choiceTexts(out.questions.at(4).question),
            QStringList({QStringLiteral("13%"), QStringLiteral("9%"), QStringLiteral("6%"), QStringLiteral("0%")}));
        QCOMPARE(choiceTexts(out.questions.at(6).question).first(), QStringLiteral("9"));
        QCOMPARE(out.rejected.size(), 2);
        QVERIFY2(says(out.rejected, QStringLiteral("试题!H10"), QStringLiteral("公式")), qPrintable(all(out.rejected)));
        QVERIFY(says(out.rejected, QStringLiteral("试题!H11"), QStringLiteral("没有答案")));
        QVERIFY(says(out.warnings, QStringLiteral("空表"), QStringLiteral("空表")));
        QVERIFY(says(out.warnings, QStringLiteral("字典"), QStringLiteral("隐藏")));
        QVERIFY(says(out.warnings, QStringLiteral("填写说明"), QStringLiteral("表头")));
        QVERIFY(says(out.warnings, QStringLiteral("试题!D12"), QStringLiteral("日期")));
    }

    void packedCellsCasesAndFlags()
    {
        const ImportedFile out = readXlsx(sample(QStringLiteral("packed.xlsx")), QStringLiteral("题库.xlsx"));
        QVERIFY2(out.rejected.isEmpty(), qPrintable(all(out.rejected)));
        QCOMPARE(out.questions.size(), 5);
        QCOMPARE(out.questions.at(2).category,
            QStringList({QStringLiteral("单选题"), QStringLiteral("总则"), QStringLiteral("种类")}));
        QCOMPARE(out.questions.at(3).question.parts.size(), 3);
        QCOMPARE(out.questions.at(4).question.answer, QStringList({QStringLiteral("a"), QStringLiteral("b")}));
    }

    void banksComeBackTheSame_data()
    {
        QTest::addColumn<bool>("starter");
        QTest::newRow("the starter bank") << true;
        QTest::newRow("every type") << false;
    }

    void banksComeBackTheSame()
    {
        QFETCH(bool, starter);
        const QuestionBank bank = starter ? *readBankSources(QStringLiteral(QF_SOURCE_DIR "/resources/bank")) : testing::everyTypeBank();
        const auto out = writeXlsx(bank);
        QVERIFY2(out, qPrintable(out.has_error() ? out.error().toString() : QString()));
        QVERIFY2(out->lost.isEmpty(), qPrintable(all(out->lost)));
        QCOMPARE(writeXlsx(bank)->bytes, out->bytes);
        const ImportedFile back = readXlsx(out->bytes, QStringLiteral("back.xlsx"));
        QVERIFY2(back.rejected.isEmpty(), qPrintable(all(back.rejected)));
        QCOMPARE(back.warnings.size(), 1); // the sheet of notes holds no questions
        QList<QuestionVersion> questions;
        for (const ImportedQuestion &question : back.questions) {
            questions.append(question.question);
        }
        const QString different = testing::difference(bank.questions(), questions);
        QVERIFY2(different.isEmpty(), qPrintable(different));
    }

    void theTemplateIsATableWithoutQuestions()
    {
        const auto bytes = xlsxTemplate();
        QVERIFY(bytes);
        const ImportedFile out = readXlsx(*bytes, QStringLiteral("题库导入模板.xlsx"));
        QVERIFY(out.questions.isEmpty());
        QVERIFY2(out.rejected.isEmpty(), qPrintable(all(out.rejected)));
        QVERIFY(says(out.warnings, QStringLiteral("题库"), QStringLiteral("只有表头")));
        const auto files = readZip(*bytes);
        const QByteArray sheet = files->value(QStringLiteral("xl/worksheets/sheet1.xml"));
        QVERIFY(sheet.contains("state=\"frozen\""));
        QVERIFY(sheet.contains("dataValidation"));
    }

    void whatCannotBeReadIsSaidOnce_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("reason");
        Workbook book;
        book.sheetData = header();
        ArchiveFiles climbing = book.parts();
        QTest::newRow("nothing") << QByteArray() << QStringLiteral("不是 Excel");
        QTest::newRow("a text") << QByteArray("题干,答案\n") << QStringLiteral("不是 Excel");
        QTest::newRow("an old workbook") << QByteArray("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") << QStringLiteral("旧版 Office");
        QTest::newRow("half a workbook") << book.bytes().left(400) << QStringLiteral("损坏");
        ArchiveFiles empty;
        empty.insert(QStringLiteral("a.txt"), "a");
        QTest::newRow("an archive of something else") << *writeZip(empty) << QStringLiteral("缺少");
        ArchiveFiles entities = book.parts();
        entities[QStringLiteral("xl/workbook.xml")].replace("<workbook ", "<!DOCTYPE w [<!ENTITY a \"aaaa\">]><workbook ");
        QTest::newRow("a document type") << *writeZip(entities) << QStringLiteral("损坏");
    }

    void whatCannotBeReadIsSaidOnce()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, reason);
        const ImportedFile out = readXlsx(bytes, QStringLiteral("a.xlsx"));
        QVERIFY(out.questions.isEmpty());
        QCOMPARE(out.rejected.size(), 1);
        QVERIFY2(out.rejected.first().reason.contains(reason), qPrintable(all(out.rejected)));
        QCOMPARE(out.rejected.first().row, 0);
    }

    void aDamagedSheetKeepsWhatCameBefore()
    {
        Workbook book;
        book.sheetData = header() + row(2, {QStringLiteral("判断题"), QStringLiteral("题目"), {}, {}, QStringLiteral("对")}) + "<row r='3'><c r=";
        const ImportedFile out = readXlsx(book.bytes(), QStringLiteral("a.xlsx"));
        QCOMPARE(out.questions.size(), 1);
        QVERIFY2(says(out.rejected, QStringLiteral("Sheet1"), QStringLiteral("损坏")), qPrintable(all(out.rejected)));
        QCOMPARE(out.rejected.first().file, QStringLiteral("a.xlsx!xl/worksheets/sheet1.xml"));
    }

    void boundsHold()
    {
        Workbook deep;
        deep.sheetData = header() + "<row r='300000'><c r='B300000' t='inlineStr'><is><t>题目</t></is></c></row>";
        QVERIFY(says(readXlsx(deep.bytes(), QStringLiteral("a.xlsx")).rejected, QStringLiteral("Sheet1"), QStringLiteral("200000")));
        Workbook wide;
        wide.sheetData = header() + row(2, {QStringLiteral("判断题"), QStringLiteral("题目"), {}, {}, QStringLiteral("对")})
            + "<row r='3'><c r='ZZ3'><v>1</v></c></row>";
        const ImportedFile out = readXlsx(wide.bytes(), QStringLiteral("a.xlsx"));
        QCOMPARE(out.questions.size(), 1);
        QVERIFY(says(out.warnings, QStringLiteral("Sheet1"), QStringLiteral("256")));
        QVERIFY(says(readXlsx(bomb(), QStringLiteral("a.xlsx")).rejected, QString(), QStringLiteral("过大")));
    }
};

QTEST_APPLESS_MAIN(TestXlsx)
#include "tst_xlsx.moc"
