#include "app/widgets/button.h"
#include "app/widgets/choice_row.h"
#include "app/widgets/picture_view.h"
#include "app/widgets/question_view.h"
#include "app/widgets/text_block.h"
#include "tests/gui/gui_world.h"

#include <QSignalSpy>
#include <QFile>
#include <QTest>

using namespace qingfeng;

class TestQuestionView : public QObject
{
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<GuiWorld> m_world;
    std::unique_ptr<QuestionView> m_view;
    std::unique_ptr<QSignalSpy> m_answered;
    QuestionVersion m_question;
    qint64 m_now = 0;

    void ask(QuestionType type)
    {
        m_question = m_world->questionOf(type);
        QStringList ids;
        for (const Choice &choice : m_question.choices) {
            ids.append(choice.id);
        }
        m_view->ask(m_question, ids);
        QCoreApplication::processEvents();
    }

    QList<ChoiceRow *> rows() const { return m_view->findChildren<ChoiceRow *>(); }
    Button *button(const QString &text) const
    {
        for (Button *button : m_view->findChildren<Button *>()) {
            if (button->text() == text) {
                return button;
            }
        }
        return nullptr;
    }
    Response response() const { return m_answered->last().first().value<Response>(); }
    TextBlock *block(const QString &text) const
    {
        for (TextBlock *block : m_view->findChildren<TextBlock *>()) {
            if (block->text() == text) {
                return block;
            }
        }
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = std::make_unique<Theme>(*qApp);
        m_world = std::make_unique<GuiWorld>();
    }

    void init()
    {
        m_now = 0;
        m_view = std::make_unique<QuestionView>(
            *m_theme, ReadingColumn::Placement::AboveMiddle, nullptr, [this] { return m_now; });
        m_answered = std::make_unique<QSignalSpy>(m_view.get(), &QuestionView::answered);
        m_view->resize(1024, 768);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }

    void lettersAndDigitsChooseAndEnterSubmits()
    {
        ask(QuestionType::Single);
        QTest::keyClick(m_view.get(), Qt::Key_B);
        QCOMPARE(m_view->response().choices, QStringList{m_question.choices.at(1).id});
        QTest::keyClick(m_view.get(), Qt::Key_3);
        QCOMPARE(m_view->response().choices, QStringList{m_question.choices.at(2).id});
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(m_answered->size(), 1);
        QCOMPARE(response().choices, QStringList{m_question.choices.at(2).id});
        QVERIFY(!response().unsure);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(m_answered->size(), 1); // once only
    }

    void theMouseChooses()
    {
        ask(QuestionType::Single);
        QTest::mouseClick(rows().at(0), Qt::LeftButton);
        QTest::mouseClick(rows().at(3), Qt::LeftButton);
        QCOMPARE(m_view->response().choices, QStringList{m_question.choices.at(3).id});
        QTest::mouseClick(button(QuestionView::tr("&Submit")), Qt::LeftButton);
        QCOMPARE(m_answered->size(), 1);
    }

    void multipleTakesSeveralAndGivesThemBack()
    {
        ask(QuestionType::Multiple);
        for (const Qt::Key key : {Qt::Key_C, Qt::Key_A, Qt::Key_B, Qt::Key_B}) {
            QTest::keyClick(m_view.get(), key);
        }
        const QStringList expected{m_question.choices.at(0).id, m_question.choices.at(2).id};
        QCOMPARE(m_view->response().choices, expected);
        QTest::keyClick(rows().at(0), Qt::Key_Return);
        QCOMPARE(response().choices, expected);
    }

    void trueAndFalseAreTwoRows()
    {
        ask(QuestionType::TrueFalse);
        QCOMPARE(rows().size(), 2);
        QTest::keyClick(m_view.get(), Qt::Key_A);
        QTest::keyClick(m_view.get(), Qt::Key_B);
        QCOMPARE(m_view->response().choices, QStringList{m_question.choices.at(1).id});
        QTest::keyClick(m_view.get(), Qt::Key_E); // no such row
        QCOMPARE(m_view->response().choices.size(), 1);
    }

    void unsureIsAnAnswer()
    {
        ask(QuestionType::Single);
        QTest::keyClick(m_view.get(), Qt::Key_A);
        QTest::mouseClick(button(QuestionView::tr("&Unsure")), Qt::LeftButton);
        QVERIFY(response().unsure);
        QVERIFY(response().choices.isEmpty());
    }

    void nothingChosenIsAskedForNotSubmitted()
    {
        ask(QuestionType::Single);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(m_answered->size(), 0);
        QVERIFY(block(QuestionView::tr("Choose an answer first, or press 'Unsure'.")));
    }

    void arrowsMoveAndSpaceChooses()
    {
        ask(QuestionType::Single);
        m_view->activateWindow();
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QCOMPARE(m_view->focusWidget(), rows().at(0));
        QTest::keyClick(rows().at(0), Qt::Key_Up);
        QCOMPARE(m_view->focusWidget(), rows().last());
        QTest::keyClick(rows().last(), Qt::Key_Space);
        QCOMPARE(m_view->response().choices, QStringList{m_question.choices.last().id});
    }

    void theResultMarksRowsByWordAndTheColumnStays()
    {
        ask(QuestionType::Single);
        TextBlock *stem = block(m_question.stem);
        const QPoint before = stem->mapTo(m_view.get(), QPoint());
        const Response wrong = wrongResponse(m_question);
        auto *next = new Button(*m_theme, Button::Kind::Primary, QStringLiteral("next"), m_view.get());
        m_view->setNextActions({next});
        m_view->showResult(wrong, {0, 100, Outcome::Wrong}, m_world->bank());
        QCoreApplication::processEvents();
        QCOMPARE(stem->mapTo(m_view.get(), QPoint()), before);
        for (const ChoiceRow *row : rows()) {
            const bool right = m_question.answer.contains(row->choiceId());
            const bool chosen = wrong.choices.contains(row->choiceId());
            QCOMPARE(row->mark(),
                right        ? ChoiceRow::Mark::RightMissed
                    : chosen ? ChoiceRow::Mark::WrongChosen
                             : ChoiceRow::Mark::Other);
            QCOMPARE(row->accessibleDescription().isEmpty(), !right && !chosen);
            QVERIFY(!row->isEnabled());
        }
        QVERIFY(block(m_question.explanation.why())->isVisible());
        QVERIFY(block(m_world->bank().citation(m_question.articles.first()))->isVisible());
        QVERIFY(next->isVisible());
        QCOMPARE(m_view->focusWidget(), next);
        QVERIFY(!button(QuestionView::tr("&Submit"))->isVisible());
    }

    void anAnswerThatWasNotSavedCanBeGivenAgain()
    {
        ask(QuestionType::Single);
        QTest::keyClick(m_view.get(), Qt::Key_A);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        m_view->reopen(QStringLiteral("sentence"));
        QVERIFY(block(QStringLiteral("sentence"))->isVisible());
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(m_answered->size(), 2);
    }

    void timeAwayIsNotResponseTime()
    {
        ask(QuestionType::Single);
        m_now = 4000;
        QEvent away(QEvent::WindowDeactivate);
        QCoreApplication::sendEvent(m_view.get(), &away);
        m_now = 90'000;
        QEvent back(QEvent::WindowActivate);
        QCoreApplication::sendEvent(m_view.get(), &back);
        m_now = 95'000;
        QTest::keyClick(m_view.get(), Qt::Key_A);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        m_now = 200'000;
        QCOMPARE(m_view->responseMs(), 9000);
    }

    void aPictureIsEnlargedByEnterAndReadAloud()
    {
        QFile file(QStringLiteral(QF_BANK_SOURCES "/media/gift-box-doorstep.svg"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray svg = file.readAll();
        QuestionView view(*m_theme, ReadingColumn::Placement::Top);
        view.setPictureSource(
            [&svg](const QString &media) { return media == QStringLiteral("x.svg") ? svg : QByteArray(); });
        QuestionVersion question = GuiWorld::longQuestion(40);
        question.picture = Picture {QStringLiteral("x.svg"), QStringLiteral("门口的礼盒")};
        question.choices[0].picture = Picture {QStringLiteral("lost.png"), QStringLiteral("看不到的图")};
        view.resize(900, 900);
        view.show();
        view.ask(question, {QStringLiteral("a"), QStringLiteral("b")});
        const QList<PictureView *> pictures = view.findChildren<PictureView *>();
        QCOMPARE(pictures.size(), 2);
        QVERIFY(pictures.first()->accessibleName().contains(QStringLiteral("门口的礼盒")));
        const int small = pictures.first()->heightForWidth(700);
        QTest::keyClick(pictures.first(), Qt::Key_Return);
        QVERIFY(pictures.first()->isEnlarged());
        QVERIFY(pictures.first()->heightForWidth(700) > small);
        QVERIFY(!view.isAnswered()); // Enter was the picture's
        QTest::keyClick(pictures.first(), Qt::Key_A); // a letter is the question's
        QCOMPARE(view.response().choices, QStringList{QStringLiteral("a")});
        QVERIFY(!pictures.last()->isReadable()); // its words stand in its place
        QVERIFY(pictures.last()->accessibleName().contains(QStringLiteral("看不到的图")));
    }
};

QTEST_MAIN(TestQuestionView)
#include "tst_question_view.moc"
