#include "app/widgets/button.h"
#include "app/widgets/language.h"
#include "app/widgets/text_block.h"
#include "app/workstation/pages/list_model.h"
#include "app/workstation/pages/message_page.h"
#include "app/workstation/pages/row_list.h"
#include "tests/gui/gui_world.h"

#include <QPlainTextEdit>
#include <QTest>

using namespace qingfeng;

/** 意见反馈 as a page: what is written is kept, what is answered is seen. */
class TestMessages : public QObject
{
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<GuiWorld> m_world;
    std::unique_ptr<MessagePage> m_page;

    Button *button(const QString &text) const
    {
        for (Button *button : m_page->findChildren<Button *>()) {
            if (button->isVisible() && button->text() == text) {
                return button;
            }
        }
        return nullptr;
    }
    bool says(const QString &words) const
    {
        for (const TextBlock *text : m_page->findChildren<TextBlock *>()) {
            if (text->isVisible() && text->text().contains(words)) {
                return true;
            }
        }
        return false;
    }
    QPlainTextEdit *text() const { return m_page->findChild<QPlainTextEdit *>(); }
    RowList *list() const { return m_page->findChild<RowList *>(); }

private Q_SLOTS:
    void init()
    {
        m_theme = std::make_unique<Theme>(*qApp);
        m_world = std::make_unique<GuiWorld>();
        m_page = std::make_unique<MessagePage>(m_world->learner(), *m_theme);
        m_page->resize(1200, 800);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }
    void cleanup()
    {
        m_page.reset();
        m_world.reset();
        m_theme.reset();
    }

    void whatIsWrittenIsKeptAndWhatIsAnsweredIsSeen()
    {
        QVERIFY(!button(MessagePage::tr("&Send"))->isEnabled());
        text()->setPlainText(QStringLiteral("能不能把提问放到午休以后？"));
        QVERIFY(button(MessagePage::tr("&Send"))->isEnabled());
        button(MessagePage::tr("&Send"))->click();
        QCOMPARE(m_world->store().feedback().pending(10)->size(), 1);
        QCOMPARE(list()->model()->rowCount(), 1);
        QVERIFY(text()->toPlainText().isEmpty());
        QTRY_VERIFY(says(QStringLiteral("午休以后")));

        m_page->hide();
        m_world->answerThreads(QStringLiteral("可以暂缓。"));
        QCOMPARE(m_world->learner().unseenMessages(), 1);
        m_page->show();
        m_page->showThread({});
        QTRY_VERIFY(says(QStringLiteral("可以暂缓。")));
        QVERIFY(says(QStringLiteral("张三（纪检组）")));
        QCOMPARE(m_world->learner().unseenMessages(), 0);

        text()->setPlainText(QStringLiteral("谢谢"));
        button(MessagePage::tr("&Send"))->click();
        QCOMPARE(m_world->learner().threads().size(), 1);
        QCOMPARE(m_world->learner().threads().first().entries.size(), 3);
        button(MessagePage::tr("It is &settled"))->click();
        QCOMPARE(m_world->learner().threads().first().state(), FeedbackState::Closed);
        QTRY_VERIFY(button(MessagePage::tr("&Open it again")));
        button(MessagePage::tr("&Open it again"))->click();
        QVERIFY(m_world->learner().threads().first().state() != FeedbackState::Closed);
    }

    void whoReadsItIsSaidBeforeItIsSent()
    {
        QVERIFY(m_world->store().setValue(messageRecipientsKey(), QStringLiteral("[\"张三（纪检组）\",\"李四\"]")));
        m_page->begin();
        QTRY_VERIFY(says(QStringLiteral("张三（纪检组）")));
        QVERIFY(says(QStringLiteral("李四")));
    }

    void anEmptyOrEndlessTextIsNotSent()
    {
        text()->setPlainText(QStringLiteral("  \n "));
        QVERIFY(!button(MessagePage::tr("&Send"))->isEnabled());
        text()->setPlainText(QString(FeedbackEntry::maxText + 1, QLatin1Char('a')));
        QVERIFY(!button(MessagePage::tr("&Send"))->isEnabled());
    }

    /** Looking at another thread does not take away what was begun in this one. */
    void textsUnderWayStayWithTheirThreads()
    {
        QVERIFY(m_world->learner().writeMessage({}, QStringLiteral("第一件")));
        const QString thread = m_world->learner().threads().first().first().thread;
        m_page->begin();
        text()->setPlainText(QStringLiteral("新的写到一半"));
        m_page->showThread(thread);
        QVERIFY(text()->toPlainText().isEmpty());
        text()->setPlainText(QStringLiteral("旧的写到一半"));
        m_page->begin();
        QCOMPARE(text()->toPlainText(), QStringLiteral("新的写到一半"));
        m_page->showThread(thread);
        QCOMPARE(text()->toPlainText(), QStringLiteral("旧的写到一半"));
    }

    /** What comes while a text is being written does not take it away. */
    void aTextUnderWayStays()
    {
        QVERIFY(m_world->learner().writeMessage({}, QStringLiteral("第一件")));
        m_page->begin();
        text()->setPlainText(QStringLiteral("写到一半"));
        m_world->answerThreads(QStringLiteral("答复"));
        QCOMPARE(text()->toPlainText(), QStringLiteral("写到一半"));
    }
};

QTEST_MAIN(TestMessages)
#include "tst_messages.moc"
