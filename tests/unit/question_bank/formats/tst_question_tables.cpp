#include "question_bank/formats/sheet/column_map.h"
#include "question_bank/formats/sheet/csv.h"
#include "question_bank/formats/sheet/field_words.h"

#include "office_parts.h"

#include "question_bank/formats/bank_sources.h"

#include <QStringEncoder>
#include <QTest>

using namespace qingfeng;
using qingfeng::testing::all;

/** Tables of questions, read from CSV because a test can write that down. */
class TestQuestionTables : public QObject
{
    Q_OBJECT

    static ImportedFile read(const QString &csv, const QString &map = {})
    {
        return readCsvQuestions(csv.toUtf8(), QStringLiteral("题.csv"), {map});
    }

    /** "single b", "true_false true", "fill_in 六|6;二": what a question came to. */
    static QString gist(const QuestionItem &item)
    {
        QStringList blanks;
        for (const Blank &blank : item.blanks) {
            blanks.append(blank.accepted.join(QLatin1Char('|')));
        }
        static const QStringList names {QStringLiteral("single"), QStringLiteral("multiple"), QStringLiteral("truth"),
            QStringLiteral("fill"), QStringLiteral("case"), QStringLiteral("match"), QStringLiteral("order")};
        return names.at(int(item.type)) + QLatin1Char(' ') + item.answer.join(QString()) + blanks.join(QLatin1Char(';'));
    }

private Q_SLOTS:
    void answersAreReadInEveryHabit_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("expected"); // gist, or a word of the reason
        const QString three = QStringLiteral("甲,乙,丙");
        const auto row = [](const char *name, const char16_t *type, const QString &options, const char16_t *answer,
                             const char16_t *expected) {
            QTest::newRow(name) << QString::fromUtf16(type) << options << QString::fromUtf16(answer)
                                << QString::fromUtf16(expected);
        };
        row("a letter", u"单选题", three, u"B", u"single b");
        row("a small letter", u"单选", three, u"b", u"single b");
        row("a full-width letter", u"单项选择题", three, u"Ｂ", u"single b");
        row("letters together", u"多选题", three, u"ABC", u"multiple abc");
        row("letters in any order", u"多选题", three, u"CA", u"multiple ac");
        row("letters with 、", u"多选", three, u"A、C", u"multiple ac");
        row("letters with commas", u"多选", three, u"\"A,C\"", u"multiple ac");
        row("letters with spaces", u"多选", three, u"A C", u"multiple ac");
        row("letters in brackets", u"多选", three, u"（AC）", u"multiple ac");
        row("numbers", u"多选", three, u"13", u"multiple ac");
        row("numbers with 、", u"多选", three, u"1、3", u"multiple ac");
        row("the whole text", u"单选", three, u"丙", u"single c");
        row("whole texts", u"多选", three, u"甲；丙", u"multiple ac");
        row("letter and text", u"单选", three, u"C.丙", u"single c");
        row("the text of options that are numbers", u"单选", QStringLiteral("10,20,30"), u"20", u"single b");
        row("a number that is text and position", u"单选", QStringLiteral("2,3,1"), u"1", u"既是");
        row("a letter without an option", u"单选", three, u"D", u"没有选项D");
        row("two answers of a single choice", u"单选", three, u"AB", u"2 个答案");
        row("one answer of a multiple choice", u"多选", three, u"A", u"只写了一个");
        row("no answer", u"单选", three, u"", u"没有答案");
        row("nonsense", u"单选", three, u"见书", u"看不懂");
        row("a gap between options", u"单选", QStringLiteral("甲,,丙"), u"A", u"选项B为空");
        row("a choice, one answer", u"选择题", three, u"A", u"single a");
        row("a choice, two answers", u"选择题", three, u"AB", u"multiple ab");
        row("no type, one answer", u"", three, u"A", u"single a");
        row("no type, two answers", u"", three, u"AB", u"multiple ab");
        row("no type, a truth", u"", QStringLiteral(",,"), u"错误", u"truth false");
        for (const char16_t *word : {u"√", u"对", u"正确", u"是", u"Y", u"T", u"1", u"A", u"TRUE", u"Ｔ", u"true"}) {
            row(qPrintable(QStringLiteral("true as ") + QString::fromUtf16(word)), u"判断题", QStringLiteral(",,"), word,
                u"truth true");
        }
        for (const char16_t *word : {u"×", u"错", u"错误", u"否", u"N", u"F", u"0", u"B", u"FALSE", u"x"}) {
            row(qPrintable(QStringLiteral("false as ") + QString::fromUtf16(word)), u"判断题", QStringLiteral(",,"), word,
                u"truth false");
        }
        row("a truth by the letter of its option", u"判断", QStringLiteral("错误,正确,"), u"A", u"truth false");
        row("a truth by the number of its option", u"判断", QStringLiteral("对,错,"), u"2", u"truth false");
        row("a truth by the number of its option, the other way", u"判断", QStringLiteral("错误,正确,"), u"1", u"truth false");
        row("a truth with other options", u"判断", three, u"A", u"只能是");
        row("a star at the option", u"单选", QStringLiteral("甲,乙*,丙"), u"", u"single b");
        row("a tick at the options", u"多选", QStringLiteral("√甲,乙,√丙"), u"", u"multiple ac");
        row("letters repeated in the options", u"单选", QStringLiteral("A.甲,B.乙,C、丙"), u"B", u"single b");
        row("an order", u"排序题", three, u"CAB", u"order cab");
        row("an order with arrows", u"排序题", three, u"C→A→B", u"order cab");
        row("an order that leaves one out", u"排序题", three, u"CA", u"各写一次");
        row("an essay", u"简答题", QStringLiteral(",,"), u"略", u"不能自动评分");
        row("an unknown type", u"抢答题", three, u"A", u"不认识的题型");
    }

    void answersAreReadInEveryHabit()
    {
        QFETCH(QString, type);
        QFETCH(QString, options);
        QFETCH(QString, answer);
        QFETCH(QString, expected);
        const ImportedFile out = read(QStringLiteral("题型,题干,选项A,选项B,选项C,答案\n单选题,前一题,一,二,,A\n")
            + type + QStringLiteral(",题目,") + options + QLatin1Char(',') + answer + QLatin1Char('\n')
            + QStringLiteral("单选题,后一题,一,二,,B\n"));
        const QString first = expected.section(QLatin1Char(' '), 0, 0);
        const bool refused = out.questions.size() == 2;
        if (refused) {
            QCOMPARE(out.rejected.size(), 1);
            QVERIFY2(out.rejected.first().reason.contains(expected), qPrintable(all(out.rejected)));
            QCOMPARE(out.rejected.first().row, 3);
            QCOMPARE(out.rejected.first().file, QStringLiteral("题.csv"));
            QVERIFY(!out.rejected.first().column.isEmpty());
        } else {
            QVERIFY2(out.rejected.isEmpty(), qPrintable(all(out.rejected)));
            QCOMPARE(gist(out.questions.at(1).question), expected);
            for (const Choice &choice : out.questions.at(1).question.choices) {
                QVERIFY2(!choice.text.contains(QLatin1Char('*')) && !choice.text.contains(QChar(u'√')), qPrintable(choice.text));
            }
        }
        QCOMPARE(out.questions.last().question.stem, QStringLiteral("后一题"));
    }

    void blanksAreFoundAndCounted_data()
    {
        QTest::addColumn<QString>("stem");
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("newStem");
        QTest::addColumn<QString>("expected");
        QTest::newRow("underlines") << QStringLiteral("期限为____日") << QStringLiteral("三十|30")
                                    << QStringLiteral("期限为____日") << QStringLiteral("fill 三十|30");
        QTest::newRow("brackets") << QStringLiteral("期限为（  ）日，共( )次") << QStringLiteral("三十；二")
                                  << QStringLiteral("期限为____日，共____次") << QStringLiteral("fill 三十;二");
        QTest::newRow("both") << QStringLiteral("期限为__日，共（ ）次") << QStringLiteral("三十;二")
                              << QStringLiteral("期限为____日，共____次") << QStringLiteral("fill 三十;二");
        QTest::newRow("underlines beside an empty bracket")
            << QStringLiteral("期限为____日（ ）") << QStringLiteral("三十") << QStringLiteral("期限为____日（ ）")
            << QStringLiteral("fill 三十");
        QTest::newRow("answers in brackets") << QStringLiteral("____和____") << QStringLiteral("(甲)(乙)")
                                             << QStringLiteral("____和____") << QStringLiteral("fill 甲;乙");
        QTest::newRow("answers with 、") << QStringLiteral("____和____") << QStringLiteral("甲、乙")
                                        << QStringLiteral("____和____") << QStringLiteral("fill 甲;乙");
        QTest::newRow("bars between blanks") << QStringLiteral("____和____") << QStringLiteral("甲|乙")
                                             << QStringLiteral("____和____") << QStringLiteral("fill 甲;乙");
        QTest::newRow("no blank") << QStringLiteral("期限是多少日") << QStringLiteral("三十")
                                  << QStringLiteral("期限是多少日____") << QStringLiteral("fill 三十");
        QTest::newRow("too many answers") << QStringLiteral("期限为____日") << QStringLiteral("三十;二")
                                          << QString() << QStringLiteral("1 个空，答案有 2 个");
    }

    void blanksAreFoundAndCounted()
    {
        QFETCH(QString, stem);
        QFETCH(QString, answer);
        QFETCH(QString, newStem);
        QFETCH(QString, expected);
        const ImportedFile out = read(QStringLiteral("题型,题干,答案\n填空题,%1,%2\n").arg(stem, answer));
        if (newStem.isEmpty()) {
            QVERIFY2(out.rejected.size() == 1 && out.rejected.first().reason.contains(expected), qPrintable(all(out.rejected)));
            return;
        }
        QVERIFY2(out.questions.size() == 1, qPrintable(all(out.rejected)));
        QCOMPARE(out.questions.first().question.stem, newStem);
        QCOMPARE(gist(out.questions.first().question), expected);
    }

    void headingsOfOthersAreKnown_data()
    {
        QTest::addColumn<QString>("headings");
        QTest::newRow("an examination system") << QStringLiteral("试题类型,试题内容,选项1,选项2,正确答案,试题解析,难易度");
        QTest::newRow("another") << QStringLiteral("类型,问题,A,B,标准答案,答案解析,难度");
        QTest::newRow("with notes") << QStringLiteral("*题型（必填）,题目 *,A选项,B选项,参考答案【必填】,解析(选填),难度等级");
        QTest::newRow("full width") << QStringLiteral("题型,题干,选项Ａ,选项Ｂ,答案,解析,难度");
        QTest::newRow("Chinese numbers") << QStringLiteral("题型,题干,选项一,选项二,答案,解析,难度");
        QTest::newRow("in a second line") << QStringLiteral("题型,题干,\"选项A\n（必填）\",选项B,答案,解析,难度");
    }

    void headingsOfOthersAreKnown()
    {
        QFETCH(QString, headings);
        const ImportedFile out = read(QStringLiteral("导入模板,,,,,,\n请勿改动表头,,,,,,\n,,,,,,\n") + headings
            + QStringLiteral("\n单选,题目,甲,乙,A,因为,难\n"));
        QVERIFY2(out.questions.size() == 1, qPrintable(all(out.rejected) + all(out.warnings)));
        const QuestionVersion &question = out.questions.first().question;
        QCOMPARE(question.choices.size(), 2);
        QCOMPARE(question.explanation.why(), QStringLiteral("因为"));
        QCOMPARE(question.difficulty, Difficulty::Hard);
        QVERIFY(out.questions.first().stated.contains(QStringLiteral("difficulty")));
    }

    void typeNumbersAreExplainedOrInferred_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("heading");
        QTest::addColumn<bool>("guessed");
        QTest::newRow("numbers first") << QStringLiteral("说明：1单选 2多选 3判断") << QStringLiteral("题型") << false;
        QTest::newRow("words first") << QStringLiteral("单选题填1；多选题填2；判断题填3") << QStringLiteral("题型") << false;
        QTest::newRow("in the heading") << QStringLiteral("模板") << QStringLiteral("题型（1：单选题；2：多选题；3：判断题）") << false;
        QTest::newRow("by content") << QStringLiteral("模板") << QStringLiteral("题型") << true;
    }

    void typeNumbersAreExplainedOrInferred()
    {
        QFETCH(QString, before);
        QFETCH(QString, heading);
        QFETCH(bool, guessed);
        const ImportedFile out = read(before + QStringLiteral(",,,,,\n") + heading
            + QStringLiteral(",题干,选项A,选项B,选项C,答案\n1,一,甲,乙,丙,A\n2,二,甲,乙,丙,AB\n2,三,甲,乙,丙,A\n3,四,,,,1\n"));
        QCOMPARE(out.questions.size(), 3);
        QCOMPARE(gist(out.questions.at(0).question), QStringLiteral("single a"));
        QCOMPARE(gist(out.questions.at(1).question), QStringLiteral("multiple ab"));
        QCOMPARE(gist(out.questions.at(2).question), QStringLiteral("truth true"));
        QCOMPARE(out.rejected.size(), 1); // a multiple choice with one answer stays one
        QCOMPARE(out.rejected.first().row, 5);
        QCOMPARE(all(out.warnings).contains(QStringLiteral("推断")), guessed);
    }

    void aMapSaysWhatHeadingsDoNot()
    {
        const QString csv = QStringLiteral("code,ask,one,two,key,cut\nS,题目,甲,乙,A,\nM,几个,甲/乙/丙,,A#C,\n");
        QVERIFY(read(csv).questions.isEmpty());
        const QString map = QStringLiteral("[columns]\nCode = \"type\"\nASK = \"stem\"\none = \"option_a\"\ntwo = \"option_b\"\n"
                                           "key = \"answer\"\ncut = \"ignore\"\n[types]\nS = \"single\"\nM = \"多选题\"\n");
        const ImportedFile out = read(csv, map);
        QCOMPARE(out.questions.size(), 1);
        QCOMPARE(gist(out.questions.first().question), QStringLiteral("single a"));
        QVERIFY2(out.warnings.isEmpty(), qPrintable(all(out.warnings)));
        const ImportedFile wrong = read(csv, QStringLiteral("[columns]\nask = \"steam\"\n"));
        QVERIFY(wrong.questions.isEmpty());
        QVERIFY(wrong.rejected.first().column.contains(QStringLiteral("columns.ask")));
    }

    void aGuessedMapCanBeKept()
    {
        const QString csv = QStringLiteral("试题类型,问题,A,B,标准答案\n1,题目,甲,乙,A\n1,题二,甲,乙,B\n");
        const ImportedFile first = read(csv);
        QCOMPARE(first.questions.size(), 2);
        QCOMPARE(first.warnings.size(), 1);
        const QString map = first.warnings.first().reason.section(QLatin1Char('\n'), 1);
        const auto kept = readColumnMap(map.toUtf8());
        QVERIFY2(kept, qPrintable(kept.has_error() ? kept.error().toString() : QString()));
        QCOMPARE(*readColumnMap(writeColumnMap(*kept)), *kept);
        const ImportedFile second = read(csv, map);
        QVERIFY2(second.questions.size() == 2, qPrintable(all(second.rejected) + all(second.warnings) + map));
        QVERIFY2(second.warnings.isEmpty(), qPrintable(all(second.warnings)));
    }

    void packedOptionsAreTakenApart_data()
    {
        QTest::addColumn<QString>("cell");
        QTest::newRow("points and strokes") << QStringLiteral("A.9种/B.10种/C.11种");
        QTest::newRow("points and bars") << QStringLiteral("A.9种|B.10种|C.11种");
        QTest::newRow("enumeration marks") << QStringLiteral("A、9种 B、10种 C、11种");
        QTest::newRow("full width") << QStringLiteral("Ａ．9种　Ｂ．10种　Ｃ．11种");
        QTest::newRow("brackets") << QStringLiteral("(A)9种(B)10种(C)11种");
        QTest::newRow("lines") << QStringLiteral("\"A.9种\nB.10种\nC.11种\"");
        QTest::newRow("lines without letters") << QStringLiteral("\"9种\n10种\n11种\"");
        QTest::newRow("bars") << QStringLiteral("9种|10种|11种");
        QTest::newRow("semicolons") << QStringLiteral("9种；10种；11种");
        QTest::newRow("letters and semicolons") << QStringLiteral("A:9种;B:10种;C:11种");
        QTest::newRow("nothing between") << QStringLiteral("A.9种B.10种C.11种");
    }

    void packedOptionsAreTakenApart()
    {
        QFETCH(QString, cell);
        const ImportedFile out = read(QStringLiteral("题干,选项,答案\n几种？,%1,B\n").arg(cell));
        QVERIFY2(out.questions.size() == 1, qPrintable(all(out.rejected)));
        QStringList texts;
        for (const Choice &choice : out.questions.first().question.choices) {
            texts.append(choice.text);
        }
        QCOMPARE(texts, QStringList({QStringLiteral("9种"), QStringLiteral("10种"), QStringLiteral("11种")}));
        QCOMPARE(gist(out.questions.first().question), QStringLiteral("single b"));
    }

    void flagsBesideOptions()
    {
        const ImportedFile out = read(QStringLiteral("题干,选项A,选项A是否正确,选项B,选项B是否正确,选项C,\n"
                                                     "哪些？,甲,是,乙,否,丙,√\n哪个？,甲,0,乙,1,丙,\n"));
        QCOMPARE(out.questions.size(), 2);
        QCOMPARE(gist(out.questions.at(0).question), QStringLiteral("multiple ac"));
        QCOMPARE(gist(out.questions.at(1).question), QStringLiteral("single b"));
    }

    void casesStandInSeveralRows()
    {
        const ImportedFile out = read(QStringLiteral(
            "序号,题型,题干,选项A,选项B,答案,小题号,难度\n"
            "1,案例分析题,张某收受烟酒。,,,,,难\n,单选题,什么行为？,违纪,合法,A,1,\n,,应当退还。,,,√,2,\n"
            "2,单选题,别的题,甲,乙,B,,\n"
            "3,案例,李某请吃。,,,,,\n,单选,对吗？,对的吧,不对吧,C,1,\n,判断,可以去。,,,错,2,\n"
            "4,单选题,最后的题,甲,乙,B,,\n"));
        QCOMPARE(out.questions.size(), 3);
        const QuestionVersion &first = out.questions.first().question;
        QCOMPARE(first.type, QuestionType::Case);
        QCOMPARE(first.difficulty, Difficulty::Hard);
        QCOMPARE(first.parts.size(), 2);
        QCOMPARE(gist(first.parts.at(0)), QStringLiteral("single a"));
        QCOMPARE(gist(first.parts.at(1)), QStringLiteral("truth true"));
        QCOMPARE(out.rejected.size(), 2); // the bad part, and its case as a whole
        QCOMPARE(out.rejected.first().row, 7);
        QCOMPARE(out.rejected.last().row, 6);
    }

    void aCaseInOneRowIsParted()
    {
        const ImportedFile out = read(QStringLiteral("题型,题干,选项A,选项B,答案\n案例题,张某收受烟酒。他应当怎么做？,退还,不退,A\n"));
        QCOMPARE(out.questions.size(), 1);
        QCOMPARE(out.questions.first().question.stem, QStringLiteral("张某收受烟酒。"));
        QCOMPARE(out.questions.first().question.parts.first().stem, QStringLiteral("他应当怎么做？"));
        QCOMPARE(out.warnings.size(), 1);
    }

    void everyColumnComesIn()
    {
        const ImportedFile out = read(QStringLiteral(
            "序号,题型,题干,选项A,选项B,选项C,选项D,选项E,选项F,答案,解析,难度,知识点,岗位,风险点编号,法律依据,适用身份,"
            "分值,有效期起,有效期止,来源,命题人,审核人,审核日期,状态\n"
            "1,单选题,题目,甲,乙,,,,,A,【行为】一,易,礼金,P03,P03-R05;P03-R06,CFF-76；ZWCF-39,党员,2,2026/1/2,"
            "2027年3月4日,改编,张三,李四,20260105,已审核\n"
            "2,单选题,题目二,甲,乙,,,,,A,,易,,P04,P03-R05,,党员,,2026-13-02,,,,,,已审核\n"));
        QCOMPARE(out.questions.size(), 1);
        const QuestionVersion &q = out.questions.first().question;
        QCOMPARE(q.explanation.act(), QStringLiteral("一"));
        QCOMPARE(q.riskPoints, QStringList({QStringLiteral("P03-R05"), QStringLiteral("P03-R06")}));
        QCOMPARE(q.articles, QStringList({QStringLiteral("CFF-76"), QStringLiteral("ZWCF-39")}));
        QCOMPARE(q.audience, Audience::Party);
        QCOMPARE(q.validFrom, QDate(2026, 1, 2));
        QCOMPARE(q.validUntil, QDate(2027, 3, 4));
        QCOMPARE(q.reviewedOn, QDate(2026, 1, 5));
        QCOMPARE(q.keyword, QStringLiteral("礼金"));
        QCOMPARE(q.source, QStringLiteral("改编"));
        QCOMPARE(q.author, QStringLiteral("张三"));
        QCOMPARE(q.reviewer, QStringLiteral("李四"));
        QCOMPARE(q.state, ReviewState::Approved);
        QVERIFY(all(out.warnings).contains(QStringLiteral("分值")));
        QVERIFY(all(out.warnings).contains(QStringLiteral("岗位")));
        QCOMPARE(out.rejected.size(), 1);
        QCOMPARE(out.rejected.first().column, QStringLiteral("有效期起"));
    }

    void approvalNeedsTwoPeople()
    {
        const ImportedFile out = read(QStringLiteral("题型,题干,答案,命题人,审核人,状态\n判断,一,对,张三,张三,已审核\n判断,二,对,张三,李四,已审核\n"));
        QCOMPARE(out.questions.at(0).question.state, ReviewState::Draft);
        QCOMPARE(out.questions.at(1).question.state, ReviewState::Approved);
    }

    void strayRowsAreToldApart()
    {
        const ImportedFile out = read(QStringLiteral(
            "题型,题干,选项A,选项B,答案\n必填,必填,选填,选填,必填\n,,,,\n一、单选题,,,,\n,题目,甲,乙,A\n"
            "题型,题干,选项A,选项B,答案\n二、判断题（每题1分）,,,,\n,说法,,,对\n注意：以上保密,,,,\n"));
        QCOMPARE(out.questions.size(), 2);
        QCOMPARE(out.questions.first().category, QStringList {QStringLiteral("一、单选题")});
        QCOMPARE(gist(out.questions.last().question), QStringLiteral("truth true"));
        QVERIFY2(out.rejected.isEmpty(), qPrintable(all(out.rejected)));
        QCOMPARE(out.warnings.size(), 2); // what must be filled in, and the note
    }

    void encodingsAndDelimiters_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QString csv = QStringLiteral("题型,题干,选项A,选项B,答案\n单选题,\"题目，\"\"引号\"\"\n第二行\",甲,乙,B\n");
        const auto encode = [](const QString &text, const char *name) {
            return QByteArray(QStringEncoder(name).encode(text));
        };
        QTest::newRow("UTF-8") << csv.toUtf8();
        QTest::newRow("UTF-8 with a mark") << QByteArray("\xEF\xBB\xBF") + csv.toUtf8();
        QTest::newRow("UTF-16 LE with a mark") << QByteArray("\xFF\xFE", 2) + encode(csv, "UTF-16LE");
        QTest::newRow("UTF-16 BE with a mark") << QByteArray("\xFE\xFF", 2) + encode(csv, "UTF-16BE");
        QTest::newRow("UTF-16 LE") << encode(csv, "UTF-16LE");
        QTest::newRow("UTF-16 BE") << encode(csv, "UTF-16BE");
        QTest::newRow("GB18030") << encode(csv, "GB18030");
        QTest::newRow("CRLF") << QString(csv).replace(QLatin1Char('\n'), QLatin1String("\r\n")).toUtf8();
        QTest::newRow("CR") << QString(csv).replace(QLatin1Char('\n'), QLatin1Char('\r')).toUtf8();
        QTest::newRow("no last line end") << csv.trimmed().toUtf8();
        QTest::newRow("semicolons") << QString(csv).replace(QLatin1Char(','), QLatin1Char(';')).toUtf8();
        QTest::newRow("tabs") << QString(csv).replace(QLatin1Char(','), QLatin1Char('\t')).toUtf8();
        QTest::newRow("said to be semicolons") << "sep=;\r\n" + QString(csv).replace(QLatin1Char(','), QLatin1Char(';')).toUtf8();
    }

    void encodingsAndDelimiters()
    {
        QFETCH(QByteArray, bytes);
        const ImportedFile out = readCsvQuestions(bytes, QStringLiteral("a.csv"));
        QVERIFY2(out.questions.size() == 1, qPrintable(all(out.rejected) + all(out.warnings)));
        QCOMPARE(out.questions.first().question.stem, QStringLiteral("题目，\"引号\"\n第二行"));
        QCOMPARE(gist(out.questions.first().question), QStringLiteral("single b"));
    }

    void anOpenQuoteCostsOneRow_data()
    {
        QTest::addColumn<QString>("bad");
        QTest::newRow("never closed") << QStringLiteral("判断题,\"没有收尾,对");
        QTest::newRow("closed by another's") << QStringLiteral("判断题,\"没有收尾,对\n判断题,\"有收尾,的\",对");
    }

    void anOpenQuoteCostsOneRow()
    {
        QFETCH(QString, bad);
        const ImportedFile out = read(QStringLiteral("题型,题干,答案\n判断题,一,对\n") + bad + QStringLiteral("\n判断题,二,对\n判断题,三,错\n"));
        QCOMPARE(out.questions.first().question.stem, QStringLiteral("一"));
        QCOMPARE(out.questions.last().question.stem, QStringLiteral("三"));
        QCOMPARE(out.rejected.size(), 1);
        QCOMPARE(out.rejected.first().row, 3);
        QVERIFY(out.questions.size() >= 3);
    }

    void whatIsNoTableIsSaid_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("zeros") << QByteArray(64, '\0');
        QTest::newRow("letters") << QByteArray("hello");
        QTest::newRow("an old workbook") << QByteArray("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on");
        QTest::newRow("too wide") << QByteArray("题干,答案\n") + QByteArray(300, ',') + '\n';
    }

    void whatIsNoTableIsSaid()
    {
        QFETCH(QByteArray, bytes);
        const ImportedFile out = readCsvQuestions(bytes, QStringLiteral("a.csv"));
        QVERIFY(out.questions.isEmpty());
        QVERIFY(!out.rejected.isEmpty() || !out.warnings.isEmpty());
    }

    void formulasAreDisarmed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("written");
        for (const char *text : {"=1+1", "+1", "-1", "@A1", "\tx", "\rx", "＝1"}) {
            QTest::newRow(text) << QString::fromUtf8(text) << QLatin1Char('\'') + QString::fromUtf8(text);
        }
        QTest::newRow("guarded already") << QStringLiteral("'=1") << QStringLiteral("''=1");
        QTest::newRow("a plain apostrophe") << QStringLiteral("'甲'") << QStringLiteral("'甲'");
        QTest::newRow("a plain text") << QStringLiteral("甲=乙") << QStringLiteral("甲=乙");
    }

    void formulasAreDisarmed()
    {
        QFETCH(QString, text);
        QFETCH(QString, written);
        QCOMPARE(guarded(text), written);
        QCOMPARE(unguarded(guarded(text)), text);
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
        const auto out = writeCsvQuestions(bank);
        QVERIFY(out);
        QVERIFY2(out->lost.isEmpty(), qPrintable(all(out->lost)));
        QVERIFY(out->bytes.startsWith("\xEF\xBB\xBF"));
        for (const QByteArray &line : out->bytes.split('\n')) {
            QVERIFY2(line.isEmpty() || !QByteArray("=+-@\t").contains(line.at(0)), line.constData());
        }
        const ImportedFile back = readCsvQuestions(out->bytes, QStringLiteral("back.csv"));
        QVERIFY2(back.rejected.isEmpty(), qPrintable(all(back.rejected)));
        QVERIFY2(back.warnings.isEmpty(), qPrintable(all(back.warnings)));
        QList<QuestionVersion> questions;
        for (const ImportedQuestion &question : back.questions) {
            questions.append(question.question);
        }
        const QString different = testing::difference(bank.questions(), questions);
        QVERIFY2(different.isEmpty(), qPrintable(different));
    }

    void whatATableCannotHoldIsListed()
    {
        QuestionBank bank;
        QuestionVersion question = testing::everyTypeBank().questions().first();
        question.picture = Picture {QStringLiteral("00.png"), QStringLiteral("图")};
        question.choices[0].id = QStringLiteral("x");
        bank.add(question);
        QuestionVersion fill = testing::everyTypeBank().questions().at(3);
        fill.blanks[0].accepted = {QStringLiteral("一;二")};
        bank.add(fill);
        QuestionVersion spaces = testing::everyTypeBank().questions().at(1);
        spaces.stem = QStringLiteral(" 有空格 ");
        bank.add(spaces);
        const auto out = writeCsvQuestions(bank);
        QVERIFY(out);
        const auto lost = [&](const QString &id, const QString &field) {
            return std::any_of(out->lost.cbegin(), out->lost.cend(),
                [&](const ImportRemark &remark) { return remark.file == id && remark.column == field; });
        };
        QVERIFY2(lost(question.id, QStringLiteral("图片")) && lost(question.id, QStringLiteral("选项")), qPrintable(all(out->lost)));
        QVERIFY(lost(fill.id, QStringLiteral("答案")));
        QVERIFY(lost(spaces.id, QStringLiteral("题干")));
    }
};

QTEST_APPLESS_MAIN(TestQuestionTables)
#include "tst_question_tables.moc"
