#include "app/widgets/button.h"
#include "app/widgets/chips.h"
#include "app/widgets/empty_state.h"
#include "app/widgets/language.h"
#include "app/widgets/notice.h"
#include "app/widgets/question_view.h"
#include "app/widgets/text_block.h"
#include "app/workstation/core/papers.h"
#include "app/workstation/pages/list_model.h"
#include "app/workstation/pages/paper_page.h"
#include "app/workstation/pages/paper_report.h"
#include "app/workstation/pages/paper_setup.h"
#include "app/workstation/pages/question_tools.h"
#include "app/workstation/pages/row_list.h"
#include "app/workstation/pages/study_page.h"
#include "app/workstation/pages/study_side.h"
#include "tests/gui/gui_world.h"

#include "quiz/study/wrong_book.h"

#include <QAbstractItemModelTester>
#include <QLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace qingfeng;

/** The study window, by keyboard alone. */
class TestStudy : public QObject
{
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Language> m_language;
    std::unique_ptr<GuiWorld> m_world;
    std::unique_ptr<StudyPage> m_page;
    qint64 m_now = 0;

    void open(int days = 0, int perDay = 0)
    {
        m_page.reset();
        m_world = std::make_unique<GuiWorld>();
        m_world->study(days, perDay);
        m_page = std::make_unique<StudyPage>(m_world->learner(), *m_theme);
        m_page->layout()->setSizeConstraint(QLayout::SetNoConstraint);
        m_page->resize(1200, 760);
        m_page->show();
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    }

    template <typename T> T *visible() const
    {
        for (T *child : m_page->findChildren<T *>()) {
            if (child->isVisible()) {
                return child;
            }
        }
        return nullptr;
    }
    Button *button(const QString &text) const
    {
        for (Button *button : m_page->findChildren<Button *>()) {
            if (button->isVisible() && button->text() == text) {
                return button;
            }
        }
        return nullptr;
    }
    RowList *list() const { return visible<RowList>(); }
    QList<ListRow> rows() const { return m_page->findChild<StudySide *>()->findChild<ListModel *>()->rows(); }

    /** A key to whatever has the focus, as from a keyboard. */
    static void key(Qt::Key code, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QVERIFY(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), code, modifiers);
    }

    /** Goes by Tab and presses the chip with this text. */
    void chooseWay(const QString &text)
    {
        Button *chip = button(text);
        QVERIFY(chip);
        chip->setFocus(Qt::TabFocusReason);
        key(Qt::Key_Return);
    }

    void search(const QString &words)
    {
        key(Qt::Key_F, Qt::ControlModifier);
        auto *field = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QVERIFY(field);
        field->setText(words); // what an input method commits
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = std::make_unique<Theme>(*qApp);
        m_language = std::make_unique<Language>(*qApp);
        m_language->use(QStringLiteral("zh_CN"));
    }

    void cleanup()
    {
        m_page.reset();
        m_theme->setTextScale(1.0);
    }

    void twoCharactersFindAQuestionAndEnterOpensIt()
    {
        open();
        search(QStringLiteral("宴请"));
        QVERIFY(!rows().isEmpty());
        QAbstractItemModelTester tester(list()->model());
        for (const ListRow &row : rows()) {
            QVERIFY(row.isQuestion);
        }
        const ListRow second = rows().value(1);
        key(Qt::Key_Down);
        key(Qt::Key_Down);
        key(Qt::Key_Return);
        const QuestionVersion *asked = m_world->bank().latest(second.key);
        QVERIFY(visible<QuestionView>()->accessibleName().contains(asked->stem));
        QVERIFY(QApplication::focusWidget()->isAncestorOf(visible<QuestionView>())
            || visible<QuestionView>()->isAncestorOf(QApplication::focusWidget())
            || QApplication::focusWidget() == visible<QuestionView>());
    }

    void foundWordsAreMarkedWhereTheyStand()
    {
        open();
        search(QStringLiteral("宴请"));
        bool marked = false;
        for (const ListRow &row : rows()) {
            for (const TextRange &mark : row.marks) {
                marked = true;
                QCOMPARE(row.title.mid(mark.start, mark.length), QStringLiteral("宴请"));
            }
            for (const TextRange &mark : row.lineMarks) {
                marked = true;
                QCOMPARE(row.line.mid(mark.start, mark.length), QStringLiteral("宴请"));
            }
        }
        QVERIFY(marked);
    }

    void theExplanationIsNotGivenAwayBeforeTheQuestionWasAsked()
    {
        open();
        for (const QuestionVersion *question : m_world->learner().scope()) {
            const QString words = question->explanation.instead().left(12);
            qsizetype found = 0;
            for (const ListRow &row : searchRows(m_world->learner(), words, {}, found)) {
                QVERIFY2(row.lineMarks.isEmpty() || !row.line.startsWith(QStringLiteral("见于解析")),
                    qPrintable(row.line));
            }
        }
    }

    void aSearchWithoutHitsOffersTheNextStep()
    {
        open();
        search(QStringLiteral("绝无此词"));
        QVERIFY(rows().isEmpty());
        button(StudySide::tr("&Clear the search"))->setFocus(Qt::TabFocusReason);
        key(Qt::Key_Return);
        QVERIFY(!rows().isEmpty());
        QVERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()));
    }

    void digitsAndLettersAnswer_data()
    {
        QTest::addColumn<int>("code");
        QTest::newRow("A") << int(Qt::Key_A);
        QTest::newRow("1") << int(Qt::Key_1);
    }

    void digitsAndLettersAnswer()
    {
        QFETCH(int, code);
        open();
        visible<QuestionView>()->ask(
            m_world->questionOf(QuestionType::Single), {QStringLiteral("a"), QStringLiteral("b")});
        key(Qt::Key(code));
        QCOMPARE(visible<QuestionView>()->response().choices, QStringList{QStringLiteral("a")});
    }

    void aBlankHasTheKeyboardAtOnce()
    {
        open();
        for (const QuestionVersion *question : m_world->learner().scope()) {
            if (question->type != QuestionType::FillIn) {
                continue;
            }
            search(question->stem.left(20));
            key(Qt::Key_Return);
            QVERIFY(visible<QuestionView>()->accessibleName().contains(question->stem));
            QVERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()));
            QVERIFY(visible<QuestionView>()->isAncestorOf(QApplication::focusWidget()));
            return;
        }
        QFAIL("no question with a blank");
    }

    void lawsAndThemesLeadToTheirQuestions_data()
    {
        QTest::addColumn<QString>("way");
        QTest::newRow("laws") << StudySide::tr("Laws");
        QTest::newRow("themes") << StudySide::tr("Themes");
    }

    void lawsAndThemesLeadToTheirQuestions()
    {
        QFETCH(QString, way);
        open();
        chooseWay(way);
        QVERIFY(rows().size() > 2);
        const ListRow third = rows().at(2);
        list()->setFocus(Qt::TabFocusReason);
        key(Qt::Key_Home);
        key(Qt::Key_Down);
        key(Qt::Key_Down);
        key(Qt::Key_Return);
        const auto asked = m_world->learner().store().askedOn(
            m_world->learner().identity().person.number, studyDay(m_world->clock()));
        StudyFilter filter;
        (way == StudySide::tr("Laws") ? filter.law : filter.theme) = third.key;
        int within = 0;
        for (const QString &id : *asked) {
            within += m_world->learner().fits(*m_world->bank().latest(id), filter) ? 1 : 0;
        }
        QVERIFY(within > 0);
        QVERIFY(visible<QuestionView>());
    }

    void theStarIsKeptAndFoundAgain()
    {
        open();
        const QString stem = visible<QuestionView>()->accessibleName();
        key(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(m_world->learner().favourites().size(), 1);
        chooseWay(StudySide::tr("Favourites"));
        QCOMPARE(rows().size(), 2); // all of them, and the one
        list()->setFocus(Qt::TabFocusReason);
        key(Qt::Key_End);
        key(Qt::Key_Return);
        QCOMPARE(visible<QuestionView>()->accessibleName(), stem);
        key(Qt::Key_D, Qt::ControlModifier);
        QVERIFY(m_world->learner().favourites().isEmpty());
        QVERIFY(rows().isEmpty());
    }

    void theWrongBookSaysItsRuleAndLetsGoOnALaterDay()
    {
        open();
        Learner &learner = m_world->learner();
        const auto shown = learner.presentForStudy();
        QVERIFY(learner.answer(*shown, wrongResponse(shown->question), 60'000));
        chooseWay(StudySide::tr("Wrong-book"));
        QCOMPARE(rows().size(), 2);
        bool said = false;
        for (const TextBlock *text : m_page->findChildren<TextBlock *>()) {
            said = said || text->text().contains(QStringLiteral("在之后的学习日答对，就移出错题本"));
        }
        QVERIFY(said);
        const auto again = learner.presentQuestion(shown->question.id);
        QVERIFY(learner.answer(*again, rightResponse(again->question), 60'000));
        QCOMPARE(rows().size(), 2); // the same day is no proof
        m_world->clock().advanceDays(1);
        const auto later = learner.presentQuestion(shown->question.id);
        QVERIFY(learner.answer(*later, rightResponse(later->question), 60'000));
        QVERIFY(rows().isEmpty());
        QVERIFY(learner.wrongBook().isEmpty());
    }

    void aDoubtIsWrittenInThePageAndKept()
    {
        open();
        auto *view = visible<QuestionView>();
        key(Qt::Key_1);
        button(QuestionView::tr("&Unsure"))->setFocus(Qt::TabFocusReason);
        key(Qt::Key_Return);
        QVERIFY(view->isAnswered());
        key(Qt::Key_R, Qt::ControlModifier);
        auto *text = qobject_cast<QPlainTextEdit *>(QApplication::focusWidget());
        QVERIFY(text);
        text->setPlainText(QStringLiteral("选项乙为什么不算？"));
        button(QuestionTools::tr("Write it down"))->setFocus(Qt::TabFocusReason);
        key(Qt::Key_Return);
        QVERIFY(!text->isVisible());
        const auto threads = m_world->learner().threads();
        QCOMPARE(threads.size(), 1);
        QCOMPARE(threads.first().first().text, QStringLiteral("选项乙为什么不算？"));
        QCOMPARE(threads.first().state(), FeedbackState::Queued);
        QCOMPARE(threads.first().first().attempt, m_world->learner().attempts().last().id);
        QVERIFY(threads.first().first().answer.contains(QStringLiteral("unsure")));
        QVERIFY(visible<Notice>()->text().contains(QStringLiteral("连上服务器后"))); // said as it is
        key(Qt::Key_R, Qt::ControlModifier);
        key(Qt::Key_Escape);
        QVERIFY(!text->isVisible());
        QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(button(StudyPage::tr("&Next question"))));
    }

    void aPaperIsDrawnAnsweredAndReadByKeyboard()
    {
        open();
        chooseWay(StudySide::tr("Papers"));
        auto *setup = visible<PaperSetup>();
        QVERIFY(setup);
        button(QStringLiteral("5 题"))->setFocus(Qt::TabFocusReason);
        key(Qt::Key_Return);
        for (const QString &type : {QStringLiteral("单选"), QStringLiteral("多选")}) {
            button(type)->setFocus(Qt::TabFocusReason);
            key(Qt::Key_Return);
        }
        button(PaperSetup::tr("&Begin"))->setFocus(Qt::TabFocusReason);
        key(Qt::Key_Return);
        QVERIFY(visible<PaperPage>());
        for (int i = 1; i <= 5; ++i) {
            QVERIFY(visible<PaperPage>());
            key(Qt::Key_A);
            key(Qt::Key_B);
            key(Qt::Key_Return);
            QCOMPARE(m_world->learner().attempts().size(), i); // on the disk at once
            QCOMPARE(m_world->learner().attempts().last().context, AttemptContext::Test);
        }
        QVERIFY(visible<PaperReport>());
        QVERIFY(!Papers(m_world->learner()).open());
        QCOMPARE(rows().size(), 2); // a new one, and this one
    }

    void aPaperIsLeftAndTakenUpWhereItWas()
    {
        open();
        Papers papers(m_world->learner());
        PaperRules rules;
        rules.questions = 5;
        const auto paper = papers.draw(rules);
        const auto first = papers.present(paper->items.first());
        QVERIFY(papers.answer(*paper, *first, rightResponse(first->question), 60'000, 30'000));
        m_page->showPapers();
        auto *page = visible<PaperPage>();
        QVERIFY(page);
        QCOMPARE(page->remainingMs(), paper->limitMs() - 30'000);
        QVERIFY(page->findChild<QuestionView *>()->accessibleName().contains(
            m_world->bank().latest(paper->items.at(1).question)->stem));
        m_page->study({});
        QVERIFY(!visible<PaperPage>());
        QCOMPARE(papers.unanswered(*papers.open()).size(), 4);
    }

    void timeEndsAPaperAndWhatIsOnTheScreenIsNotAnswered()
    {
        m_world = std::make_unique<GuiWorld>();
        Papers papers(m_world->learner());
        PaperRules rules;
        rules.questions = 2;
        rules.minutes = 1;
        rules.types = {QuestionType::Single};
        const auto paper = papers.draw(rules);
        m_now = 1'000'000;
        PaperPage page(m_world->learner(), *m_theme, nullptr, [this] { return m_now; });
        QSignalSpy finished(&page, &PaperPage::finished);
        page.take(*paper);
        page.show();
        auto *view = page.findChild<QuestionView *>();
        for (int second = 0; second < 20; ++second) {
            m_now += 1000;
            page.tick();
        }
        QTest::keyClick(view, Qt::Key_A);
        QTest::keyClick(view, Qt::Key_Return); // 20 s: read, not guessed
        QCOMPARE(m_world->learner().attempts().size(), 1);
        QVERIFY(m_world->learner().attempts().first().outcome != Outcome::Invalid);
        QTest::keyClick(view, Qt::Key_B); // chosen, not submitted
        m_now += 3'600'000; // the computer slept for an hour: no time spent
        page.tick();
        QCOMPARE(finished.size(), 0);
        for (int second = 0; second < 45 && finished.isEmpty(); ++second) {
            m_now += 1000;
            page.tick();
        }
        QCOMPARE(finished.size(), 1);
        QCOMPARE(m_world->learner().attempts().size(), 1);
        const Paper closed = papers.all()->first();
        QVERIFY(closed.timedOut);
        QCOMPARE(papers.result(closed).notAnswered, 1);
    }

    void handingInEarlyAsksOnceMoreInThePage()
    {
        open();
        Papers papers(m_world->learner());
        PaperRules rules;
        rules.questions = 5;
        QVERIFY(papers.draw(rules));
        m_page->showPapers();
        Button *handIn = button(PaperPage::tr("Hand in"));
        handIn->setFocus(Qt::TabFocusReason);
        key(Qt::Key_Return);
        QVERIFY(papers.open());
        key(Qt::Key_Escape);
        handIn->setFocus(Qt::TabFocusReason);
        key(Qt::Key_Return);
        QVERIFY(papers.open()); // Escape took the first press back
        key(Qt::Key_Return);
        QVERIFY(!papers.open());
        QVERIFY(visible<PaperReport>());
    }

    void whatIsPutOffComesAgainAfterTheOthers()
    {
        open();
        Papers papers(m_world->learner());
        PaperRules rules;
        rules.questions = 3;
        rules.types = {QuestionType::Single};
        const auto paper = papers.draw(rules);
        m_page->showPapers();
        button(PaperPage::tr("Put off"))->click();
        auto *view = visible<PaperPage>()->findChild<QuestionView *>();
        for (const int expected : {1, 2, 0}) {
            QVERIFY(view->accessibleName().contains(
                m_world->bank().latest(paper->items.at(expected).question)->stem));
            QTest::keyClick(view, Qt::Key_A);
            QTest::keyClick(view, Qt::Key_Return);
        }
        QVERIFY(visible<PaperReport>());
    }

    void largeTextShowsOneOfListAndQuestionAtATime()
    {
        open();
        QVERIFY(visible<StudySide>() && visible<QuestionView>());
        m_theme->setTextScale(2.0);
        QVERIFY(!visible<StudySide>() && visible<QuestionView>());
        button(StudyPage::tr("Back to the list"))->setFocus(Qt::TabFocusReason);
        key(Qt::Key_Return);
        QVERIFY(visible<StudySide>() && !visible<QuestionView>());
        key(Qt::Key_Home);
        key(Qt::Key_Return);
        QVERIFY(!visible<StudySide>() && visible<QuestionView>());
    }
};

QTEST_MAIN(TestStudy)
#include "tst_study.moc"
