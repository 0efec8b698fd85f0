#include "app/widgets/bar_list.h"
#include "app/widgets/button.h"
#include "app/widgets/chips.h"
#include "app/widgets/empty_state.h"
#include "app/widgets/heat_cell.h"
#include "app/widgets/language.h"
#include "app/widgets/line_chart.h"
#include "app/widgets/notice.h"
#include "app/widgets/numbers_view.h"
#include "app/widgets/question_view.h"
#include "app/widgets/rail.h"
#include "app/widgets/text_block.h"
#include "app/workstation/pages/archive_page.h"
#include "app/workstation/pages/archive_readings.h"
#include "app/workstation/pages/history_page.h"
#include "app/workstation/pages/list_model.h"
#include "app/workstation/pages/row_list.h"
#include "app/workstation/pages/study_page.h"
#include "app/workstation/pages/study_side.h"
#include "app/workstation/tray/tray_icon.h"
#include "app/workstation/windows/main_window.h"
#include "app/workstation/windows/preferences.h"
#include "tests/gui/gui_world.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace qingfeng;

class TestWindows : public QObject
{
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Language> m_language;
    std::unique_ptr<GuiWorld> m_world;
    QTemporaryDir m_dir;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<MainWindow> m_window;

    void open(const QString &place, int days = 0, int perDay = 0)
    {
        m_window.reset();
        m_world = std::make_unique<GuiWorld>();
        m_world->study(days, perDay);
        m_window = std::make_unique<MainWindow>(m_world->learner(), *m_theme, *m_preferences);
        m_window->showPlace(place);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

    template <typename T> T *child() const { return m_window->findChild<T *>(); }
    /** The question that is on the screen. */
    QuestionView *question() const
    {
        for (QuestionView *view : m_window->findChildren<QuestionView *>()) {
            if (view->isVisible()) {
                return view;
            }
        }
        return nullptr;
    }
    Button *button(const QString &text) const
    {
        for (Button *button : m_window->findChildren<Button *>()) {
            if (button->isVisible() && button->text() == text) {
                return button;
            }
        }
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = std::make_unique<Theme>(*qApp);
        m_language = std::make_unique<Language>(*qApp);
        m_language->use(QStringLiteral("zh_CN"));
    }

    void init()
    {
        m_settings
            = std::make_unique<QSettings>(m_dir.filePath(QStringLiteral("ui.ini")), QSettings::IniFormat);
        m_settings->clear();
        m_preferences = std::make_unique<Preferences>(*m_settings);
    }

    void cleanup()
    {
        m_window.reset();
        m_preferences.reset();
    }

    void studyGoesFromQuestionToQuestion()
    {
        open(QStringLiteral("study"));
        auto *view = question();
        QVERIFY(view);
        QTest::keyClick(view, Qt::Key_A);
        QTest::keyClick(view, Qt::Key_Return);
        QVERIFY(view->isAnswered());
        Button *next = button(StudyPage::tr("&Next question"));
        QVERIFY(next);
        QTest::keyClick(next, Qt::Key_Return);
        QVERIFY(!view->isAnswered());
    }

    void aRiskPointNarrowsTheQuestions()
    {
        open(QStringLiteral("study"));
        auto *list = child<RowList>();
        QAbstractItemModelTester tester(list->model());
        list->setCurrentIndex(list->model()->index(2, 0));
        QTest::keyClick(list, Qt::Key_Return);
        const QString chosen = list->currentIndex().data(Qt::DisplayRole).toString();
        const auto *page = child<StudyPage>();
        bool named = false;
        for (const TextBlock *text : page->findChildren<TextBlock *>()) {
            named = named || text->text().contains(chosen);
        }
        QVERIFY(named); // the reason names it
    }

    void noWrongAnswersIsAnEmptyPlaceWithANextStep()
    {
        open(QStringLiteral("study"));
        button(StudySide::tr("Wrong-book"))->click();
        auto *empty = child<EmptyState>();
        QVERIFY(empty && empty->isVisible());
        empty->findChild<Button *>()->click();
        QVERIFY(question());
    }

    void anEmptyArchiveOffersTheFirstStep()
    {
        open(QStringLiteral("archive"));
        auto *empty = child<ArchivePage>()->findChild<EmptyState *>();
        QVERIFY(empty->isVisible());
        empty->findChild<Button *>()->click();
        QCOMPARE(child<Rail>()->current(), QStringLiteral("study"));
    }

    void aWeakRiskPointLeadsToItsQuestions()
    {
        open(QStringLiteral("archive"), 30, 3);
        const QList<Bar> bars = weakBars(m_world->learner().archive(), m_world->learner().mastery());
        QVERIFY(!bars.isEmpty());
        button(BarList::tr("Study these"))->click();
        QCOMPARE(child<Rail>()->current(), QStringLiteral("study"));
        QCOMPARE(child<StudyPage>()->findChild<RowList *>()->currentIndex().data(ListKeyRole).toString(),
            bars.first().key);
    }

    void aCellOfTheHeatMapIsReachedByArrowsAndReadAloud()
    {
        open(QStringLiteral("archive"), 30, 3);
        auto *map = child<HeatMap>();
        const QList<HeatCell *> cells = map->findChildren<HeatCell *>();
        QCOMPARE(cells.size(), m_world->learner().mastery().riskPoints.size());
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        cells.first()->setFocus(Qt::TabFocusReason);
        QTest::keyClick(cells.first(), Qt::Key_Right);
        auto *second = dynamic_cast<HeatCell *>(QApplication::focusWidget());
        QVERIFY(second && second != cells.first());
        const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(second);
        QCOMPARE(face->text(QAccessible::Name), second->point().name);
        QCOMPARE(face->text(QAccessible::Description), readingOf(second->point()));
        QVERIFY(map->accessibleDescription().contains(second->point().name));
        QTest::keyClick(second, Qt::Key_Return);
        QCOMPARE(child<Rail>()->current(), QStringLiteral("study"));
        QCOMPARE(child<StudyPage>()->findChild<RowList *>()->currentIndex().data(ListKeyRole).toString(),
            second->point().key);
    }

    void theArchiveIsWrittenAsAFileAndSaysWhere()
    {
        open(QStringLiteral("archive"), 3, 2);
        QVERIFY(!button(ArchivePage::tr("&Export as PDF"))); // nobody has said how
        ArchivePage::Exported done;
        child<ArchivePage>()->setExporter([&done](QObject *, const ArchivePage::Exported &tell) { done = tell; });
        Button *offer = button(ArchivePage::tr("&Export as PDF"));
        QVERIFY(offer);
        offer->click();
        QVERIFY(done);
        QVERIFY(!offer->isEnabled());
        done(Error(ErrorCode::Io, QStringLiteral("full")));
        QVERIFY(offer->isEnabled());
        QVERIFY(!button(ArchivePage::tr("&Open the file")));
        offer->click();
        done(QStringLiteral("/home/me/a.pdf"));
        QVERIFY(button(ArchivePage::tr("&Open the file")));
        const QList<Notice *> notices = child<ArchivePage>()->findChildren<Notice *>();
        QVERIFY(std::any_of(notices.cbegin(), notices.cend(),
            [](const Notice *notice) { return notice->text().contains(QStringLiteral("/home/me/a.pdf")); }));
    }

    void theNumbersBehindEachPlotAreATable()
    {
        open(QStringLiteral("archive"), 30, 3);
        const QList<NumbersView *> views = child<ArchivePage>()->findChildren<NumbersView *>();
        QCOMPARE(views.size(), 4);
        for (NumbersView *view : views) {
            auto *table = view->findChild<QTableView *>();
            QVERIFY(!table->isVisible());
            QTest::keyClick(view->findChild<Button *>(), Qt::Key_Return);
            QVERIFY(table->isVisible());
            QVERIFY(table->model()->rowCount() > 0);
            QAccessibleInterface *face = QAccessible::queryAccessibleInterface(table);
            QVERIFY(face && face->tableInterface());
            QCOMPARE(face->tableInterface()->rowCount(), table->model()->rowCount());
        }
        for (const LineChart *chart : child<ArchivePage>()->findChildren<LineChart *>()) {
            QVERIFY(chart->accessibleDescription().contains(QLatin1Char('\n'))); // the reading, then the values
        }
    }

    void everyAnswerIsInTheHistoryWithItsExplanation()
    {
        open(QStringLiteral("archive"), 4, 2);
        button(ArchivePage::tr("Every answer"))->click();
        auto *list = child<HistoryPage>()->findChild<RowList *>();
        QAbstractItemModelTester tester(list->model());
        QCOMPARE(list->model()->rowCount(), m_world->learner().attempts().size());
        list->setFocus(Qt::TabFocusReason);
        QTest::keyClick(list, Qt::Key_Down);
        QTest::keyClick(list, Qt::Key_Return);
        const Attempt &second = m_world->learner().attempts().at(m_world->learner().attempts().size() - 2);
        const QuestionVersion *question = m_world->bank().question(second.question, second.version);
        bool stem = false;
        bool explained = false;
        for (const TextBlock *text : child<HistoryPage>()->findChildren<TextBlock *>()) {
            stem = stem || text->text() == question->stem;
            explained = explained || text->text() == question->explanation.instead();
        }
        QVERIFY(stem && explained);
        button(HistoryPage::tr("Not right"))->click();
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            const QString id = list->model()->index(row, 0).data(ListKeyRole).toString();
            for (const Attempt &attempt : m_world->learner().attempts()) {
                QVERIFY(attempt.id != id || attempt.outcome != Outcome::Right);
            }
        }
    }

    void anAnnotationStandsBesideItsAnswer()
    {
        open(QStringLiteral("archive"), 4, 2);
        button(ArchivePage::tr("Every answer"))->click();
        QVERIFY(!child<HistoryPage>()->isHidden());
        for (const QAbstractButton *chip : child<HistoryPage>()->findChildren<QAbstractButton *>()) {
            QVERIFY(chip->text() != HistoryPage::tr("Annotated")); // nothing to be looked for
        }
        const Attempt annotated = m_world->learner().attempts().at(1);
        m_world->annotate(annotated, QStringLiteral("这道题第 1 版的依据已更新，不影响这次作答的认定。"));
        QTRY_VERIFY(button(HistoryPage::tr("Annotated")));
        button(HistoryPage::tr("Annotated"))->click();
        auto *list = child<HistoryPage>()->findChild<RowList *>();
        QCOMPARE(list->model()->rowCount(), 1);
        QCOMPARE(list->model()->index(0, 0).data(ListKeyRole).toString(), annotated.id);
        bool found = false;
        for (const TextBlock *text : child<HistoryPage>()->findChildren<TextBlock *>()) {
            found = found || text->text().contains(QStringLiteral("不影响这次作答的认定"));
        }
        QVERIFY(found);
    }

    void aLongHistoryIsListedWithoutMakingItsRows()
    {
        m_world = std::make_unique<GuiWorld>();
        m_world->study(60, 4);
        HistoryModel model(m_world->learner());
        model.refresh(HistoryKind::All);
        QVERIFY(model.rowCount() > 100);
        QCOMPARE(model.attemptAt(0).id, m_world->learner().attempts().last().id);
        QCOMPARE(model.rowOf(m_world->learner().attempts().first().id), model.rowCount() - 1);
    }

    void shortcutsReachEveryPlace()
    {
        open(QStringLiteral("study"));
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(child<Rail>()->current(), QStringLiteral("archive"));
        QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(child<Rail>()->current(), QStringLiteral("settings"));
        m_window->addPlace(
            [] {
                return Place{
                    QStringLiteral("messages"), QStringLiteral("消息"), QStringLiteral("message"), {}};
            },
            [](QWidget *parent) { return new QWidget(parent); });
        QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(child<Rail>()->current(), QStringLiteral("messages"));
        QTest::keyClick(m_window.get(), Qt::Key_F1);
        QCOMPARE(child<Rail>()->current(), QStringLiteral("settings"));
    }

    void closingGoesToTheTrayAndSaysSoOnce()
    {
        open(QStringLiteral("study"));
        QSignalSpy hidden(m_window.get(), &MainWindow::hiddenToTray);
        QSignalSpy closed(m_window.get(), &MainWindow::closedForGood);
        m_window->close();
        QCOMPARE(closed.size(), 1);
        m_window->setTrayAvailable(true);
        m_window->show();
        m_window->close();
        m_window->show();
        m_window->close();
        QCOMPARE(hidden.size(), 2);
        QCOMPARE(hidden.at(0).first().toBool(), true);
        QCOMPARE(hidden.at(1).first().toBool(), false);
    }

    void looksAreKept()
    {
        m_preferences->keep(*m_theme);
        m_theme->setMode(Theme::Mode::Dark);
        m_theme->setTextScale(1.25);
        m_preferences.reset();
        m_theme->setMode(Theme::Mode::Light);
        m_theme->setTextScale(1.0);
        m_preferences = std::make_unique<Preferences>(*m_settings);
        m_preferences->keep(*m_theme);
        QCOMPARE(m_theme->mode(), Theme::Mode::Dark);
        QCOMPARE(m_theme->textScale(), 1.25);
        m_theme->setMode(Theme::Mode::Light);
        m_theme->setTextScale(1.0);
    }

    void anotherLanguageIsShownAtOnce()
    {
        open(QStringLiteral("settings"));
        connect(m_window.get(), &MainWindow::languageChosen, this,
            [this](const QString &language) { m_language->use(language); });
        button(QStringLiteral("English"))->click();
        QTRY_VERIFY(button(QStringLiteral("&Copy debug information")));
        QCOMPARE(child<Rail>()->current(), QStringLiteral("settings"));
        QCOMPARE(m_preferences->language(), QStringLiteral("en"));
        m_language->use(QStringLiteral("zh_CN"));
        QTRY_VERIFY(button(QStringLiteral("复制诊断信息(&C)")));
    }

    void theTrayMenuReachesEverythingAndOffersNoQuit()
    {
        m_world = std::make_unique<GuiWorld>();
        TrayIcon tray(m_world->learner(), *m_theme);
        QSignalSpy study(&tray, &TrayIcon::studyRequested);
        QSignalSpy archive(&tray, &TrayIcon::archiveRequested);
        QSignalSpy settings(&tray, &TrayIcon::settingsRequested);
        int shown = 0;
        for (QAction *action : tray.menu()->actions()) {
            shown += action->isVisible() && !action->isSeparator();
            action->trigger();
        }
        QCOMPARE(study.size(), 1);
        QCOMPARE(archive.size(), 1);
        QCOMPARE(settings.size(), 1);
        QCOMPARE(shown, 5); // four places and the line of the day
    }

    void readingsSpeakOfWhatIsThere()
    {
        ArchiveSummary archive;
        const QDate today(2026, 11, 24);
        QCOMPARE(weakReading({}), QStringLiteral("没有薄弱的风险点。"));
        for (int week = 0; week < 4; ++week) {
            archive.days.append({today.addDays(-7 * (3 - week)), 10, 5 + week});
        }
        const QList<LinePoint> weeks = weeklyRates(archive, today, 12);
        QCOMPARE(weeks.size(), 12);
        QVERIFY(!weeks.first().share);
        QCOMPARE(*weeks.last().share, 0.8);
        QVERIFY(weeksReading(weeks).contains(QStringLiteral("升到")));
        QVERIFY(daysReading(archive, today, 12).contains(QStringLiteral("4 天")));

        const QuestionBank &bank = GuiWorld().bank();
        QCOMPARE(scoreReading({}, bank), QStringLiteral("从第二周起，这里会连成曲线。"));
        MasteryOn before;
        before.studyDay = 20'000;
        before.report.score = 30;
        before.report.riskPoints = {{QStringLiteral("P06-R01"), RiskGrade::High, 0, 0, 4, 2, 3, MasteryLevel::Weak}};
        MasteryOn now = before;
        now.studyDay += 28;
        QVERIFY(scoreReading({before, now}, bank).contains(QStringLiteral("稳定")));
        now.report.score = 42;
        QCOMPARE(scoreReading({before, now}, bank), QStringLiteral("最近 4 周由 30 分升到 42 分。"));
        now.report.riskPoints[0].level = MasteryLevel::Basic;
        QVERIFY(scoreReading({before, now}, bank).endsWith(QStringLiteral("由薄弱到基本。")));
    }
};

QTEST_MAIN(TestWindows)
#include "tst_windows.moc"
