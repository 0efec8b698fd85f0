#include "question_bank/formats/office/docx.h"
#include "question_bank/formats/sheet/csv.h"
#include "question_bank/formats/sheet/sheet.h"
#include "question_bank/formats/sheet/xlsx.h"
#include "question_bank/formats/typed/text.h"

#include "office_parts.h"

#include <QTest>

using namespace qingfeng;
using namespace qingfeng::testing;

/** Layouts that other people's files have and ours does not: one option a row, no headings, parts below each
 * other. */
class TestForeignLayouts : public QObject
{
    Q_OBJECT

    /** "题目/甲/+乙" for a choice, "说法/+正确/错误", "空____=六|6": stem, options with the right ones
     * marked, blanks. */
    static QString gist(const QuestionItem &item)
    {
        QString text = item.stem;
        for (const Choice &choice : item.choices) {
            text += QLatin1Char('/')
                + QString(item.answer.contains(choice.id) ? QStringLiteral("+") : QString()) + choice.text;
        }
        for (const Blank &blank : item.blanks) {
            text += QLatin1Char('=') + blank.accepted.join(QLatin1Char('|'));
        }
        return text;
    }

    static QStringList gists(const ImportedFile &file)
    {
        QStringList list;
        for (const ImportedQuestion &imported : file.questions) {
            list.append(gist(imported.question));
            for (const QuestionPart &part : imported.question.parts) {
                list.append(QStringLiteral("- ") + gist(part));
            }
        }
        return list;
    }

    static ImportedFile csv(const QString &text)
    {
        return readCsvQuestions(text.toUtf8(), QStringLiteral("题.csv"));
    }

    static QByteArray cell(const QString &text) { return "<w:tc>" + paragraph(text) + "</w:tc>"; }

    static QByteArray wordTable(const QList<QStringList> &rows)
    {
        QByteArray table = "<w:tbl>";
        for (const QStringList &cells : rows) {
            table += "<w:tr>";
            for (const QString &text : cells) {
                table += cell(text);
            }
            table += "</w:tr>";
        }
        return table + "</w:tbl>";
    }

private Q_SLOTS:
    void anOptionARow_data()
    {
        QTest::addColumn<QString>("table");
        QTest::newRow("with a flag each")
            << QStringLiteral("题型,题干,选项,是否正确\n单选题,哪个？,甲,否\n,,乙,是\n多选题,哪些？,甲,是\n,,"
                              "乙,是\n,,丙,否\n判断题,说法。,,\n");
        QTest::newRow("flags as ticks")
            << QStringLiteral("题干,选项内容,是否正确答案\n哪个？,甲,\n,乙,√\n哪些？,甲,√\n,乙,√\n,丙,\n");
        QTest::newRow("letters beside") << QStringLiteral(
            "题干,选项,选项内容,答案\n哪个？,A,甲,B\n,B,乙,\n哪些？,A,甲,AB\n,B,乙,\n,C,丙,\n");
        QTest::newRow("letters before") << QStringLiteral(
            "题干,选项,正确答案\n哪个？,A.甲,B\n,B.乙,\n哪些？,A.甲,\"A,B\"\n,B.乙,\n,C.丙,\n");
        QTest::newRow("the stem once more")
            << QStringLiteral("题目ID,题目,选项标识,选项内容,是否正确\n1,哪个？,A,甲,0\n1,哪个？,B,乙,1\n2,"
                              "哪些？,A,甲,1\n2,哪些？,B,乙,1\n2,哪些？,C,丙,0\n");
        QTest::newRow("the question in a row of its own")
            << QStringLiteral("题型,题干,选项,是否正确\n单选,哪个？,,\n,,甲,\n,,乙,正确\n多选,哪些？,,\n,,甲,"
                              "正确\n,,乙,正确\n,,丙,错误\n");
        QTest::newRow("ticks in the column of the answer")
            << QStringLiteral("题干,选项,答案\n哪个？,甲,\n,乙,√\n哪些？,甲,√\n,乙,√\n,丙,\n");
    }

    void anOptionARow()
    {
        QFETCH(QString, table);
        const ImportedFile out = csv(table);
        QCOMPARE(gists(out).mid(0, 2),
            QStringList({QStringLiteral("哪个？/甲/+乙"), QStringLiteral("哪些？/+甲/+乙/丙")}));
        QVERIFY2(all(out.warnings).contains(QStringLiteral("每个选项占一行")), qPrintable(all(out.warnings)));
        QVERIFY2(out.rejected.size() <= 1, qPrintable(all(out.rejected))); // the statement without an answer
        QVERIFY(out.questions.at(1).row > out.questions.at(0).row + 1);
    }

    void theSameQuestionTwiceIsNoOptionRow()
    {
        const ImportedFile out = csv(QStringLiteral("题干,选项,答案\n哪个？,甲|乙,B\n哪个？,甲|乙,B\n"));
        QCOMPARE(gists(out), QStringList({QStringLiteral("哪个？/甲/+乙"), QStringLiteral("哪个？/甲/+乙")}));
    }

    void aBadQuestionOfOptionRowsIsSaid()
    {
        const ImportedFile out
            = csv(QStringLiteral("题型,题干,选项,是否正确\n单选题,没有答案？,甲,否\n,,乙,否\n单选题,哪个？,"
                                 "甲,否\n,,乙,是\n单选题,看不懂？,甲,也许\n,,乙,是\n"));
        QCOMPARE(gists(out), QStringList{QStringLiteral("哪个？/甲/+乙")});
        QCOMPARE(out.rejected.size(), 2);
        QCOMPARE(out.rejected.first().row, 6); // a cell is refused when it is read, an answer when all are
        QCOMPARE(out.rejected.last().row, 2);
    }

    void tablesWithoutHeadings_data()
    {
        QTest::addColumn<QString>("table");
        QTest::addColumn<QString>("said");
        QTest::newRow("types, options, answers")
            << QStringLiteral("1,单选题,收到礼金应当怎样处理？,收下,上交,转送他人,B,按规定上交\n2,多选题,"
                              "下列哪些属于违规行为？,收礼,公款旅游,按时下班,AB,见有关条文\n"
                              "3,判断题,干部可以收受消费卡。,,,,错误,不可以\n")
            << QStringLiteral("B 列是题型，C 列是题干，D 列至 F 列是选项A至选项C，G 列是答案，H 列是解析");
        QTest::newRow("no types") << QStringLiteral(
            "收到礼金应当怎样处理？,收下,上交,B\n公款旅游属于什么行为？,合法行为,违规行为,B\n")
                                  << QStringLiteral("A 列是题干，B 列至 C 列是选项A至选项B，D 列是答案");
        QTest::newRow("options behind the answer") << QStringLiteral(
            "收到礼金应当怎样处理？,C,收下,转送,上交\n公款旅游属于什么行为？,B,合法行为,"
            "违规行为,文明行为\n") << QStringLiteral("A 列是题干，B 列是答案，C 列至 E 列是选项A至选项C");
        QTest::newRow("packed options") << QStringLiteral(
            "单选,收到礼金应当怎样处理？,A.收下 B.上交,B\n单选,公款旅游属于什么行为？,A.合法 B.违规,B\n")
                                        << QStringLiteral("C 列是选项，D 列是答案");
        QTest::newRow("statements") << QStringLiteral(
            "干部可以收受消费卡。,错\n收到的礼品应当登记上交。,对\n")
                                    << QStringLiteral("A 列是题干，B 列是答案");
        QTest::newRow("a category first") << QStringLiteral(
            "廉洁纪律,收到礼金应当怎样处理？,收下,上交,B\n廉洁纪律,公款旅游属于什么行为？,合法,违规,"
            "B\n廉洁纪律,可以收受消费卡吗？,可以,不可以,B\n"
            "廉洁纪律,可以借用下属的车吗？,可以,不可以,B\n廉洁纪律,可以公车私用吗？,可以,不可以,B\n")
                                          << QStringLiteral("A 列是分类，B 列是题干");
    }

    void tablesWithoutHeadings()
    {
        QFETCH(QString, table);
        QFETCH(QString, said);
        const ImportedFile out = csv(table);
        QVERIFY2(out.rejected.isEmpty(), qPrintable(all(out.rejected)));
        QCOMPARE(out.questions.size(), table.count(QLatin1Char('\n')));
        QVERIFY2(all(out.warnings).contains(said), qPrintable(all(out.warnings)));
        QCOMPARE(out.questions.first().row, 1);
    }

    void whatCouldBeTwoThingsIsRefused_data()
    {
        QTest::addColumn<QString>("table");
        QTest::addColumn<QString>("reason");
        QTest::newRow("two columns of answers")
            << QStringLiteral("收到礼金应当怎样处理？,收下,上交,B,A\n公款旅游属于什么行为？,合法,违规,B,B\n")
            << QStringLiteral("D 列和E 列都像答案");
        QTest::newRow("no answers") << QStringLiteral(
            "收到礼金应当怎样处理？,收下,上交\n公款旅游属于什么？,合法,违规\n")
                                    << QStringLiteral("没有一列像答案");
        QTest::newRow("letters without options")
            << QStringLiteral("收到礼金应当怎样处理？,B\n公款旅游属于什么行为？,C\n")
            << QStringLiteral("看不出选项在哪几列");
        QTest::newRow("an option or an explanation") << QStringLiteral(
            "收到礼金应当怎样处理？,B,收下,上交,转送\n公款旅游属于什么行为？,A,违规,合法,文明\n")
                                                     << QStringLiteral("看不出E 列是选项还是解析");
        QTest::newRow("one row") << QStringLiteral("收到礼金应当怎样处理？,收下,上交,B\n")
                                 << QStringLiteral("行数太少");
        QTest::newRow("another table") << QStringLiteral("张三,科员,13800000000\n李四,科长,13900000000\n")
                                       << QStringLiteral("没有一列像答案");
    }

    void whatCouldBeTwoThingsIsRefused()
    {
        QFETCH(QString, table);
        QFETCH(QString, reason);
        const ImportedFile out = csv(table);
        QVERIFY(out.questions.isEmpty());
        QVERIFY2(all(out.warnings).contains(reason), qPrintable(all(out.warnings)));
    }

    void partsBelowEachOther_data()
    {
        QTest::addColumn<QString>("table");
        QTest::newRow("labels and texts") << QStringLiteral(
            "题型,单选题\n题干,哪个？\nA,甲\nB,乙\n答案,B\n解析,因为\n题型,判断题\n题干,说法。\n答案,对\n");
        QTest::newRow("several in a row") << QStringLiteral(
            "题干,哪个？,题型,单选题\nA,甲,B,乙\n答案,B,难度,易\n题干,说法。,题型,判断题\n答案,对\n");
        QTest::newRow("numbers before, headings between")
            << QStringLiteral("一、单选题\n1,题干,哪个？\n,选项A,甲\n,选项B,乙\n,正确答案,B\n二、判断题\n2,"
                              "题干,说法。\n,正确答案,正确\n");
        QTest::newRow("options in one cell")
            << QStringLiteral("题目,哪个？\n选项,A.甲 B.乙\n答案,B\n题目,说法。\n答案,√\n");
    }

    void partsBelowEachOther()
    {
        QFETCH(QString, table);
        const ImportedFile out = csv(table);
        QVERIFY2(out.rejected.isEmpty(), qPrintable(all(out.rejected)));
        QCOMPARE(
            gists(out), QStringList({QStringLiteral("哪个？/甲/+乙"), QStringLiteral("说法。/+正确/错误")}));
    }

    void headingsMetElsewhere_data()
    {
        QTest::addColumn<QString>("table");
        QTest::newRow("a platform for courses") << QStringLiteral(
            "目录,题目类型,大题题干,小题题型,小题题干,正确答案,答案解析,难易度,知识点,选项数,A,B\n"
            "第一章,单选题,哪个？,,,B,因为,易,廉洁,2,甲,乙\n");
        QTest::newRow("counted from zero")
            << QStringLiteral("题目内容,题目类型,选项0,选项1,正确选项\n哪个？,单选,甲,乙,B\n");
        QTest::newRow("in English") << QStringLiteral("content,type,option1,option2,isCorrect1,isCorrect2,"
                                                      "explanation\n哪个？,single,甲,乙,false,true,\n");
        QTest::newRow("letters in brackets")
            << QStringLiteral("Question Text,(A) Option,(B) Option,Correct Answer\n哪个？,甲,乙,B\n");
        QTest::newRow("a game") << QStringLiteral(
            "Question - max 120 characters,Answer 1 - max 75 characters,Answer 2 - max 75 characters,Correct "
            "answer(s) - choose at least one\n哪个？,甲,乙,2\n");
        QTest::newRow("a title for a stem") << QStringLiteral("标题,选项A,选项B,标答\n哪个？,甲,乙,B\n");
        QTest::newRow("a title beside the stem")
            << QStringLiteral("题目标题,题目内容,选项A,选项B,答案\n第一题,哪个？,甲,乙,B\n");
    }

    void headingsMetElsewhere()
    {
        QFETCH(QString, table);
        const ImportedFile out = csv(table);
        QVERIFY2(out.rejected.isEmpty(), qPrintable(all(out.rejected)));
        QCOMPARE(gists(out), QStringList{QStringLiteral("哪个？/甲/+乙")});
    }

    void aSceneWithPartsInColumnsOfTheirOwn()
    {
        const ImportedFile out = csv(
            QStringLiteral("题目类型,大题题干,小题题型,小题题干,正确答案,A,B\n"
                           "单选题,哪个？,,,B,甲,乙\n"
                           "阅读理解,张某收受烟酒。,单选题,属于什么？,A,违纪,合法\n,,判断题,应当退还。,对,,\n"
                           "判断题,说法。,,,错,,\n"));
        QVERIFY2(out.rejected.isEmpty(), qPrintable(all(out.rejected)));
        QCOMPARE(gists(out),
            QStringList({QStringLiteral("哪个？/甲/+乙"), QStringLiteral("张某收受烟酒。"),
                QStringLiteral("- 属于什么？/+违纪/合法"), QStringLiteral("- 应当退还。/+正确/错误"),
                QStringLiteral("说法。/正确/+错误")}));
    }

    void aBankTypedIntoCells()
    {
        const ImportedFile out
            = csv(QStringLiteral("单选题\n1.哪个？\nA.甲\nB.乙\n答案：B\n2.哪一个？\nA.丙\nB.丁\n答案：A\n"));
        QVERIFY2(out.rejected.isEmpty(), qPrintable(all(out.rejected)));
        QCOMPARE(
            gists(out), QStringList({QStringLiteral("哪个？/甲/+乙"), QStringLiteral("哪一个？/+丙/丁")}));
        QCOMPARE(out.questions.last().row, 6);
    }

    void samplesOfOtherPrograms()
    {
        const ImportedFile book
            = readXlsx(sample(QStringLiteral("pictures.xlsx")), QStringLiteral("题.xlsx"));
        QVERIFY2(book.rejected.isEmpty(), qPrintable(all(book.rejected)));
        QCOMPARE(gists(book),
            QStringList({QStringLiteral("图中是什么？/+红点/绿点"), QStringLiteral("哪个是红点？/+/没有"),
                QStringLiteral("收到礼金应当？/收下/+上交"),
                QStringLiteral("哪些应当上交？/+礼金/+购物卡/书信"),
                QStringLiteral("收到购物卡应当怎样处理？/+上交/留用"),
                QStringLiteral("可以收受消费卡。/正确/+错误")}));
        const QString picture = book.questions.first().question.picture->media;
        QVERIFY(book.media.value(picture).startsWith("\x89PNG"));
        QCOMPARE(book.questions.at(1).question.choices.first().picture->media, picture);
        const ImportedFile document
            = readDocx(sample(QStringLiteral("word-parts.docx")), QStringLiteral("题.docx"));
        QVERIFY2(document.rejected.isEmpty(), qPrintable(all(document.rejected)));
        QCOMPARE(gists(document),
            QStringList(
                {QStringLiteral("图中是什么？/+红点/绿点"), QStringLiteral("收到礼金应当？/收下/+上交")}));
        QCOMPARE(document.questions.first().question.picture->media, picture);
        QCOMPARE(document.questions.last().question.explanation.why(), QStringLiteral("按规定上交。"));
    }

    void instructionsAreNoQuestions()
    {
        Sheet questions;
        questions.name = QStringLiteral("填写说明");
        qint64 number = 0;
        for (const QStringList &cells :
            {QStringList{QStringLiteral("题干"), QStringLiteral("必填，不超过 500 字")},
                {QStringLiteral("选项A"), QStringLiteral("选择题必填")},
                {QStringLiteral("答案"), QStringLiteral("写选项字母")}}) {
            questions.rows.append({++number, {{cells.at(0)}, {cells.at(1)}}});
        }
        ImportedFile out;
        readSheets(QStringLiteral("题.xlsx"), {questions}, {}, out);
        QVERIFY2(out.questions.isEmpty() && out.rejected.isEmpty(), qPrintable(all(out.rejected)));
        QCOMPARE(out.warnings.size(), 1);
    }

    void typedHabitsMetElsewhere()
    {
        const ImportedFile out = readText(
            QStringLiteral("1、哪个？ [单选题]\nA.甲\nB.乙 "
                           "(正确答案)\n2、哪些？[多选题]\nA.甲（正确答案）\nB.乙（正确答案）\nC.丙\n"
                           "3、说法。[判断题]\n正确答案：对\n")
                .toUtf8(),
            QStringLiteral("题.txt"));
        QVERIFY2(out.rejected.isEmpty(), qPrintable(all(out.rejected)));
        QCOMPARE(gists(out),
            QStringList({QStringLiteral("哪个？/甲/+乙"), QStringLiteral("哪些？/+甲/+乙/丙"),
                QStringLiteral("说法。/+正确/错误")}));
    }

    void wordTables_data()
    {
        QTest::addColumn<QByteArray>("body");
        const QStringList headings{QStringLiteral("题型"), QStringLiteral("题干"), QStringLiteral("选项A"),
            QStringLiteral("选项B"), QStringLiteral("答案")};
        const QStringList single{QStringLiteral("单选题"), QStringLiteral("哪个？"), QStringLiteral("甲"),
            QStringLiteral("乙"), QStringLiteral("B")};
        const QStringList truth{
            QStringLiteral("判断题"), QStringLiteral("说法。"), QString(), QString(), QStringLiteral("对")};
        QTest::newRow("a question a row") << wordTable({headings, single, truth});
        QTest::newRow("a table for each question, labels beside")
            << wordTable({{QStringLiteral("题干"), QStringLiteral("哪个？")},
                   {QStringLiteral("A"), QStringLiteral("甲")}, {QStringLiteral("B"), QStringLiteral("乙")},
                   {QStringLiteral("答案"), QStringLiteral("B")}})
                + paragraph(QString())
                + wordTable({{QStringLiteral("题干"), QStringLiteral("说法。")},
                    {QStringLiteral("答案"), QStringLiteral("对")}});
        QTest::newRow("a part a cell")
            << wordTable({{QStringLiteral("1. 哪个？")}, {QStringLiteral("A. 甲"), QStringLiteral("B. 乙")},
                   {QStringLiteral("答案：B")}, {QStringLiteral("2. 说法。")}, {QStringLiteral("答案：对")}});
        QTest::newRow("options spelt out") << wordTable({{QStringLiteral("题目"), QStringLiteral("哪个？")},
            {QStringLiteral("选项"), QStringLiteral("A"), QStringLiteral("甲")},
            {QString(), QStringLiteral("B"), QStringLiteral("乙")},
            {QStringLiteral("答案"), QStringLiteral("B")}, {QStringLiteral("题目"), QStringLiteral("说法。")},
            {QStringLiteral("答案"), QStringLiteral("对")}});
    }

    void wordTables()
    {
        QFETCH(QByteArray, body);
        Document document;
        document.body = body;
        const ImportedFile out = readDocx(document.bytes(), QStringLiteral("题.docx"));
        QVERIFY2(out.rejected.isEmpty(), qPrintable(all(out.rejected)));
        QCOMPARE(
            gists(out), QStringList({QStringLiteral("哪个？/甲/+乙"), QStringLiteral("说法。/+正确/错误")}));
    }
};

QTEST_APPLESS_MAIN(TestForeignLayouts)
#include "tst_foreign_layouts.moc"
