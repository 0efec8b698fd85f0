#include "app/widgets/button.h"
#include "app/widgets/error_texts.h"
#include "app/widgets/notice.h"
#include "app/widgets/question_view.h"
#include "app/workstation/pages/gate_footer.h"
#include "app/workstation/pages/gate_page.h"
#include "app/workstation/pages/question_tools.h"
#include "app/workstation/pages/side_page.h"
#include "app/workstation/pages/sign_in_card.h"
#include "app/workstation/pages/theme_card.h"
#include "app/workstation/windows/gate_window.h"
#include "tests/gui/gui_world.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace qingfeng;

class TestGatePage : public QObject
{
    Q_OBJECT

    const QByteArray m_secret{32, 's'};
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<GuiWorld> m_world;
    std::unique_ptr<GatePage> m_page;
    std::unique_ptr<QSignalSpy> m_pass;
    std::unique_ptr<QSignalSpy> m_fault;
    qint64 m_now = 0;

    void open(const QString &account, const QByteArray &policy = {}, int studied = 0)
    {
        m_page.reset();
        m_world = std::make_unique<GuiWorld>(account);
        m_world->study(studied, 3);
        m_world->setPolicy(policy);
        m_page = std::make_unique<GatePage>(
            m_world->learner(), *m_theme, m_secret, nullptr, [this] { return m_now; });
        m_pass = std::make_unique<QSignalSpy>(m_page.get(), &GatePage::passReady);
        m_fault = std::make_unique<QSignalSpy>(m_page.get(), &GatePage::fault);
        m_page->resize(1366, 768);
        m_page->begin();
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }

    template <typename T> T *visible(const QString &text = {}) const
    {
        for (T *child : m_page->findChildren<T *>()) {
            if constexpr (std::is_base_of_v<QAbstractButton, T>) {
                if (child->text() != text) {
                    continue;
                }
            }
            if (child->isVisible()) {
                return child;
            }
        }
        return nullptr;
    }

    void answer(qint64 ms)
    {
        m_now += ms;
        QTest::keyClick(visible<QuestionView>(), Qt::Key_A);
        QTest::keyClick(visible<QuestionView>(), Qt::Key_Return);
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanup() { m_page.reset(); }

    void anAnswerOpensTheDesktopWithTheStoresPass()
    {
        open(QStringLiteral("zhangsan"));
        answer(14'000);
        QVERIFY(m_pass->isEmpty()); // the explanation is read first
        Button *enter = visible<Button>(GatePage::tr("Enter the &desktop"));
        QVERIFY(enter);
        QCOMPARE(m_page->focusWidget(), enter);
        QTest::keyClick(enter, Qt::Key_Return);
        QCOMPARE(m_pass->size(), 1);
        const auto pass = m_pass->first().first().value<Pass>();
        QCOMPARE(pass.token, passToken(m_secret, pass.obligation, pass.word));
        QCOMPARE(m_world->learner().decide(Moment::Start)->decision.reason, DecisionReason::Settled);
    }

    void studyIsAskedForBeforeThePass()
    {
        open(QStringLiteral("zhangsan"));
        QStringList order;
        connect(
            m_page.get(), &GatePage::studyRequested, this, [&order] { order += QStringLiteral("study"); });
        connect(m_page.get(), &GatePage::passReady, this, [&order] { order += QStringLiteral("pass"); });
        answer(14'000);
        visible<Button>(GatePage::tr("&Go on learning"))->click();
        QCOMPARE(order, QStringList({QStringLiteral("study"), QStringLiteral("pass")}));
    }

    void paintedIsSaidOnceAndAfterContent()
    {
        m_world = std::make_unique<GuiWorld>();
        GatePage page(m_world->learner(), *m_theme, m_secret);
        QSignalSpy painted(&page, &GatePage::painted);
        page.resize(1024, 600);
        page.begin();
        page.show();
        QTRY_COMPARE(painted.size(), 1);
        page.repaint();
        QCoreApplication::processEvents();
        QCOMPARE(painted.size(), 1);
    }

    void aSecondLoginOfTheDayPassesAtOnce()
    {
        open(QStringLiteral("zhangsan"));
        answer(14'000);
        GatePage second(m_world->learner(), *m_theme, m_secret);
        QSignalSpy passed(&second, &GatePage::passReady);
        second.begin();
        QCOMPARE(passed.size(), 1);
    }

    void emergencyEntryAsksForAReasonInTheLine()
    {
        open(QStringLiteral("zhangsan"));
        visible<Button>(GateFooter::tr("&Emergency entry"))->click();
        QVERIFY(!visible<Button>(GateFooter::tr("&Emergency entry")));
        visible<Button>(GateFooter::tr("&Meeting"))->click();
        QCOMPARE(m_pass->size(), 1);
        QCOMPARE(m_world->learner().decide(Moment::Start)->decision.reason, DecisionReason::EmergencyUsed);
    }

    void onlyTheReasonsOfThePolicyAreOffered()
    {
        open(QStringLiteral("zhangsan"), "[emergency_exit]\nreasons = [\"meeting\"]\nquota = 0\n");
        visible<Button>(GateFooter::tr("&Emergency entry"))->click();
        QVERIFY(!visible<Button>(GateFooter::tr("&Other")));
        visible<Button>(GateFooter::tr("&Meeting"))->click();
        QCOMPARE(m_pass->first().first().value<Pass>().word, QStringLiteral("deferred")); // beyond the quota
        QCOMPARE(m_world->learner().decide(Moment::Start)->decision.reason, DecisionReason::Deferred);
    }

    void whereNoDeferralIsOfferedNoneIsShown()
    {
        open(QStringLiteral("zhangsan"));
        QVERIFY(!visible<Button>(GateFooter::tr("Put it o&ff")));
    }

    void aDeferralSaysWhatItDoesAndOpensTheDesktop()
    {
        open(QStringLiteral("zhangsan"), "[deferral]\nquota = 1\nminutes = 30\n");
        visible<Button>(GateFooter::tr("Put it o&ff"))->click();
        QVERIFY(m_pass->isEmpty());
        QTest::keyClick(visible<Button>(GateFooter::tr("&Put it off")), Qt::Key_Escape);
        QVERIFY(visible<Button>(GateFooter::tr("Put it o&ff")));
        visible<Button>(GateFooter::tr("Put it o&ff"))->click();
        visible<Button>(GateFooter::tr("&Put it off"))->click();
        QCOMPARE(m_pass->size(), 1);
        const auto pass = m_pass->first().first().value<Pass>();
        QCOMPARE(pass.word, QStringLiteral("deferred"));
        QCOMPARE(pass.token, passToken(m_secret, pass.obligation, pass.word));

        // When its time has come the question is back, and the next deferral is refused in words.
        m_world->clock().advanceMs(31 * 60'000);
        GatePage again(m_world->learner(), *m_theme, m_secret);
        QSignalSpy passed(&again, &GatePage::passReady);
        again.begin(Moment::Timer);
        again.show();
        QVERIFY(passed.isEmpty());
        QVERIFY(again.findChild<QuestionView *>()->isVisible());
        for (Button *button : again.findChildren<Button *>()) {
            if (button->text() == GateFooter::tr("Put it o&ff")) {
                button->click();
            }
            QVERIFY(button->text() != GateFooter::tr("&Put it off") || button->isHidden());
        }
    }

    void severalQuestionsAreAskedOneAfterAnother()
    {
        open(QStringLiteral("zhangsan"), "[gate]\nquestions = 2\n");
        answer(14'000);
        visible<Button>(GatePage::tr("&Next question"))->click();
        QVERIFY(m_pass->isEmpty());
        answer(14'000);
        visible<Button>(GatePage::tr("Enter the &desktop"))->click();
        QCOMPARE(m_pass->size(), 1);
    }

    void onADayOffItPassesAtOnce()
    {
        m_page.reset();
        m_world = std::make_unique<GuiWorld>();
        m_world->setPolicy("[gate]\ndays = \"working-days\"\n");
        m_world->clock().advanceDays(4); // Saturday
        GatePage page(m_world->learner(), *m_theme, m_secret);
        QSignalSpy passed(&page, &GatePage::passReady);
        page.begin();
        QCOMPARE(passed.size(), 1);
        QCOMPARE(passed.first().first().value<Pass>().word, QStringLiteral("not-owed"));
    }

    void earnedQuietIsAGlance()
    {
        open(QStringLiteral("zhangsan"), "[earned_quiet]\nenabled = true\nmin_score = 50\nmin_coverage_percent = 50\n",
            120);
        Button *enter = visible<Button>(GatePage::tr("Enter the &desktop"));
        QVERIFY(enter);
        QVERIFY(!visible<QuestionView>());
        QCOMPARE(m_page->focusWidget(), enter);
        QTest::keyClick(enter, Qt::Key_Return);
        QCOMPARE(m_pass->first().first().value<Pass>().word, QStringLiteral("settled"));
    }

    void theThemeOfTheDayIsOfferedAfterTheAnswer()
    {
        m_page.reset();
        m_world = std::make_unique<GuiWorld>();
        while (!m_world->learner().theme()) {
            m_world->clock().advanceDays(1);
        }
        const QString theme = m_world->learner().theme()->id;
        m_page = std::make_unique<GatePage>(
            m_world->learner(), *m_theme, m_secret, nullptr, [this] { return m_now; });
        m_page->resize(1366, 768);
        m_page->begin();
        m_page->show();
        QSignalSpy asked(m_page.get(), &GatePage::studyRequested);
        QSignalSpy passed(m_page.get(), &GatePage::passReady);
        QVERIFY(!visible<ThemeCard>());
        answer(14'000);
        QVERIFY(visible<ThemeCard>());
        // Without scrolling, on a screen of 768 lines.
        QVERIFY(visible<ThemeCard>()->visibleRegion().boundingRect() == visible<ThemeCard>()->rect());
        visible<Button>(ThemeCard::tr("&Read it"))->click();
        QCOMPARE(asked.first().first().toString(), theme);
        QCOMPARE(passed.size(), 1);
    }

    void anAnswerOfTheDeskIsOfferedBeforeTheTheme()
    {
        open(QStringLiteral("zhangsan"));
        QVERIFY(m_world->learner().writeMessage({}, QStringLiteral("能不能午休以后再问？")));
        m_world->answerThreads(QStringLiteral("可以暂缓。"));
        QCOMPARE(m_world->learner().unseenMessages(), 1);
        QSignalSpy asked(m_page.get(), &GatePage::messagesRequested);
        answer(14'000);
        QVERIFY(visible<ThemeCard>());
        QCOMPARE(visible<ThemeCard>()->accessibleName(), GatePage::tr("Your question has been answered"));
        visible<Button>(ThemeCard::tr("&Read it"))->click();
        QCOMPARE(asked.size(), 1);
        QCOMPARE(m_pass->size(), 1);
    }

    void aDoubtIsWrittenDownAtTheGateAndTheDesktopIsStillOneKeyAway()
    {
        open(QStringLiteral("zhangsan"));
        QVERIFY(!visible<QuestionTools>());
        answer(14'000);
        visible<Button>(QuestionTools::tr("I have a doubt"))->click();
        auto *text = m_page->findChild<QPlainTextEdit *>();
        QTRY_VERIFY(text->hasFocus());
        text->setPlainText(QStringLiteral("第二项说的不是一回事吗？"));
        QVERIFY(m_pass->isEmpty());
        visible<Button>(QuestionTools::tr("Write it down"))->click();
        const QString asked = m_world->learner().attempts().last().question;
        const auto threads = m_world->learner().threads(asked);
        QCOMPARE(threads.size(), 1);
        QCOMPARE(threads.first().first().attempt, m_world->learner().attempts().last().id);
        QTest::keyClick(m_page->focusWidget(), Qt::Key_Return);
        QCOMPARE(m_pass->size(), 1);
    }

    void theUnlockCodeIsOfferedOnlyWithAChallengeAndGoesToTheGate()
    {
        open(QStringLiteral("zhangsan"));
        QVERIFY(!visible<Button>(GateFooter::tr("&Code")));
        m_page->setChallenge(QStringLiteral("KDM4R-7F2H"));
        QSignalSpy typed(m_page.get(), &GatePage::codeTyped);
        visible<Button>(GateFooter::tr("&Code"))->click();
        auto *field = visible<QLineEdit>();
        QVERIFY(field && field->hasFocus());
        QTest::keyClicks(field, QStringLiteral("2345 6789ac"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(typed.size(), 1);
        QCOMPARE(typed.first().first().toString(), QStringLiteral("23456789ac"));
        m_page->refuseCode(QStringLiteral("wait"), 20);
        QVERIFY(visible<QLineEdit>());
        QVERIFY(m_pass->isEmpty()); // the gate opens, not this page
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(visible<Button>(GateFooter::tr("&Code")));
    }

    void whereNothingCanBeAskedThePageSaysSoToTheGate()
    {
        m_page.reset();
        m_world = std::make_unique<GuiWorld>();
        m_world->learner().setBank(std::make_shared<const QuestionBank>());
        GatePage page(m_world->learner(), *m_theme, m_secret);
        QSignalSpy cannot(&page, &GatePage::cannotAsk);
        page.begin();
        QCOMPARE(cannot.size(), 1);
        QCOMPARE(cannot.first().first().value<Error>().code(), ErrorCode::NotFound);
    }

    void theEmergencyExitOpensWhateverTheStoreCanDo()
    {
        open(QStringLiteral("zhangsan"));
        QSignalSpy notKept(m_page.get(), &GatePage::exitNotKept);
        SQLite::Database other(m_world->databasePath().toStdString(), SQLite::OPEN_READWRITE);
        other.exec("BEGIN IMMEDIATE");
        visible<Button>(GateFooter::tr("&Emergency entry"))->click();
        visible<Button>(GateFooter::tr("&Meeting"))->click();
        other.exec("ROLLBACK");
        QCOMPARE(m_fault->size(), 1);
        QCOMPARE(notKept.first().first().toString(), QStringLiteral("meeting"));
        const auto pass = m_pass->first().first().value<Pass>();
        QCOMPARE(pass.word, QStringLiteral("exempted"));
        QCOMPARE(pass.token, passToken(m_secret, pass.obligation, pass.word));
    }

    void escapeLeavesTheQuestionBack()
    {
        open(QStringLiteral("zhangsan"));
        visible<Button>(GateFooter::tr("&Emergency entry"))->click();
        QTest::keyClick(visible<Button>(GateFooter::tr("&Meeting")), Qt::Key_Escape);
        QVERIFY(visible<Button>(GateFooter::tr("&Emergency entry")));
        QVERIFY(m_pass->isEmpty());
    }

    void powerOffAsksOnceMore()
    {
        open(QStringLiteral("zhangsan"));
        QSignalSpy off(m_page.get(), &GatePage::shutdownRequested);
        visible<Button>(GateFooter::tr("&Power off"))->click();
        QCOMPARE(off.size(), 0);
        visible<Button>(GateFooter::tr("Press once more to &power off"))->click();
        QCOMPARE(off.size(), 1);
    }

    void textSizeIsSetInTheFooter()
    {
        open(QStringLiteral("zhangsan"));
        visible<Button>(QStringLiteral("A+"))->click();
        QCOMPARE(m_theme->textScale(), 1.25);
        visible<Button>(QStringLiteral("A+"))->click();
        visible<Button>(QStringLiteral("A+"))->click();
        QCOMPARE(m_theme->textScale(), 2.0);
        QVERIFY(!visible<Button>(QStringLiteral("A+"))->isEnabled());
        visible<Button>(QStringLiteral("A−"))->click();
        QCOMPARE(m_theme->textScale(), 1.5);
        m_theme->setTextScale(1.0);
    }

    void anUnknownAccountSignsInOrGoesOnWithout()
    {
        open(QStringLiteral("nobody"));
        QVERIFY(visible<SignInCard>());
        const QList<QLineEdit *> fields = visible<SignInCard>()->findChildren<QLineEdit *>();
        fields.at(0)->setText(QStringLiteral("13701"));
        fields.at(1)->setText(QStringLiteral("0000"));
        QTest::keyClick(fields.at(1), Qt::Key_Return);
        QVERIFY(visible<SignInCard>()); // said inline, nothing lost
        QVERIFY(!visible<SignInCard>()->findChild<Notice *>()->text().isEmpty());
        fields.at(1)->setText(QStringLiteral("2468"));
        QTest::keyClick(fields.at(1), Qt::Key_Return);
        QVERIFY(visible<QuestionView>());
        QCOMPARE(m_world->learner().identity().person.name, QStringLiteral("张三"));

        open(QStringLiteral("nobody"));
        visible<Button>(SignInCard::tr("&Not now, answer for the common post"))->click();
        QVERIFY(visible<QuestionView>());
    }

    void aStoreThatFailsIsSaidAndTheAnswerCanBeGivenAgain()
    {
        open(QStringLiteral("zhangsan"));
        {
            SQLite::Database other(m_world->databasePath().toStdString(), SQLite::OPEN_READWRITE);
            other.exec("BEGIN IMMEDIATE");
            answer(14'000);
            QCOMPARE(m_fault->size(), 1);
            const auto error = m_fault->first().first().value<Error>();
            const auto *notice = visible<Notice>();
            QVERIFY(notice);
            QCOMPARE(notice->text(), errorText(Doing::Answering, error));
            other.exec("ROLLBACK");
        }
        QTest::keyClick(visible<QuestionView>(), Qt::Key_Return);
        QVERIFY(visible<Button>(GatePage::tr("Enter the &desktop")));
        QCOMPARE(m_world->learner().archive().answered, 1);
    }

    void otherMonitorsGetSidePagesAndTheQuestionStays()
    {
        m_world = std::make_unique<GuiWorld>();
        GateWindow window(m_world->learner(), *m_theme, m_world->clock(), m_secret);
        const QRect left(0, 0, 1024, 600);
        const QRect right(1024, 0, 1366, 768);
        window.setScreens(left | right, {left, right});
        window.show();
        QCOMPARE(window.geometry(), left | right);
        QCOMPARE(window.findChildren<SidePage *>().size(), 1);
        const QRect before = window.page()->geometry();
        QVERIFY(before == left || before == right);
        const QRect third(2390, 0, 800, 600);
        window.setScreens(left | right | third, {third, right, left});
        QCOMPARE(window.page()->geometry(), before);
        QCOMPARE(window.findChildren<SidePage *>().size(), 2);
        window.setScreens(third, {third}); // its monitor was unplugged
        QCOMPARE(window.page()->geometry(), QRect(QPoint(), third.size()));
    }
};

QTEST_MAIN(TestGatePage)
#include "tst_gate_page.moc"
