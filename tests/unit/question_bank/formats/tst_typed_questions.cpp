#include "question_bank/formats/answer_list.h"
#include "question_bank/formats/office/docx.h"
#include "question_bank/formats/office/word_numbering.h"
#include "question_bank/formats/typed/line_kinds.h"
#include "question_bank/formats/typed/text.h"

#include "office_parts.h"

#include <QStringEncoder>
#include <QTest>

using namespace qingfeng;
using qingfeng::testing::all;
using qingfeng::testing::Document;
using qingfeng::testing::paragraph;
using qingfeng::testing::sample;

/** Questions as people type them, in text files and Word documents. */
class TestTypedQuestions : public QObject
{
    Q_OBJECT

    static QString gist(const QuestionItem &item)
    {
        QStringList pieces {item.stem};
        for (const Choice &choice : item.choices) {
            pieces.append((item.answer.contains(choice.id) ? QStringLiteral("+") : QString()) + choice.text);
        }
        for (const Blank &blank : item.blanks) {
            pieces.append(QLatin1Char('+') + blank.accepted.join(QLatin1Char('|')));
        }
        return pieces.join(QLatin1Char('/'));
    }

    static QStringList gists(const ImportedFile &out)
    {
        QStringList list;
        for (const ImportedQuestion &question : out.questions) {
            list.append(gist(question.question));
        }
        return list;
    }

private Q_SLOTS:
    void questionsAreTypedInManyWays_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected"); // gists, one a line
        const auto add = [](const char *name, const char16_t *text, const char16_t *expected) {
            QTest::newRow(name) << QString::fromUtf16(text) << QString::fromUtf16(expected);
        };
        add("numbers with a point", u"1. 题目\nA. 甲\nB. 乙\n答案：B\n2. 题二\nA. 甲\nB. 乙\n答案：A", u"题目/甲/+乙\n题二/+甲/乙");
        add("numbers with 、", u"1、题目\nA、甲\nB、乙\n答案：B\n2、题二\nA、甲\nB、乙\n答案：A", u"题目/甲/+乙\n题二/+甲/乙");
        add("full width", u"１．题目\nＡ．甲\nＢ．乙\n答案：Ｂ\n２．题二\nＡ．甲\nＢ．乙\n答案：Ａ", u"题目/甲/+乙\n题二/+甲/乙");
        add("numbers in brackets", u"（1）题目\n（A）甲\n（B）乙\n答案：B\n(2)题二\n(A)甲\n(B)乙\n答案：A", u"题目/甲/+乙\n题二/+甲/乙");
        add("第1题", u"第1题 题目\nA．甲\nB．乙\n答案：B\n第2题：题二\nA．甲\nB．乙\n答案：A", u"题目/甲/+乙\n题二/+甲/乙");
        add("options in a line", u"1. 题目\nA. 甲 B. 乙\tC. 丙  D. 丁\n答案：BD", u"题目/甲/+乙/丙/+丁");
        add("options in two lines", u"1. 题目\nA. 甲 B. 乙\nC. 丙 D. 丁\n答案：D", u"题目/甲/乙/丙/+丁");
        add("options in the line of the stem", u"1. 题目 A. 甲 B. 乙 C. 丙\n答案：C", u"题目/甲/乙/+丙");
        add("the answer in the stem", u"1. 应当（B）上交\nA. 不 B. 主动\n2. 哪些（ ＡＢ ）\nA. 甲 B. 乙 C. 丙", u"应当（　）上交/不/+主动\n哪些（　）/+甲/+乙/丙");
        add("brackets that are no answer", u"1. 甲（A）级纳税人\nA. 一\nB. 二\n答案：B", u"甲（A）级纳税人/一/+二");
        add("labels in brackets", u"1. 题目\nA. 甲\nB. 乙\n【答案】B【解析】因为\n【难度】易", u"题目/甲/+乙");
        add("answer and explanation in a line", u"1. 题目\nA. 甲\nB. 乙\n参考答案：B  解析：因为", u"题目/甲/+乙");
        add("everything in a line", u"1、题目（  ）  A.甲 B.乙 C.丙  【答案】C\n2、题二 A.甲 B.乙 答案：A", u"题目（  ）/甲/乙/+丙\n题二/+甲/乙");
        add("an answer behind a full stop", u"一、填空题\n1. 准则（试行）共____条。答案：8", u"准则（试行）共____条。/+8");
        add("letters without points", u"1. 题目（B）\nA甲的\nB乙的\nC丙的\n2. 题二\nA100元 B200元\n答案：B", u"题目（　）/甲的/+乙的/丙的\n题二/100元/+200元");
        add("a stem that begins with a letter", u"1. 下列说法对的是（B）\nA公司有账。\nB公司没有。\nA. 一\nB. 二", u"下列说法对的是（　）\nA公司有账。\nB公司没有。/一/+二");
        add("truths without brackets", u"一、判断题\n1. 说法一。 F\n2. 说法二。×\n3. 说法三 √\n4. 这是错误的。\n答案：对", u"说法一。/正确/+错误\n说法二。/正确/+错误\n说法三/+正确/错误\n这是错误的。/+正确/错误");
        add("blanks filled in", u"一、填空题\n1. 机关实行（首长负责制），由（县级）以上决定。", u"机关实行____，由____以上决定。/+首长负责制/+县级");
        add("a survey program's", u"1. 下列哪项正确？ [单选题] *\n○甲(正确答案)\n○乙\n○丙\n\n2. 哪些？ [多选题] *\n□甲(正确答案)\n□乙(正确答案)\n□丙\n\n3. 说法 [判断题] *\n对(正确答案)\n错",
            u"下列哪项正确？/+甲/乙/丙\n哪些？/+甲/+乙/丙\n说法/+正确/错误");
        add("what is right marked at the option", u"1. 题目\nA. 甲（正确答案）\nB. 乙\n2. 题二\nA. 甲\nB. 乙(正确答案)", u"题目/+甲/乙\n题二/甲/+乙");
        add("the type before the number", u"【单选题】1. 题目\nA. 甲\nB. 乙\n答案：A\n（多选题）2、题二\nA. 甲\nB. 乙\n答案：AB", u"题目/+甲/乙\n题二/+甲/+乙");
        add("an answer without a colon", u"1. 题目\nA. 甲\nB. 乙\n正确答案 B", u"题目/甲/+乙");
        add("an answer in the next line", u"1. 题目\nA. 甲\nB. 乙\n答案：\nB\n2. 题二\nA. 甲\nB. 乙\n答案：A", u"题目/甲/+乙\n题二/+甲/乙");
        add("truths", u"一、判断题\n1. 说法一（√）\n2. 说法二（×）\n3. 说法三\n答案：错\n4. 说法四（ 对 ）",
            u"说法一（　）/+正确/错误\n说法二（　）/正确/+错误\n说法三/正确/+错误\n说法四（　）/+正确/错误");
        add("blanks", u"一、填空题\n1. 期限为____日，（ ）次。\n答案：三十|30；二\n2. 最多____个月\n答案：六", u"期限为____日，____次。/+三十|30/+二\n最多____个月/+六");
        add("types in the stem", u"1.【多选题】题目\nA. 甲\nB. 乙\n答案：AB\n2.（判断题）说法\n答案：√", u"题目/+甲/+乙\n说法/+正确/错误");
        add("a stem of several lines", u"1. 题目\n第二行\nA. 甲\nB. 乙\n答案：B", u"题目\n第二行/甲/+乙");
        add("statements inside a stem", u"1. 下列：\n（1）甲\n（2）乙\n正确的是\nA. 一\nB. 二\n答案：B\n2. 题二\nA. 一\nB. 二\n答案：A", u"下列：\n（1）甲\n（2）乙\n正确的是/一/+二\n题二/+一/二");
        add("a year after the number", u"1.2023年的规定\nA. 甲\nB. 乙\n答案：B\n2.2024年的规定\nA. 甲\nB. 乙\n答案：A", u"2023年的规定/甲/+乙\n2024年的规定/+甲/乙");
        add("numbers that begin again", u"一、单选题\n1. 题目\nA. 甲\nB. 乙\n答案：A\n二、判断题\n1. 说法\n答案：对", u"题目/+甲/乙\n说法/+正确/错误");
        add("no numbers at all", u"题目一\nA. 甲\nB. 乙\n答案：B\n题目二\nA. 甲\nB. 乙\n答案：A", u"题目一/甲/+乙\n题目二/+甲/乙");
        add("answers at the end", u"一、单选题\n1. 题一\nA. 甲\nB. 乙\n2. 题二\nA. 甲\nB. 乙\n二、判断题\n1. 说法一\n2. 说法二\n参考答案\n一、单选题\n1-2 BA\n二、判断题\n1.√ 2.×",
            u"题一/甲/+乙\n题二/+甲/乙\n说法一/+正确/错误\n说法二/正确/+错误");
        add("answers at the end, numbered through", u"1. 题一\nA. 甲\nB. 乙\n2. 题二\nA. 甲\nB. 乙\n3. 题三\nA. 甲\nB. 乙\nC. 丙\n答案：1-3 B A ABC", u"题一/甲/+乙\n题二/+甲/乙\n题三/+甲/+乙/+丙");
        add("answers after each section", u"一、单选题\n1. 题一\nA. 甲\nB. 乙\n2. 题二\nA. 甲\nB. 乙\n答案：1-2 BA\n二、判断题\n1. 说法\n2. 说法二\n答案：1.√ 2.×",
            u"题一/甲/+乙\n题二/+甲/乙\n说法/+正确/错误\n说法二/正确/+错误");
        add("answers of blanks at the end", u"一、填空题\n1. 期限____日\n2. 最多____次\n参考答案：\n1. 三十\n2. 两|2", u"期限____日/+三十\n最多____次/+两|2");
    }

    void questionsAreTypedInManyWays()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const ImportedFile out = readText(text.toUtf8(), QStringLiteral("题.txt"));
        QVERIFY2(out.rejected.isEmpty(), qPrintable(all(out.rejected)));
        // A gist may have lines of its own: compare as a whole.
        QCOMPARE(gists(out).join(QLatin1Char('\n')), expected);
    }

    void fieldsBesideTheQuestion()
    {
        const ImportedFile out = readText(QStringLiteral("第一章 廉洁纪律\n一、单选题（每题2分，共20分）\n1. 题目\nA. 甲\nB. 乙\n"
                                                         "【答案】A\n【解析】【行为】一\n【后果】三\n【难度】难\n【知识点】礼金\n【法律依据】CFF-76；ZWCF-39\n")
                                              .toUtf8(), QStringLiteral("题.txt"));
        QCOMPARE(out.questions.size(), 1);
        const ImportedQuestion &imported = out.questions.first();
        QCOMPARE(imported.question.explanation.act(), QStringLiteral("一"));
        QCOMPARE(imported.question.explanation.consequence(), QStringLiteral("三"));
        QCOMPARE(imported.question.difficulty, Difficulty::Hard);
        QCOMPARE(imported.question.keyword, QStringLiteral("礼金"));
        QCOMPARE(imported.question.articles.size(), 2);
        QCOMPARE(imported.category, QStringList({QStringLiteral("第一章 廉洁纪律"), QStringLiteral("一、单选题（每题2分，共20分）")}));
        QCOMPARE(imported.stated, QStringList {QStringLiteral("difficulty")});
        QCOMPARE(imported.row, 3);
    }

    void casesHaveAScene_data()
    {
        QTest::addColumn<QString>("text");
        const QString parts = QStringLiteral("（1）什么行为？\nA. 违纪\nB. 合法\n答案：A\n（2）应当退还。（√）\n");
        QTest::newRow("numbered") << QStringLiteral("一、案例分析题\n1. 张某收受烟酒。\n后来退还。\n") + parts + QStringLiteral("2. 李某请吃。\n") + parts;
        QTest::newRow("named") << QStringLiteral("案例一：张某收受烟酒。\n后来退还。\n") + parts + QStringLiteral("案例二：李某请吃。\n") + parts;
        QString plain = parts;
        plain.replace(QStringLiteral("（1）"), QStringLiteral("1. ")).replace(QStringLiteral("（2）"), QStringLiteral("2. "));
        QTest::newRow("named, plain numbers") << QStringLiteral("案例一\n张某收受烟酒。\n后来退还。\n") + plain + QStringLiteral("案例二\n李某请吃。\n") + plain;
    }

    void casesHaveAScene()
    {
        QFETCH(QString, text);
        const ImportedFile out = readText(text.toUtf8(), QStringLiteral("题.txt"));
        QVERIFY2(out.rejected.isEmpty(), qPrintable(all(out.rejected)));
        QCOMPARE(out.questions.size(), 2);
        const QuestionVersion &first = out.questions.first().question;
        QCOMPARE(first.type, QuestionType::Case);
        QCOMPARE(first.stem, QStringLiteral("张某收受烟酒。\n后来退还。"));
        QCOMPARE(first.parts.size(), 2);
        QCOMPARE(gist(first.parts.at(0)), QStringLiteral("什么行为？/+违纪/合法"));
        QCOMPARE(gist(first.parts.at(1)), QStringLiteral("应当退还。（　）/+正确/错误"));
    }

    void whatIsNotUnderstoodIsListed()
    {
        const ImportedFile out = readText(QStringLiteral("廉政题库\n\n1. 没有答案\nA. 甲\nB. 乙\n2. 好题\nA. 甲\nB. 乙\n答案：B\n"
                                                         "3. 答案不对\nA. 甲\nB. 乙\n答案：F\n四、简答题\n1. 谈谈看法。\n答案：略\n- 3 -\n第 4 页 共 9 页\n"
                                                         "第一章 总则……………3\n")
                                              .toUtf8(), QStringLiteral("题.txt"));
        QCOMPARE(gists(out), QStringList {QStringLiteral("好题/甲/+乙")});
        QCOMPARE(out.rejected.size(), 3);
        QCOMPARE(out.rejected.at(0).row, 3);
        QCOMPARE(out.rejected.at(0).column, QStringLiteral("第 1 题"));
        QCOMPARE(out.rejected.at(0).reason, QStringLiteral("没有答案，请补上\n原文（3–5）：1. 没有答案\nA. 甲\nB. 乙"));
        QVERIFY(out.rejected.at(1).reason.contains(QStringLiteral("没有选项F")));
        QVERIFY(out.rejected.at(2).reason.contains(QStringLiteral("简答题")));
        QCOMPARE(out.warnings.size(), 4); // the title, two page numbers, a line of contents
    }

    void encodings_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QString text = QStringLiteral("1. 题目\r\nA. 甲\r\nB. 乙\r\n答案：B\r\n");
        QTest::newRow("UTF-8") << text.toUtf8();
        QTest::newRow("GB18030") << QByteArray(QStringEncoder("GB18030").encode(text));
        QTest::newRow("UTF-16") << QByteArray(QStringEncoder(QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom).encode(text));
        QTest::newRow("UTF-16 BE without a mark") << QByteArray(QStringEncoder(QStringConverter::Utf16BE).encode(text));
    }

    void encodings()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(gists(readText(bytes, QStringLiteral("题.txt"))), QStringList {QStringLiteral("题目/甲/+乙")});
    }

    void listsOfAnswers_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("expected");
        const auto add = [](const char16_t *line, const char16_t *expected) {
            QTest::newRow(qPrintable(QString::fromUtf16(line))) << QString::fromUtf16(line) << QString::fromUtf16(expected);
        };
        add(u"1-5 ABCDA", u"1A 2B 3C 4D 5A");
        add(u"1～3：ABC", u"1A 2B 3C");
        add(u"6-8：AB CD ABC", u"6AB 7CD 8ABC");
        add(u"1.A 2.B 3.CD", u"1A 2B 3CD");
        add(u"1、A；2、B", u"1A 2B");
        add(u"1.√ 2.× 3.对", u"1√ 2× 3对");
        add(u"1-4 √×√√", u"1√ 2× 3√ 4√");
        add(u"1-5 ABCDA 6-10 BBCCD", u"1A 2B 3C 4D 5A 6B 7B 8C 9C 10D");
        add(u"1-5 ABCD", u"");
        add(u"1. 应当上交", u"");
        add(u"A. 甲", u"");
        add(u"5-1 ABCDE", u"");
    }

    void listsOfAnswers()
    {
        QFETCH(QString, line);
        QFETCH(QString, expected);
        QStringList found;
        for (const ListedAnswer &listed : parseAnswerList(line)) {
            found.append(QString::number(listed.number) + listed.answer);
        }
        QCOMPARE(found.join(QLatin1Char(' ')), expected);
    }

    void headings_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("heading");
        for (const char16_t *line : {u"一、单选题（每题2分，共20分）", u"二、多项选择题", u"第三部分 判断题（共10题）", u"单选题",
                 u"【填空题】", u"（一）单项选择题：", u"四、案例分析题（30分）", u"第一章 总则", u"五、简答题", u"一、选择题 每题2分"}) {
            QTest::newRow(qPrintable(QString::fromUtf16(line))) << QString::fromUtf16(line) << true;
        }
        for (const char16_t *line : {u"判断下列说法是否正确", u"案例分析表明，干部应当……", u"1. 单选题怎么做", u"选择题目时应当注意", u"一、本办法所称干部"}) {
            QTest::newRow(qPrintable(QString::fromUtf16(line))) << QString::fromUtf16(line) << false;
        }
    }

    void headings()
    {
        QFETCH(QString, line);
        QFETCH(bool, heading);
        QCOMPARE(sectionHeading(line).isHeading, heading);
    }

    void wordsOwnNumbers()
    {
        WordNumbering numbering;
        numbering.read("<numbering><abstractNum abstractNumId='0'><lvl ilvl='0'><start val='1'/><numFmt val='chineseCounting'/><lvlText val='%1、'/></lvl>"
                       "<lvl ilvl='1'><start val='1'/><numFmt val='decimal'/><lvlText val='%2'/></lvl>"
                       "<lvl ilvl='2'><start val='1'/><numFmt val='upperLetter'/><lvlText val='(%3)'/></lvl></abstractNum>"
                       "<abstractNum abstractNumId='1'><lvl ilvl='0'><numFmt val='bullet'/><lvlText val='•'/></lvl></abstractNum>"
                       "<num numId='5'><abstractNumId val='0'/></num><num numId='6'><abstractNumId val='0'/><lvlOverride ilvl='1'><startOverride val='7'/></lvlOverride></num>"
                       "<num numId='7'><abstractNumId val='1'/></num></numbering>");
        const QString list = QStringLiteral("5");
        QCOMPARE(numbering.next(list, 0), QStringLiteral("一、"));
        QCOMPARE(numbering.next(list, 1), QStringLiteral("1."));
        QCOMPARE(numbering.next(list, 2), QStringLiteral("(A)"));
        QCOMPARE(numbering.next(list, 2), QStringLiteral("(B)"));
        QCOMPARE(numbering.next(list, 1), QStringLiteral("2."));
        QCOMPARE(numbering.next(list, 2), QStringLiteral("(A)"));
        QCOMPARE(numbering.next(QStringLiteral("6"), 1), QStringLiteral("7."));
        QCOMPARE(numbering.next(QStringLiteral("7"), 0), QString());
        QCOMPARE(numbering.next(QStringLiteral("9"), 0), QString());
        QCOMPARE(wordNumber(12, QStringLiteral("chineseCountingThousand")), QStringLiteral("十二"));
        QCOMPARE(wordNumber(4, QStringLiteral("lowerRoman")), QStringLiteral("iv"));
        QCOMPARE(wordNumber(3, QStringLiteral("decimalEnclosedCircleChinese")), QStringLiteral("③"));
    }

    void aDocumentWithWordsNumbersAndColour()
    {
        const ImportedFile out = readDocx(sample(QStringLiteral("word-numbers.docx")), QStringLiteral("题.docx"));
        QVERIFY2(out.rejected.isEmpty(), qPrintable(all(out.rejected)));
        QCOMPARE(gists(out), QStringList({QStringLiteral("收到礼金应当？/收下/+上交/转送"),
            QStringLiteral("图中是什么？/红点/+红色的点/绿点"), QStringLiteral("谁可以批准回避？/本人/+负责人")}));
        const QString picture = out.questions.at(1).question.picture->media;
        QVERIFY(picture.endsWith(QLatin1String(".png")));
        QVERIFY(out.media.value(picture).startsWith("\x89PNG"));
        QVERIFY2(all(out.warnings).contains(QStringLiteral("颜色 FF0000")), qPrintable(all(out.warnings)));
        QVERIFY(all(out.warnings).contains(QStringLiteral("修订")));
    }

    void aDocumentWithTables()
    {
        const ImportedFile out = readDocx(sample(QStringLiteral("word-tables.docx")), QStringLiteral("题.docx"));
        QCOMPARE(gists(out), QStringList({QStringLiteral("收到礼金应当？/收下/+上交"), QStringLiteral("可以收礼。/正确/+错误"),
            QStringLiteral("下列哪些应当上交？（　）/+礼金/书信/照片/+购物卡")}));
        QCOMPARE(out.rejected.size(), 1);
        QCOMPARE(out.rejected.first().column, QStringLiteral("表格1!E4 答案"));
    }

    void marksCountOnlyWhenTheyAgree_data()
    {
        QTest::addColumn<QByteArray>("second"); // properties of the right option of the second question
        QTest::addColumn<int>("questions");
        QTest::newRow("both underlined") << QByteArray("<w:u w:val='single'/>") << 2;
        QTest::newRow("one of them not") << QByteArray() << 0;
        QTest::newRow("in another way") << QByteArray("<w:b/>") << 0;
        QTest::newRow("no underline after all") << QByteArray("<w:u w:val='none'/>") << 0;
    }

    void marksCountOnlyWhenTheyAgree()
    {
        QFETCH(QByteArray, second);
        QFETCH(int, questions);
        Document document;
        document.body = paragraph(QStringLiteral("1. 题一")) + paragraph(QStringLiteral("A. 甲"))
            + paragraph(QStringLiteral("B. 乙"), "<w:u w:val='single'/>") + paragraph(QStringLiteral("2. 题二"))
            + paragraph(QStringLiteral("A. 甲"), second) + paragraph(QStringLiteral("B. 乙"));
        const ImportedFile out = readDocx(document.bytes(), QStringLiteral("题.docx"));
        QCOMPARE(out.questions.size(), questions);
        QCOMPARE(out.rejected.size(), 2 - questions);
        QVERIFY(!out.warnings.isEmpty());
    }

    void partsOfADocument()
    {
        Document document;
        document.footnotes = "<w:footnote w:id='2'><w:p><w:r><w:t>见第五条</w:t></w:r></w:p></w:footnote>";
        document.body = "<w:p><w:r><w:t>1. 期限为</w:t></w:r><w:r><w:rPr><w:u w:val='single'/></w:rPr><w:t xml:space='preserve'>   </w:t></w:r>"
                        "<w:r><w:t>日</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
                        "<w:p><w:r><w:t>答案：三十</w:t><w:br/><w:t>解析：</w:t><w:t>因为</w:t></w:r></w:p>"
            + paragraph(QStringLiteral("2. 说法（"))
                  .replace("</w:p>", "<w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r><w:r><w:t>）</w:t></w:r></w:p>")
            + "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>" + paragraph(QStringLiteral("解析：框里"))
            + "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>" + paragraph(QStringLiteral("解析：框里"))
            + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>";
        const ImportedFile out = readDocx(document.bytes(), QStringLiteral("题.docx"));
        QVERIFY2(out.rejected.isEmpty(), qPrintable(all(out.rejected)));
        QCOMPARE(gists(out), QStringList({QStringLiteral("期限为____日/+三十"), QStringLiteral("说法（　）/+正确/错误")}));
        QCOMPARE(out.questions.at(0).question.explanation.why(), QStringLiteral("因为"));
        QCOMPARE(out.questions.at(1).question.explanation.why(), QStringLiteral("框里"));
        QVERIFY(all(out.warnings).contains(QStringLiteral("脚注没有读入，需要时请写进题干或解析：见第五条")));
        QVERIFY(all(out.warnings).contains(QStringLiteral("文本框")));
    }

    void whatIsNoDocumentIsSaid_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a text") << QByteArray("1. 题目");
        QTest::newRow("an old document") << QByteArray("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
        QTest::newRow("a workbook") << testing::Workbook {}.bytes();
        Document broken;
        broken.body = "<w:p><w:r><w:t>1. ";
        QTest::newRow("a broken document") << broken.bytes();
    }

    void whatIsNoDocumentIsSaid()
    {
        QFETCH(QByteArray, bytes);
        const ImportedFile out = readDocx(bytes, QStringLiteral("题.docx"));
        QVERIFY(out.questions.isEmpty());
        QVERIFY(!out.rejected.isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestTypedQuestions)
#include "tst_typed_questions.moc"
