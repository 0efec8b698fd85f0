#include "question_bank/formats/office/docx.h"
#include "question_bank/formats/question_text.h"
#include "question_bank/formats/sheet/xlsx.h"
#include "question_bank/model/media.h"

#include "office_parts.h"

#include <QTest>

using namespace qingfeng;
using namespace qingfeng::testing;

/** Pictures in workbooks and documents become the question's, and one that cannot is said with its place. */
class TestOfficePictures : public QObject
{
    Q_OBJECT

    /** A picture floating over a cell, both from 0; @p blip is what <a:blip> says. */
    static QByteArray anchor(int column, int row, const QByteArray &blip, const QByteArray &alt = {})
    {
        return "<xdr:twoCellAnchor><xdr:from><xdr:col>" + QByteArray::number(column)
            + "</xdr:col><xdr:colOff>9</xdr:colOff><xdr:row>" + QByteArray::number(row)
            + "</xdr:row></xdr:from><xdr:to><xdr:col>9</xdr:col><xdr:row>99</xdr:row></xdr:to><xdr:pic>"
              "<xdr:nvPicPr><xdr:cNvPr id='2' name='图片 1' descr='"
            + alt + "'/></xdr:nvPicPr><xdr:blipFill><a:blip " + blip
            + "/></xdr:blipFill></xdr:pic></xdr:twoCellAnchor>";
    }

    static QByteArray drawing(const QByteArray &anchors)
    {
        return "<xdr:wsDr xmlns:xdr='x' xmlns:a='a' xmlns:r='r'>" + anchors + "</xdr:wsDr>";
    }

    static Workbook table(const QList<QStringList> &rows)
    {
        Workbook book;
        int number = 0;
        for (const QStringList &cells : rows) {
            book.sheetData += row(++number, cells);
        }
        return book;
    }

    static void addDrawing(Workbook &book, const QByteArray &anchors, const QList<QByteArrayList> &relations)
    {
        book.sheetRelations = {{"drawing", "../drawings/drawing1.xml"}};
        book.further.insert(QStringLiteral("xl/drawings/drawing1.xml"), drawing(anchors));
        book.further.insert(QStringLiteral("xl/drawings/_rels/drawing1.xml.rels"), relationsOf(relations));
    }

    static QStringList headings()
    {
        return {QStringLiteral("题型"), QStringLiteral("题干"), QStringLiteral("选项A"),
            QStringLiteral("选项B"), QStringLiteral("答案"), QStringLiteral("解析")};
    }

    static QStringList single(const QString &stem = QStringLiteral("哪个？"))
    {
        return {
            QStringLiteral("单选题"), stem, QStringLiteral("甲"), QStringLiteral("乙"), QStringLiteral("B")};
    }

private Q_SLOTS:
    void floatingPicturesBelongToTheirRow()
    {
        Workbook book = table({headings(), single(), single(QStringLiteral("哪一个？"))});
        addDrawing(book,
            anchor(1, 1, "r:embed='rId1'", "一个红点") + anchor(3, 1, "r:embed='rId2'")
                + anchor(8, 2, "r:embed='rId1'"),
            {{"image", "../media/image1.png"}, {"image", "../media/image2.png"}});
        book.further.insert(QStringLiteral("xl/media/image1.png"), png('a'));
        book.further.insert(QStringLiteral("xl/media/image2.png"), png('b'));
        const ImportedFile out = readXlsx(book.bytes(), QStringLiteral("题.xlsx"));
        QVERIFY2(out.rejected.isEmpty() && out.questions.size() == 2, qPrintable(all(out.rejected)));
        const QuestionVersion &first = out.questions.at(0).question;
        QCOMPARE(*first.picture, (Picture{pictureName(png('a')), QStringLiteral("一个红点")}));
        QCOMPARE(first.choices.at(1).picture->media, pictureName(png('b')));
        QVERIFY(first.choices.at(0).picture->media.isEmpty());
        QCOMPARE(out.questions.at(1).question.picture->media, pictureName(png('a')));
        QCOMPARE(out.media.size(), 2);
        QVERIFY2(out.warnings.isEmpty(), qPrintable(all(out.warnings)));
    }

    void anOptionMayBeAPictureAlone()
    {
        Workbook book = table({headings(),
            {QStringLiteral("单选题"), QStringLiteral("哪个？"), QString(), QString(), QStringLiteral("B")}});
        addDrawing(book, anchor(2, 1, "r:embed='rId1'") + anchor(3, 1, "r:embed='rId2'"),
            {{"image", "/xl/media/image1.png"}, {"image", "/xl/media/image2.png"}});
        book.further.insert(QStringLiteral("xl/media/image1.png"), png('a'));
        book.further.insert(QStringLiteral("xl/media/image2.png"), png('b'));
        const ImportedFile out = readXlsx(book.bytes(), QStringLiteral("题.xlsx"));
        QVERIFY2(out.questions.size() == 1, qPrintable(all(out.rejected)));
        QCOMPARE(out.questions.first().question.choices.size(), 2);
        QCOMPARE(out.questions.first().question.choices.at(1).picture->media, pictureName(png('b')));
    }

    void whatCannotBeTakenIsSaid_data()
    {
        QTest::addColumn<QByteArray>("anchor");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("reason");
        const QByteArray stem = anchor(1, 1, "r:embed='rId1'");
        const QString cell = QStringLiteral("2 Sheet1!B2 题干");
        QTest::newRow("EMF") << stem << QByteArray("\1\0\0\0", 4) + QByteArray(36, 'x') + " EMF" << cell
                             << QStringLiteral("EMF 格式");
        QTest::newRow("WMF") << stem << QByteArray("\xD7\xCD\xC6\x9A rest") << cell
                             << QStringLiteral("WMF 格式");
        QTest::newRow("GIF") << stem << QByteArray("GIF89a…") << cell << QStringLiteral("GIF 格式");
        QTest::newRow("no picture") << stem << QByteArray("hello") << cell
                                    << QStringLiteral("不是 PNG 或 JPEG");
        QTest::newRow("too large") << stem << png('a') + QByteArray(maxPictureBytes, '\0') << cell
                                   << QStringLiteral("超过 512 KB");
        QTest::newRow("not there") << stem << QByteArray() << cell << QStringLiteral("找不到");
        QTest::newRow("a link") << anchor(1, 1, "r:link='rId9'") << png('a') << cell
                                << QStringLiteral("以外");
        QTest::newRow("in a row without a question")
            << anchor(1, 7, "r:embed='rId1'") << png('a') << QStringLiteral("8 Sheet1!B8 题干")
            << QStringLiteral("没有题目");
        QTest::newRow("over the explanation")
            << anchor(5, 1, "r:embed='rId1'") << png('a') << QStringLiteral("2 Sheet1!F2 解析")
            << QStringLiteral("解析里不能有图片");
        QTest::newRow("a second one") << stem + stem << png('a') << cell << QStringLiteral("只读入第一张");
        QTest::newRow("without a cell")
            << QByteArray("<xdr:absoluteAnchor><a:blip r:embed='rId1'/></xdr:absoluteAnchor>") << png('a')
            << QStringLiteral("0 Sheet1") << QStringLiteral("没有题目");
    }

    void whatCannotBeTakenIsSaid()
    {
        QFETCH(QByteArray, anchor);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, place);
        QFETCH(QString, reason);
        Workbook book = table({headings(), single()});
        addDrawing(book, anchor, {{"image", "../media/image1.png"}});
        if (!bytes.isEmpty()) {
            book.further.insert(QStringLiteral("xl/media/image1.png"), bytes);
        }
        const ImportedFile out = readXlsx(book.bytes(), QStringLiteral("题.xlsx"));
        QCOMPARE(out.questions.size(), 1); // as with pictures lost from other formats, the question stays
        QCOMPARE(out.warnings.size(), 1);
        QVERIFY2(all(out.warnings).startsWith(place) && all(out.warnings).contains(reason),
            qPrintable(all(out.warnings)));
        QCOMPARE(out.warnings.first().file, QStringLiteral("题.xlsx"));
    }

    void picturesInsideCells_data()
    {
        QTest::addColumn<QByteArray>("cell");
        QTest::newRow("of WPS") << QByteArray(
            "<c r='C2' t='str'><f>_xlfn.DISPIMG(\"ID_A1\",1)</f><v>=DISPIMG(\"ID_A1\",1)</v></c>");
        QTest::newRow("of WPS, saved by another program")
            << QByteArray("<c r='C2' t='inlineStr'><is><t>=DISPIMG(\"ID_A1\",1)</t></is></c>");
        QTest::newRow("of Excel") << QByteArray("<c r='C2' t='e' vm='2'><v>#VALUE!</v></c>");
    }

    void picturesInsideCells()
    {
        QFETCH(QByteArray, cell);
        Workbook book;
        book.sheetData = row(1, headings()) + "<row r='2'><c r='B2' t='inlineStr'><is><t>哪个？</t></is></c>"
            + cell
            + "<c r='D2' t='inlineStr'><is><t>乙</t></is></c><c r='E2' "
              "t='inlineStr'><is><t>A</t></is></c></row>";
        book.bookRelations = {{"cellImage", "cellimages.xml"}, {"sheetMetadata", "metadata.xml"},
            {"rdRichValue", "richData/rdrichvalue.xml"},
            {"rdRichValueStructure", "richData/rdrichvaluestructure.xml"},
            {"richValueRel", "richData/richValueRel.xml"}};
        book.further = {{QStringLiteral("xl/media/image1.png"), png('a')},
            {QStringLiteral("xl/cellimages.xml"),
                "<etc:cellImages xmlns:etc='e' xmlns:xdr='x' xmlns:a='a' "
                "xmlns:r='r'><etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr "
                "id='1' name='ID_A1' descr='红点'/></xdr:nvPicPr><xdr:blipFill><a:blip "
                "r:embed='rId1'/></xdr:blipFill></xdr:pic>"
                "</etc:cellImage></etc:cellImages>"},
            {QStringLiteral("xl/_rels/cellimages.xml.rels"), relationsOf({{"image", "media/image1.png"}})},
            {QStringLiteral("xl/metadata.xml"),
                "<metadata><futureMetadata name='XLRICHVALUE'><bk><ext><rvb i='1'/></ext></bk><bk><ext><rvb "
                "i='0'/></ext></bk>"
                "</futureMetadata><valueMetadata><bk><rc t='1' v='0'/></bk><bk><rc t='1' "
                "v='1'/></bk></valueMetadata></metadata>"},
            {QStringLiteral("xl/richData/rdrichvalue.xml"),
                "<rvData><rv s='1'><v>0</v><v>5</v></rv><rv s='0'><v>0</v></rv></rvData>"},
            {QStringLiteral("xl/richData/rdrichvaluestructure.xml"),
                "<rvStructures><s t='_error'/><s t='_localImage'/></rvStructures>"},
            {QStringLiteral("xl/richData/richValueRel.xml"),
                "<richValueRels xmlns:r='r'><rel r:id='rId1'/></richValueRels>"},
            {QStringLiteral("xl/richData/_rels/richValueRel.xml.rels"),
                relationsOf({{"image", "../media/image1.png"}})}};
        const ImportedFile out = readXlsx(book.bytes(), QStringLiteral("题.xlsx"));
        QVERIFY2(out.questions.size() == 1, qPrintable(all(out.rejected)));
        QCOMPARE(out.questions.first().question.choices.at(0).picture->media, pictureName(png('a')));
        QVERIFY2(out.warnings.isEmpty(), qPrintable(all(out.warnings)));
    }

    void aPictureThatIsMissingInsideACell()
    {
        Workbook book;
        book.sheetData = row(1, headings())
            + row(2, single()).replace("</row>", "<c r='G2'><f>DISPIMG(\"ID_X\",1)</f></c></row>");
        const ImportedFile out = readXlsx(book.bytes(), QStringLiteral("题.xlsx"));
        QCOMPARE(out.questions.size(), 1);
        QVERIFY2(all(out.warnings).contains(QStringLiteral("2 Sheet1!G2: 单元格里的图片在文件里找不到")),
            qPrintable(all(out.warnings)));
        QVERIFY(out.rejected.isEmpty());
    }

    void namesOfPicturesAreNoPictures()
    {
        Workbook book = table({headings() + QStringList{QStringLiteral("题目图片")},
            single() + QStringList{QString(), QStringLiteral("http://a/b.png")}});
        const ImportedFile out = readXlsx(book.bytes(), QStringLiteral("题.xlsx"));
        QCOMPARE(out.questions.size(), 1);
        QVERIFY2(all(out.warnings).contains(QStringLiteral("2 Sheet1!G2 题目图片: 图片只写了")),
            qPrintable(all(out.warnings)));
    }

    void picturesOfOptionRows()
    {
        Workbook book = table({{QStringLiteral("题干"), QStringLiteral("选项"), QStringLiteral("是否正确")},
            {QStringLiteral("哪个？"), QStringLiteral("甲"), QStringLiteral("否")},
            {QString(), QStringLiteral("乙"), QStringLiteral("是")}});
        addDrawing(book, anchor(0, 1, "r:embed='rId1'") + anchor(1, 2, "r:embed='rId2'"),
            {{"image", "../media/image1.png"}, {"image", "../media/image2.png"}});
        book.further.insert(QStringLiteral("xl/media/image1.png"), png('a'));
        book.further.insert(QStringLiteral("xl/media/image2.png"), png('b'));
        const ImportedFile out = readXlsx(book.bytes(), QStringLiteral("题.xlsx"));
        QVERIFY2(out.questions.size() == 1, qPrintable(all(out.rejected)));
        QCOMPARE(out.questions.first().question.picture->media, pictureName(png('a')));
        QCOMPARE(out.questions.first().question.choices.at(1).picture->media, pictureName(png('b')));
    }

    void picturesInDocuments_data()
    {
        QTest::addColumn<QByteArray>("first"); // in the stem
        QTest::addColumn<QByteArray>("second"); // in option B
        const QByteArray drawn
            = "<w:r><w:drawing><wp:inline><wp:docPr id='1' "
              "descr='图'/><a:graphic><pic:pic><pic:blipFill><a:blip "
              "r:embed='%'/></pic:blipFill></pic:pic></a:graphic></wp:inline></w:drawing></w:r>";
        const QByteArray shaped
            = "<w:r><w:pict><v:shape><v:imagedata r:id='%' o:title='图'/></v:shape></w:pict></w:r>";
        const QByteArray object
            = "<w:r><w:object><v:shape><v:imagedata r:id='%' o:title='图'/></v:shape></w:object></w:r>";
        for (const auto &[name, form] :
            {std::pair{"drawn", drawn}, std::pair{"as VML", shaped}, std::pair{"of an object", object}}) {
            QTest::newRow(name) << QByteArray(form).replace('%', "rId10")
                                << QByteArray(form).replace('%', "rId11");
        }
    }

    void picturesInDocuments()
    {
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, second);
        const auto with = [](const QString &text, const QByteArray &picture) {
            return paragraph(text).replace("</w:p>", picture + "</w:p>");
        };
        const auto cell = [](const QByteArray &content) { return "<w:tc>" + content + "</w:tc>"; };
        QByteArray cells;
        for (const QString &heading : headings().mid(1, 4)) {
            cells += cell(paragraph(heading));
        }
        const QByteArray inTable = "<w:tbl><w:tr>" + cells + "</w:tr><w:tr>"
            + cell(with(QStringLiteral("哪个？"), first)) + cell(paragraph(QStringLiteral("甲")))
            + cell(with(QStringLiteral("乙"), second)) + cell(paragraph(QStringLiteral("B")))
            + "</w:tr></w:tbl>";
        const QByteArray typed = with(QStringLiteral("1. 哪个？"), first) + paragraph(QStringLiteral("A. 甲"))
            + with(QStringLiteral("B. 乙"), second) + paragraph(QStringLiteral("答案：B"));
        for (const QByteArray &body : {typed, inTable}) {
            Document document;
            document.body = body;
            document.further = {{"image", "media/image1.png"}, {"image", "media/image2.png"}};
            document.parts = {{QStringLiteral("word/media/image1.png"), png('a')},
                {QStringLiteral("word/media/image2.png"), png('b')}};
            const ImportedFile out = readDocx(document.bytes(), QStringLiteral("题.docx"));
            QVERIFY2(out.questions.size() == 1, qPrintable(all(out.rejected) + all(out.warnings)));
            const QuestionVersion &question = out.questions.first().question;
            QCOMPARE(*question.picture, (Picture{pictureName(png('a')), QStringLiteral("图")}));
            QCOMPARE(question.choices.at(1).picture->media, pictureName(png('b')));
        }
    }

    void aFormulaDrawnAsWmfIsSaidWithItsParagraph()
    {
        Document document;
        document.body = paragraph(QStringLiteral("1. 说法。"))
            + paragraph(QStringLiteral("2. 另一说法。"))
                  .replace("</w:p>",
                      "<w:r><w:object><v:shape><v:imagedata r:id='rId10'/></v:shape></w:object></w:r></w:p>")
            + paragraph(QStringLiteral("答案：1.对 2.错"));
        document.further = {{"image", "media/image1.wmf"}};
        document.parts = {{QStringLiteral("word/media/image1.wmf"), "\xD7\xCD\xC6\x9A rest"}};
        const ImportedFile out = readDocx(document.bytes(), QStringLiteral("题.docx"));
        QCOMPARE(out.questions.size(), 2);
        QVERIFY2(
            all(out.warnings).contains(QStringLiteral("2 : 图片是 WMF 格式")), qPrintable(all(out.warnings)));
    }
};

QTEST_APPLESS_MAIN(TestOfficePictures)
#include "tst_office_pictures.moc"
