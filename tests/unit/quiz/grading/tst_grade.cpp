#include "quiz/grading/grade.h"
#include "tests/support/sample_bank.h"

#include <QTest>

using namespace qingfeng;

class TestGrade : public QObject
{
    Q_OBJECT

    static QuestionVersion question(QuestionType type, const QStringList &answer)
    {
        QuestionVersion q = sampleQuestion(QStringLiteral("q"), QStringLiteral("r"));
        q.type = type;
        q.answer = answer;
        return q;
    }

private Q_SLOTS:
    void marks_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("chosen");
        QTest::addColumn<int>("earned");
        QTest::addColumn<QString>("outcome");
        const auto row = [](const char *name, QuestionType type, const char *answer, const char *chosen, int earned,
                             const char *outcome) {
            QTest::newRow(name) << int(type) << QString::fromLatin1(answer) << QString::fromLatin1(chosen) << earned
                                << QString::fromLatin1(outcome);
        };
        row("single, right", QuestionType::Single, "b", "b", 100, "right");
        row("single, wrong", QuestionType::Single, "b", "c", 0, "wrong");
        row("multiple, all right", QuestionType::Multiple, "ac", "ca", 100, "right");
        row("multiple, one missing earns half", QuestionType::Multiple, "acd", "ac", 50, "partial");
        row("multiple, any wrong earns nothing", QuestionType::Multiple, "ac", "ab", 0, "wrong");
        row("multiple, everything ticked", QuestionType::Multiple, "ac", "abcd", 0, "wrong");
    }

    void marks()
    {
        QFETCH(int, type);
        QFETCH(QString, answer);
        QFETCH(QString, chosen);
        QFETCH(int, earned);
        QFETCH(QString, outcome);
        const auto marks = grade(question(QuestionType(type), answer.split(QString(), Qt::SkipEmptyParts)),
            {chosen.split(QString(), Qt::SkipEmptyParts), false});
        QVERIFY2(marks, qPrintable(marks.has_error() ? marks.error().toString() : QString()));
        QCOMPARE(marks->earned, earned);
        QCOMPARE(nameOf(marks->outcome), outcome);
    }

    void missingOneEarnsNothingWhereTheBankSaysSo()
    {
        MarkingRules strict;
        strict.halfForMissing = false;
        const auto q = question(QuestionType::Multiple, {QStringLiteral("a"), QStringLiteral("c")});
        QCOMPARE(grade(q, {{QStringLiteral("a")}, false}, strict)->earned, 0);
    }

    void unsureIsToldApartFromWrong()
    {
        const auto q = question(QuestionType::Single, {QStringLiteral("b")});
        QCOMPARE(grade(q, {{}, true})->outcome, Outcome::Unsure);
        QCOMPARE(grade(q, {{QStringLiteral("b")}, true}).error().code(), ErrorCode::InvalidArgument);
    }

    void formsThatDoNotFitAreRefused()
    {
        const auto q = question(QuestionType::Single, {QStringLiteral("b")});
        QCOMPARE(grade(q, {}).error().code(), ErrorCode::InvalidArgument);
        QCOMPARE(grade(q, {{QStringLiteral("x")}, false}).error().code(), ErrorCode::NotFound);
        QCOMPARE(grade(q, {{QStringLiteral("a"), QStringLiteral("b")}, false}).error().code(),
            ErrorCode::InvalidArgument);
        const auto m = question(QuestionType::Multiple, {QStringLiteral("a"), QStringLiteral("c")});
        QCOMPARE(grade(m, {{QStringLiteral("a"), QStringLiteral("a")}, false}).error().code(),
            ErrorCode::InvalidArgument);
    }

    void fillInComparesWhatIsMeant_data()
    {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("accepted");
        QTest::addColumn<bool>("same");
        const auto row = [](const char *given, const char *accepted, bool same) {
            QTest::newRow(given) << QString::fromUtf8(given) << QString::fromUtf8(accepted) << same;
        };
        row("六个月", "6个月", true);
        row("６个月", "六个月", true);
        row(" 6 个月。", "六个月", true);
        row("两年", "二年", true);
        row("30", "三十", true);
        row("卅", "三十", true);
        row("卅一", "31", true);
        row("廿五", "25", true);
        row("二〇二六年", "2026年", true);
        row("二零二六", "二〇二六", true);
        row("第三十三条", "第33条", true);
        row("叁万伍仟", "35000", true);
        row("3万5千元", "35,000元", true);
        row("1.5万", "15000", true);
        row("一百零八", "108", true);
        row("一亿二千万", "120000000", true);
        row("百分之三十", "30%", true);
        row("千分之五", "5‰", true);
        row("Ａｂｃ", "abc", true);
        row("《税收征管法》", "税收征管法", true);
        row("依法、依规", "依法依规", true);
        row("3-5", "35", false);
        row("3、5", "3,5", true);
        row("1/3", "13", false);
        row("30%", "30", false);
        row("三个月", "六个月", false);
        row("1.5", "15", false);
        row("-5", "5", false);
        row("税务局", "税务所", false);
    }

    void fillInComparesWhatIsMeant()
    {
        QFETCH(QString, given);
        QFETCH(QString, accepted);
        QFETCH(bool, same);
        QuestionVersion q;
        q.type = QuestionType::FillIn;
        q.blanks = {{QStringLiteral("1"), {QStringLiteral("别的"), accepted}}};
        Response response;
        response.texts = {given};
        const auto marks = grade(q, response);
        QVERIFY(marks);
        QVERIFY2((marks->outcome == Outcome::Right) == same,
            qPrintable(normalisedAnswer(given) + QLatin1Char('|') + normalisedAnswer(accepted)));
    }

    void blanksShareTheMarks()
    {
        QuestionVersion q;
        q.type = QuestionType::FillIn;
        q.blanks = {{QStringLiteral("1"), {QStringLiteral("六")}}, {QStringLiteral("2"), {QStringLiteral("八")}}};
        Response response;
        response.texts = {QStringLiteral("6"), QString()};
        QCOMPARE(*grade(q, response), (Marks {50, 100, Outcome::Partial}));
        MarkingRules strict;
        strict.partialFillIn = false;
        QCOMPARE(*grade(q, response, strict), (Marks {0, 100, Outcome::Wrong}));
        response.texts = {QStringLiteral(" "), QString()};
        QCOMPARE(grade(q, response).error().detail(), QStringLiteral("nothing answered"));
        response.texts = {QStringLiteral("6")};
        QCOMPARE(grade(q, response).error().code(), ErrorCode::InvalidArgument);
    }

    static QuestionVersion matching()
    {
        QuestionVersion q = question(QuestionType::Match, {});
        q.choices.removeLast();
        q.targets = {{QStringLiteral("x"), {}}, {QStringLiteral("y"), {}}, {QStringLiteral("z"), {}},
            {QStringLiteral("w"), {}}};
        q.pairs = {{QStringLiteral("a"), QStringLiteral("x")}, {QStringLiteral("b"), QStringLiteral("y")},
            {QStringLiteral("c"), QStringLiteral("z")}};
        return q;
    }

    void aMatchEarnsByItsPairs()
    {
        const QuestionVersion q = matching();
        Response response;
        QCOMPARE(grade(q, response).error().detail(), QStringLiteral("nothing answered"));
        response.pairs = q.pairs;
        QCOMPARE(*grade(q, response), (Marks {100, 100, Outcome::Right}));
        response.pairs.insert(QStringLiteral("c"), QStringLiteral("w"));
        QCOMPARE(*grade(q, response), (Marks {66, 100, Outcome::Partial}));
        response.pairs.insert(QStringLiteral("c"), QStringLiteral("x"));
        QCOMPARE(grade(q, response).error().code(), ErrorCode::InvalidArgument);
        response.pairs = {{QStringLiteral("a"), QStringLiteral("v")}};
        QCOMPARE(grade(q, response).error().code(), ErrorCode::NotFound);
        response.pairs = {{QStringLiteral("a"), QStringLiteral("x")}};
        QCOMPARE(grade(q, response)->earned, 33); // what is left out earns nothing
        MarkingRules strict;
        strict.partialMatch = false;
        QCOMPARE(*grade(q, response, strict), (Marks {0, 100, Outcome::Wrong}));
    }

    void anOrderIsRightOrNot()
    {
        const auto letters = [](const char *text) {
            return QString::fromLatin1(text).split(QString(), Qt::SkipEmptyParts);
        };
        const QuestionVersion q = question(QuestionType::Order, letters("bdac"));
        QVERIFY(!grade(q, {}));
        QCOMPARE(*grade(q, {letters("bdac"), false}), (Marks {100, 100, Outcome::Right}));
        QCOMPARE(*grade(q, {letters("bdca"), false}), (Marks {0, 100, Outcome::Wrong}));
        MarkingRules partly;
        partly.partialOrder = true;
        QCOMPARE(*grade(q, {letters("bdca"), false}, partly), (Marks {50, 100, Outcome::Partial}));
        QCOMPARE(grade(q, {letters("bda"), false}).error().code(), ErrorCode::InvalidArgument);
    }

    static QuestionVersion scene()
    {
        QuestionVersion q;
        q.id = QStringLiteral("case");
        q.type = QuestionType::Case;
        QuestionPart first;
        static_cast<QuestionItem &>(first) = question(QuestionType::Single, {QStringLiteral("b")});
        first.id = QStringLiteral("1");
        QuestionPart second;
        static_cast<QuestionItem &>(second)
            = question(QuestionType::Multiple, {QStringLiteral("a"), QStringLiteral("c")});
        second.id = QStringLiteral("2");
        QuestionPart third;
        third.type = QuestionType::FillIn;
        third.id = QStringLiteral("3");
        third.blanks = {{QStringLiteral("1"), {QStringLiteral("三十日")}}};
        q.parts = {first, second, third};
        return q;
    }

    void aCaseAddsUpItsParts()
    {
        const QuestionVersion q = scene();
        Response response;
        QCOMPARE(grade(q, response).error().detail(), QStringLiteral("nothing answered"));
        response.parts[QStringLiteral("1")].choices = {QStringLiteral("b")};
        response.parts[QStringLiteral("2")].choices = {QStringLiteral("a")};
        response.parts[QStringLiteral("3")].texts = {QStringLiteral("30日")};
        QCOMPARE(*grade(q, response), (Marks {83, 100, Outcome::Partial})); // 33 + 33/2 + 34
        MarkingRules each;
        each.fullMarksEachPart = true;
        QCOMPARE(*grade(q, response, each), (Marks {250, 300, Outcome::Partial}));
        MarkingRules strict;
        strict.partialCase = false;
        QCOMPARE(*grade(q, response, strict), (Marks {0, 100, Outcome::Wrong}));
        response.parts[QStringLiteral("2")].choices = {QStringLiteral("c"), QStringLiteral("a")};
        QCOMPARE(*grade(q, response), (Marks {100, 100, Outcome::Right}));
        response.parts[QStringLiteral("9")].texts = {QStringLiteral("x")};
        QCOMPARE(grade(q, response).error().code(), ErrorCode::NotFound);
    }

    void whatWasAnsweredIsKeptInCanonicalForm()
    {
        const QuestionVersion q = scene();
        Response response;
        response.parts[QStringLiteral("2")].choices = {QStringLiteral("c"), QStringLiteral("a")};
        Attempt attempt;
        attempt.parts[QStringLiteral("2")].choicesShown = {QStringLiteral("d"), QStringLiteral("a")};
        putResponse(q, response, attempt);
        QCOMPARE(attempt.parts.size(), 1);
        const PartResponse kept = attempt.parts.value(QStringLiteral("2"));
        QCOMPARE(kept.choices, (QStringList {QStringLiteral("a"), QStringLiteral("c")}));
        QCOMPARE(kept.choicesShown.first(), QStringLiteral("d"));
        QCOMPARE(attempt.guessPpm, 0); // a blank cannot be guessed

        Attempt order;
        putResponse(question(QuestionType::Order, {}), {{QStringLiteral("c"), QStringLiteral("a")}, false}, order);
        QCOMPARE(order.response.first(), QStringLiteral("c"));
        Attempt single;
        putResponse(question(QuestionType::Single, {}), {{QStringLiteral("a")}, false}, single);
        QCOMPARE(single.guessPpm, 250'000);
    }

    void aTimeOutIsWrongWhateverWasThere()
    {
        Response response;
        response.timedOut = true;
        const auto q = question(QuestionType::Single, {QStringLiteral("b")});
        QCOMPARE(*grade(q, response), (Marks {0, 100, Outcome::Wrong}));
        response.choices = {QStringLiteral("b")};
        QCOMPARE(*grade(q, response), (Marks {0, 100, Outcome::Wrong}));
    }

    void rapidGuessFollowsTheMedianOnceThereIsOne()
    {
        const auto q = question(QuestionType::Single, {QStringLiteral("b")});
        QCOMPARE(rapidGuessLimitMs(q, 40'000), 4000);
        QCOMPARE(rapidGuessLimitMs(q, 500), 1500);
        QCOMPARE(rapidGuessLimitMs(q, 900'000), 10'000);
    }

    void rapidGuessFollowsTheLengthWithinBounds()
    {
        QuestionVersion q = question(QuestionType::Single, {QStringLiteral("b")});
        QCOMPARE(rapidGuessLimitMs(q), 1500);
        q.stem = QString(500, QLatin1Char('x'));
        QVERIFY(rapidGuessLimitMs(q) > 7000);
        q.stem = QString(5000, QLatin1Char('x'));
        QCOMPARE(rapidGuessLimitMs(q), 10'000);
    }
};

QTEST_APPLESS_MAIN(TestGrade)
#include "tst_grade.moc"
