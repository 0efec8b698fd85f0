#include "app/widgets/error_texts.h"
#include "app/widgets/language.h"
#include "app/widgets/reason_sentence.h"
#include "app/widgets/words.h"
#include "tests/support/sample_bank.h"

#include <QRegularExpression>
#include <QTest>

using namespace qingfeng;

class TestWords : public QObject
{
    Q_OBJECT

    std::unique_ptr<Language> m_language;

private Q_SLOTS:
    void initTestCase()
    {
        m_language = std::make_unique<Language>(*QCoreApplication::instance());
        m_language->use(QStringLiteral("zh_CN"));
    }

    void datesAreWrittenAsReadInChina()
    {
        QCOMPARE(Words::moment(1'795'482'900'000, 8 * 3600), QStringLiteral("2026年11月24日 09:15"));
        m_language->use(QStringLiteral("en"));
        QCOMPARE(Words::date(QDate(2026, 11, 24)), QStringLiteral("24 November 2026"));
        m_language->use(QStringLiteral("zh_CN"));
    }

    void theReasonIsACalmSentence_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("end");
        QTest::newRow("new") << int(SelectionReason::Kind::NewHighRisk) << QStringLiteral("还没有问过您");
        QTest::newRow("wrong") << int(SelectionReason::Kind::AnsweredWrong)
                               << QStringLiteral("上次没有答对，再来一次");
        QTest::newRow("long ago") << int(SelectionReason::Kind::LongAgo)
                                  << QStringLiteral("距上次作答已有 40 天");
        QTest::newRow("faded") << int(SelectionReason::Kind::Faded)
                               << QStringLiteral("40 天前你答对过，如今可能有些淡忘");
        QTest::newRow("mandatory") << int(SelectionReason::Kind::Mandatory) << QStringLiteral("相关人员都要作答");
        QTest::newRow("changed law") << int(SelectionReason::Kind::ChangedLaw)
                                     << QStringLiteral("所依据的法规有变化");
        QTest::newRow("sibling") << int(SelectionReason::Kind::Sibling)
                                 << QStringLiteral("同类题目三次没有答对，换一道题，并附上法条");
    }

    void theReasonIsACalmSentence()
    {
        QFETCH(int, kind);
        QFETCH(QString, end);
        const QuestionBank bank = sampleBank();
        const SelectionReason reason{SelectionReason::Kind(kind), QStringLiteral("P01"),
            QStringLiteral("P01-R01"), RiskGrade::High, 40};
        const QString sentence = reasonSentence(reason, bank, {QStringLiteral("P01")});
        QVERIFY2(sentence.endsWith(end), qPrintable(sentence));
        QVERIFY(sentence.startsWith(bank.post(QStringLiteral("P01"))->name));
        QVERIFY(sentence.contains(
            QStringLiteral("高风险点「") + bank.riskPoint(QStringLiteral("P01-R01"))->name));
        // Somebody who does not hold the post is not told that it is his.
        QVERIFY(reasonSentence(reason, bank, {}).startsWith(QStringLiteral("人人适用")));
    }

    void aPostTakenUpLatelyOpensTheSentence()
    {
        const QuestionBank bank = sampleBank();
        SelectionReason reason;
        reason.kind = SelectionReason::Kind::Theme;
        reason.post = QStringLiteral("P01");
        reason.riskPoint = QStringLiteral("P01-R01");
        reason.theme = QStringLiteral("廉洁过节");
        reason.postHeldDays = 7;
        const QString sentence = reasonSentence(reason, bank, {reason.post});
        QVERIFY2(sentence.startsWith(QStringLiteral("你到")), qPrintable(sentence));
        QVERIFY(sentence.contains(QStringLiteral("已有 7 天。")));
        QVERIFY(sentence.endsWith(QStringLiteral("属于当前主题「廉洁过节」")));
    }

    void everyErrorSaysWhatToDoInTheUsersLanguage()
    {
        static const QRegularExpression latin(QStringLiteral("[A-Za-z]{2,}"));
        for (int doing = 0; doing <= int(Doing::Synchronising); ++doing) {
            for (int code = 0; code <= int(ErrorCode::Internal); ++code) {
                const QString text
                    = errorText(Doing(doing), Error(ErrorCode(code), QStringLiteral("secret detail")));
                QVERIFY2(text.count(QStringLiteral("。")) >= 2, qPrintable(text));
                QVERIFY2(!text.contains(latin), qPrintable(text));
                QVERIFY2(!text.contains(QStringLiteral("！")), qPrintable(text));
            }
        }
    }

    void gradesDifferByShapeToo()
    {
        QCOMPARE(shapeOf(RiskGrade::High), QChar(u'●'));
        QCOMPARE(shapeOf(RiskGrade::Medium), QChar(u'▲'));
        QCOMPARE(shapeOf(RiskGrade::Low), QChar(u'■'));
        QCOMPARE(Words::of(RiskGrade::Medium), QStringLiteral("中风险"));
    }
};

QTEST_GUILESS_MAIN(TestWords)
#include "tst_words.moc"
