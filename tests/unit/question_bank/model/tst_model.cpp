#include "question_bank/model/bank_json.h"
#include "tests/support/sample_bank.h"

#include <QTest>

using namespace qingfeng;

class TestModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyObjectSurvivesItsJson()
    {
        const QuestionBank bank = sampleBank();
        for (const QuestionVersion &question : bank.questions()) {
            const auto back = fromJson<QuestionVersion>(toJson(question));
            QVERIFY2(back, qPrintable(back.has_error() ? back.error().toString() : QString()));
            QCOMPARE(*back, question);
        }
        QCOMPARE(*fromJson<Post>(toJson(bank.posts().first())), bank.posts().first());
        QCOMPARE(*fromJson<RiskPoint>(toJson(bank.riskPoints().first())), bank.riskPoints().first());
        QCOMPARE(*fromJson<Law>(toJson(bank.laws().first())), bank.laws().first());
        QCOMPARE(*fromJson<LegalArticle>(toJson(bank.articles().first())), bank.articles().first());
    }

    void aWrongFieldIsNamed()
    {
        QJsonObject object = toJson(sampleBank().questions().first());
        object.insert(QStringLiteral("type"), QStringLiteral("essay"));
        const auto question = fromJson<QuestionVersion>(object);
        QVERIFY(!question);
        QCOMPARE(question.error().where(), QStringLiteral("type"));
    }

    void theLatestVersionIsFoundWhateverTheOrder()
    {
        QuestionBank bank = sampleBank();
        QuestionVersion third = bank.questions().first();
        third.version = 3;
        QuestionVersion second = third;
        second.version = 2;
        bank.add(third);
        bank.add(second);
        QCOMPARE(bank.latest(third.id)->version, 3);
        QCOMPARE(bank.question(third.id, 2)->version, 2);
        QVERIFY(!bank.question(third.id, 4));
    }

    void guessChanceFollowsTheForm()
    {
        QuestionVersion question = sampleQuestion(QStringLiteral("q"), QStringLiteral("r"));
        QCOMPARE(guessChance(question), 0.25);
        question.type = QuestionType::Multiple;
        QCOMPARE(guessChance(question), 1.0 / 11);
        question.type = QuestionType::TrueFalse;
        QCOMPARE(guessChance(question), 0.5);
    }

    void citationsReadAsPeopleWriteThem()
    {
        const QuestionBank bank = sampleBank();
        QCOMPARE(bank.citation(QStringLiteral("A-1")), QStringLiteral("《样例法》第一条"));
        QCOMPARE(bank.citation(QStringLiteral("Z-9")), QStringLiteral("Z-9"));
    }
};

QTEST_APPLESS_MAIN(TestModel)
#include "tst_model.moc"
