#include "app/workstation/core/papers.h"

#include "quiz/archive/mastery_history.h"
#include "quiz/store/learning_store.h"
#include "quiz/study/wrong_book.h"
#include "tests/support/fake_clock.h"
#include "tests/support/sample_bank.h"

#include "question_bank/base/canonical_json.h"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace qingfeng;

/** Papers, and what else Learner does for learning by choice. */
class TestPapers : public QObject
{
    Q_OBJECT

    struct World
    {
        FakeClock clock;
        SeededRandom random {3};
        std::unique_ptr<LearningStore> store;
        std::shared_ptr<QuestionBank> bank = std::make_shared<QuestionBank>(sampleBank());
        std::unique_ptr<Learner> learner;

        explicit World(const QTemporaryDir &dir)
        {
            store = *LearningStore::open(dir.filePath(QStringLiteral("learning.db")), clock, random);
            Roster roster;
            roster.unit
                = {QStringLiteral("U"), QStringLiteral("样例局"), QStringLiteral("https://u.example")};
            Person person;
            person.number = QStringLiteral("001");
            person.name = QStringLiteral("张三");
            person.accounts = {QStringLiteral("zhangsan")};
            person.assignments = {{QStringLiteral("P01"), {}, true, {}, {}}};
            roster.people = {person};
            const auto saved = store->saveDocument(QStringLiteral("roster"), {}, canonicalJson(toJson(roster)));
            Q_UNUSED(saved)
            learner = std::make_unique<Learner>(
                *store, bank, clock, random, OsAccount {QStringLiteral("zhangsan"), {}});
        }
    };

    static Response right(const QuestionVersion &question) { return {question.answer, false}; }

    static void answerFirst(Papers &papers, const Paper &paper, qint64 usedMs)
    {
        const auto shown = papers.present(papers.unanswered(paper).first());
        const auto answered = papers.answer(paper, *shown, right(shown->question), 60'000, usedMs);
        QVERIFY(answered);
    }

private Q_SLOTS:
    void aPaperIsDrawnFromWhatConcernsTheLearner()
    {
        QTemporaryDir dir;
        World world(dir);
        Papers papers(*world.learner);
        QCOMPARE(papers.available({}), 6); // P00 and P01, never P02
        const auto paper = papers.draw({});
        QCOMPARE(paper->items.size(), 6);
        QCOMPARE(papers.draw({}).error().code(), ErrorCode::Conflict);
        PaperRules none;
        none.posts = {QStringLiteral("P02")};
        QCOMPARE(papers.draw(none).error().code(), ErrorCode::NotFound);
    }

    void answersArePracticeInTheContextOfATest()
    {
        QTemporaryDir dir;
        World world(dir);
        Papers papers(*world.learner);
        const auto paper = papers.draw({});
        answerFirst(papers, *paper, 1000);
        const Attempt attempt = world.learner->attempts().last();
        QCOMPARE(attempt.context, AttemptContext::Test);
        QCOMPARE(attempt.id, paper->items.first().id);
        QVERIFY(world.learner->record().questions.value(attempt.question).memory.stability > 0.0);
        QCOMPARE(world.learner->archive().answered, 1);
        // Not asked once more today outside the paper.
        for (auto shown = world.learner->presentForStudy(); shown; shown = world.learner->presentForStudy()) {
            QVERIFY(shown->question.id != attempt.question);
        }
    }

    void noAnswerIsLostWhenTheProgramIsKilled()
    {
        QTemporaryDir dir;
        const pid_t child = fork();
        if (child == 0) {
            World world(dir);
            Papers papers(*world.learner);
            const auto paper = papers.draw({});
            for (int i = 1; i <= 4; ++i) {
                const auto shown = papers.present(papers.unanswered(*paper).first());
                const auto answered = papers.answer(*paper, *shown, right(shown->question), 60'000, i * 1000);
                Q_UNUSED(answered)
            }
            raise(SIGKILL);
        }
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);

        World world(dir);
        Papers papers(*world.learner);
        const auto paper = papers.open();
        QVERIFY(paper);
        QCOMPARE(paper->usedMs, 4000);
        QCOMPARE(papers.unanswered(*paper).size(), 2);
        answerFirst(papers, *paper, 5000);
        answerFirst(papers, *paper, 6000);
        const auto closed = papers.finish(*paper, 6000, false);
        const PaperResult result = papers.result(*closed);
        QCOMPARE(result.right, 6);
        QVERIFY(result.passed);
        QVERIFY(world.store->verify()->holds());
    }

    void answeringAnItemTwiceIsOneAnswer()
    {
        QTemporaryDir dir;
        World world(dir);
        Papers papers(*world.learner);
        const auto paper = papers.draw({});
        const auto shown = papers.present(paper->items.first());
        QVERIFY(papers.answer(*paper, *shown, right(shown->question), 60'000, 1));
        QVERIFY(papers.answer(*paper, *shown, {{}, true}, 60'000, 2));
        QCOMPARE(world.learner->attempts().size(), 1);
        QCOMPARE(world.learner->attempts().first().outcome, Outcome::Right);
    }

    void theSamePaperIsShownAfterARestart()
    {
        QTemporaryDir dir;
        Paper before;
        {
            World world(dir);
            PaperRules rules;
            rules.questions = 4;
            rules.passPercent = 80;
            before = *Papers(*world.learner).draw(rules);
        }
        World world(dir);
        QCOMPARE(*Papers(*world.learner).open(), before);
        QCOMPARE(Papers(*world.learner).rules(), before.rules); // the next one begins with them
    }

    void aQuestionThatAnUpdateTookAwayFallsOutOfThePaper()
    {
        QTemporaryDir dir;
        World world(dir);
        Papers papers(*world.learner);
        const auto paper = papers.draw({});
        auto smaller = std::make_shared<QuestionBank>();
        for (const Post &post : world.bank->posts()) {
            smaller->add(post);
        }
        for (const RiskPoint &point : world.bank->riskPoints()) {
            smaller->add(point);
        }
        addSampleLaws(*smaller);
        for (const QuestionVersion &question : world.bank->questions()) {
            if (question.id != paper->items.first().question) {
                QVERIFY(smaller->add(question));
            }
        }
        world.learner->setBank(smaller);
        QCOMPARE(papers.unanswered(*paper).size(), 5);
        QCOMPARE(papers.result(*paper).questions, 5);
        QCOMPARE(papers.present(paper->items.first()).error().code(), ErrorCode::NotFound);
    }

    void lawsThemesAndPostsNarrow()
    {
        QTemporaryDir dir;
        World world(dir);
        CultureTheme theme;
        theme.id = QStringLiteral("T1");
        theme.riskPoints = {QStringLiteral("P01-R02")};
        theme.questions = {QStringLiteral("P00-R01-01")};
        world.bank->add(theme);
        QCOMPARE(world.learner->scope().size(), 6);
        const auto count = [&world](const StudyFilter &filter) {
            return std::count_if(world.learner->scope().cbegin(), world.learner->scope().cend(),
                [&](const QuestionVersion *question) { return world.learner->fits(*question, filter); });
        };
        StudyFilter filter;
        filter.theme = theme.id;
        QCOMPARE(count(filter), 3);
        filter = {};
        filter.law = QStringLiteral("A");
        QCOMPARE(count(filter), 6);
        filter.law = QStringLiteral("B");
        QCOMPARE(count(filter), 0);
        QCOMPARE(world.learner->presentForStudy(filter).error().code(), ErrorCode::NotFound);
        filter = {};
        filter.post = commonPost();
        QCOMPARE(count(filter), 2);
        filter.theme = QStringLiteral("T1");
        const auto shown = world.learner->presentForStudy(filter);
        QCOMPARE(shown->question.id, QStringLiteral("P00-R01-01"));
    }

    void aPickedQuestionIsAskedAgainWithoutCredit()
    {
        QTemporaryDir dir;
        World world(dir);
        const QString id = QStringLiteral("P01-R01-01");
        const auto first = world.learner->presentQuestion(id);
        QVERIFY(world.learner->answer(*first, right(first->question), 60'000));
        const auto credits = world.learner->record().person.recent.size();
        const auto again = world.learner->presentQuestion(id);
        QVERIFY(again && again->id != first->id);
        QVERIFY(world.learner->answer(*again, right(again->question), 60'000));
        QCOMPARE(world.learner->record().person.recent.size(), credits);
        QCOMPARE(
            world.learner->presentQuestion(QStringLiteral("P02-R01-01")).error().code(), ErrorCode::NotFound);
    }

    void favouritesAndMistakesAreStudiedFromTheirShelves()
    {
        QTemporaryDir dir;
        World world(dir);
        QSignalSpy told(world.learner.get(), &Learner::favouritesChanged);
        QVERIFY(world.learner->setFavourite(QStringLiteral("P00-R01-02"), true));
        QCOMPARE(told.size(), 1);
        StudyFilter filter;
        filter.shelf = StudyFilter::Shelf::Favourites;
        QCOMPARE(world.learner->presentForStudy(filter)->question.id, QStringLiteral("P00-R01-02"));
        filter.shelf = StudyFilter::Shelf::WrongBook;
        QVERIFY(!world.learner->presentForStudy(filter));
        // Missed three times it rests, but whoever goes through his mistakes means it.
        for (int i = 0; i < 3; ++i) {
            const auto shown = world.learner->presentQuestion(QStringLiteral("P01-R01-01"));
            QVERIFY(world.learner->answer(*shown, {{}, true}, 60'000));
            world.clock.advanceDays(1);
        }
        QCOMPARE(world.learner->wrongBook().size(), 1);
        QCOMPARE(world.learner->presentForStudy(filter)->question.id, QStringLiteral("P01-R01-01"));
    }

    void aDoubtCarriesTheLearnersOwnAnswer()
    {
        QTemporaryDir dir;
        World world(dir);
        const auto shown = world.learner->presentForStudy();
        const auto answered = world.learner->answer(*shown, right(shown->question), 60'000);
        QVERIFY(world.learner->reportDoubt(shown->question, answered->attempt, QStringLiteral(" 为什么？ ")));
        QVERIFY(!world.learner->reportDoubt(shown->question, {}, QStringLiteral("  ")));
        const QList<FeedbackThread> threads = world.learner->threads(shown->question.id);
        QCOMPARE(threads.size(), 1);
        const FeedbackEntry doubt = threads.first().first();
        QCOMPARE(doubt.text, QStringLiteral("为什么？"));
        QCOMPARE(doubt.attempt, shown->id);
        const auto answer = parseJsonObject(doubt.answer.toUtf8());
        QCOMPARE(answer->value(QStringLiteral("outcome")).toString(), QStringLiteral("right"));
    }
};

QTEST_GUILESS_MAIN(TestPapers)
#include "tst_papers.moc"
