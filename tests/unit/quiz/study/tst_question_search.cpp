#include "quiz/study/question_search.h"
#include "tests/support/sample_bank.h"

#include <QElapsedTimer>
#include <QTest>

using namespace qingfeng;

class TestQuestionSearch : public QObject
{
    Q_OBJECT

    static QList<const QuestionVersion *> all(const QuestionBank &bank)
    {
        QList<const QuestionVersion *> questions;
        for (const QuestionVersion &question : bank.questions()) {
            questions.append(&question);
        }
        return questions;
    }

    static QuestionBank bank()
    {
        QuestionBank bank = sampleBank();
        QuestionVersion stem = sampleQuestion(QStringLiteral("P01-R01-07"), QStringLiteral("P01-R01"));
        stem.stem = QStringLiteral("某税务所长在春节前收受企业送的ＥＴＣ购物卡，应当如何处理？");
        QuestionVersion choice = sampleQuestion(QStringLiteral("P01-R01-08"), QStringLiteral("P01-R01"));
        choice.choices[0].text = QStringLiteral("退还购物卡并向组织报告");
        QuestionVersion explained = sampleQuestion(QStringLiteral("P01-R01-09"), QStringLiteral("P01-R01"));
        explained.explanation.setPart(Explanation::Why, QStringLiteral("购物卡与现金没有区别"));
        for (const QuestionVersion &question : {explained, choice, stem}) {
            const auto added = bank.add(question);
            Q_UNUSED(added)
        }
        return bank;
    }

    static QStringList idsOf(const QList<SearchHit> &hits)
    {
        QStringList ids;
        for (const SearchHit &hit : hits) {
            ids.append(hit.question->id);
        }
        return ids;
    }

private Q_SLOTS:
    void twoCharactersAreEnoughAndTheStemComesFirst()
    {
        const QuestionBank held = bank();
        const QuestionSearch search(held, all(held));
        const QList<SearchHit> hits = search.find(QStringLiteral("物卡"));
        QCOMPARE(idsOf(hits),
            (QStringList {
                QStringLiteral("P01-R01-07"), QStringLiteral("P01-R01-08"), QStringLiteral("P01-R01-09")}));
        QCOMPARE(hits.at(0).field, SearchField::Stem);
        QCOMPARE(hits.at(1).field, SearchField::Choices);
        QCOMPARE(hits.at(2).field, SearchField::Explanation);
        QVERIFY(hits.at(2).text.contains(QStringLiteral("物卡")));
    }

    void everyWordMustBeThereInAnyField()
    {
        const QuestionBank held = bank();
        const QuestionSearch search(held, all(held));
        QCOMPARE(idsOf(search.find(QStringLiteral("购物卡　报告"))), QStringList {QStringLiteral("P01-R01-08")});
        QVERIFY(search.find(QStringLiteral("购物卡 没有的词")).isEmpty());
        QVERIFY(search.find(QString()).isEmpty());
        QVERIFY(search.find(QStringLiteral("  　 ")).isEmpty());
    }

    void widthAndCaseDoNotCount()
    {
        const QuestionBank held = bank();
        const QuestionSearch search(held, all(held));
        for (const char16_t *query : {u"etc", u"ETC", u"ＥＴＣ", u"ｅtC购物"}) {
            QCOMPARE(idsOf(search.find(QString::fromUtf16(query))), QStringList {QStringLiteral("P01-R01-07")});
        }
    }

    void lawsAreFoundByTheirTitles()
    {
        const QuestionBank held = bank();
        const QuestionSearch search(held, all(held));
        const QString title = held.laws().first().title;
        const QList<SearchHit> hits = search.find(title);
        QVERIFY(!hits.isEmpty());
        QCOMPARE(hits.first().field, SearchField::Law);
    }

    void noWordReachesOverTheEndOfAField()
    {
        const QuestionBank held = bank();
        const QuestionSearch search(held, all(held));
        const QString across
            = QStringLiteral("处理？") + held.question(QStringLiteral("P01-R01-07"), 1)->choices.first().text;
        QVERIFY(search.find(across).isEmpty());
    }

    void marksStandInTheOriginalText()
    {
        const QString text = QStringLiteral("收受ＥＴＣ卡,收受礼品");
        const QList<TextRange> marks = matchesIn(text, searchTerms(QStringLiteral("收受 受etc")));
        QCOMPARE(marks.size(), 2); // what overlaps is one
        QCOMPARE(text.mid(marks.at(0).start, marks.at(0).length), QStringLiteral("收受ＥＴＣ"));
        QCOMPARE(text.mid(marks.at(1).start, marks.at(1).length), QStringLiteral("收受"));
    }

    void anExcerptHoldsTheMatch()
    {
        const QString text = QString(200, QChar(u'甲')) + QStringLiteral("要找的") + QString(200, QChar(u'乙'));
        const Excerpt excerpt = excerptOf(text, {QStringLiteral("要找的")}, 30);
        QCOMPARE(excerpt.text.size(), 32);
        QVERIFY(excerpt.text.startsWith(QChar(0x2026)) && excerpt.text.endsWith(QChar(0x2026)));
        QCOMPARE(excerpt.marks.size(), 1);
        QCOMPARE(excerpt.text.mid(excerpt.marks.first().start, 3), QStringLiteral("要找的"));
        const Excerpt whole = excerptOf(QStringLiteral("短"), {QStringLiteral("无")}, 30);
        QCOMPARE(whole.text, QStringLiteral("短"));
        QVERIFY(whole.marks.isEmpty());
    }

    void tenThousandQuestionsAreSearchedWhileTyping()
    {
        QuestionBank large = sampleBank();
        const QString text = QStringLiteral("在对某公司实施检查期间，企业负责人以感谢指导为名多次联系检查组成员，邀请聚餐并赠送土特产。");
        for (int i = 0; i < 10'000; ++i) {
            QuestionVersion question
                = sampleQuestion(QStringLiteral("P01-R01-%1").arg(i + 100), QStringLiteral("P01-R01"));
            question.stem = QString::number(i) + text + text;
            question.explanation = {text, text + text, text, text};
            if (i % 1000 == 0) {
                question.explanation.setPart(
                    Explanation::Instead, question.explanation.instead() + QStringLiteral("婉拒"));
            }
            QVERIFY(large.add(question));
        }
        const QuestionSearch search(large, all(large));
        qint64 slowest = 0;
        for (const char16_t *query : {u"婉拒", u"检查", u"没有", u"检查 聚餐 婉拒", u"税务", u"12"}) {
            QElapsedTimer timer;
            timer.start();
            const auto hits = search.find(QString::fromUtf16(query));
            slowest = std::max(slowest, timer.elapsed());
            Q_UNUSED(hits)
        }
        qInfo("slowest query on 10,000 questions: %lld ms", slowest);
        QVERIFY2(slowest <= 50, qPrintable(QString::number(slowest)));
        QCOMPARE(search.find(QStringLiteral("婉拒")).size(), 10);
    }
};

QTEST_GUILESS_MAIN(TestQuestionSearch)
#include "tst_question_search.moc"
