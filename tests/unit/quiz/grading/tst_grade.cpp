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
