#include "quiz/store/learning_store.h"
#include "tests/support/fake_clock.h"

#include "question_bank/base/uuid.h"

#include <QTemporaryDir>
#include <QTest>

using namespace qingfeng;

class TestStudyRecords : public QObject
{
    Q_OBJECT

    FakeClock m_clock;
    SeededRandom m_random {7};

    std::unique_ptr<LearningStore> openIn(const QTemporaryDir &dir)
    {
        auto store = LearningStore::open(dir.filePath(QStringLiteral("learning.db")), m_clock, m_random);
        return store ? std::move(*store) : nullptr;
    }

private Q_SLOTS:
    void favouritesAreKeptByPerson()
    {
        QTemporaryDir dir;
        {
            auto store = openIn(dir);
            QVERIFY(store->study().setFavourite(QStringLiteral("001"), QStringLiteral("q1"), true, 10));
            QVERIFY(store->study().setFavourite(QStringLiteral("001"), QStringLiteral("q2"), true, 20));
            QVERIFY(store->study().setFavourite(QStringLiteral("001"), QStringLiteral("q2"), true, 30)); // once
            QVERIFY(store->study().setFavourite(QStringLiteral("002"), QStringLiteral("q3"), true, 40));
        }
        auto store = openIn(dir);
        QCOMPARE(*store->study().favourites(QStringLiteral("001")),
            (QStringList {QStringLiteral("q2"), QStringLiteral("q1")}));
        QVERIFY(store->study().setFavourite(QStringLiteral("001"), QStringLiteral("q2"), false, 50));
        QCOMPARE(*store->study().favourites(QStringLiteral("001")), QStringList {QStringLiteral("q1")});
    }

    void papersComeBackAsTheyWereAndOnlyOneIsOpen()
    {
        QTemporaryDir dir;
        Paper paper;
        paper.id = makeUuidV7(m_clock, m_random);
        paper.person = QStringLiteral("001");
        paper.rules.questions = 2;
        paper.rules.types = {QuestionType::Case};
        paper.seed = 18'000'000'000'000'000'000ULL;
        paper.startedAtMs = 1000;
        paper.items = {{QStringLiteral("i1"), QStringLiteral("q1"), 2, QStringLiteral("P01"),
                           {QStringLiteral("b"), QStringLiteral("a")}, {}},
            {QStringLiteral("i2"), QStringLiteral("q2"), 1, QStringLiteral("P00"), {},
                {{QStringLiteral("1"), {QStringLiteral("y"), QStringLiteral("x")}}}}};
        {
            auto store = openIn(dir);
            QVERIFY(store->study().addPaper(paper));
            Paper second = paper;
            second.id = makeUuidV7(m_clock, m_random);
            QCOMPARE(store->study().addPaper(second).error().code(), ErrorCode::Conflict);
            QVERIFY(store->study().setPaperTime(paper.id, 5000));
            QVERIFY(store->study().setPaperTime(paper.id, 3000)); // never back
        }
        auto store = openIn(dir);
        paper.usedMs = 5000;
        QCOMPARE(store->study().papers(QStringLiteral("001"))->first(), paper);
        QVERIFY(store->study().finishPaper(paper.id, 6000, 9000, true));
        QVERIFY(store->study().finishPaper(paper.id, 7000, 9999, false)); // closed once
        const Paper closed = store->study().papers(QStringLiteral("001"))->first();
        QCOMPARE(closed.usedMs, 6000);
        QCOMPARE(closed.finishedAtMs, 9000);
        QVERIFY(closed.timedOut);
        QVERIFY(store->study().papers(QStringLiteral("002"))->isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestStudyRecords)
#include "tst_study_records.moc"
