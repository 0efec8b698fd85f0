#include "app/widgets/button.h"
#include "app/widgets/choice_row.h"
#include "app/widgets/language.h"
#include "app/widgets/question_view.h"
#include "app/widgets/text_block.h"
#include "app/workstation/core/papers.h"
#include "app/workstation/pages/archive_page.h"
#include "app/workstation/pages/gate_footer.h"
#include "app/workstation/pages/gate_page.h"
#include "app/workstation/pages/message_page.h"
#include "app/workstation/pages/question_tools.h"
#include "app/workstation/pages/row_list.h"
#include "app/workstation/pages/study_page.h"
#include "app/workstation/pages/theme_page.h"
#include "app/workstation/windows/main_window.h"
#include "app/workstation/windows/preferences.h"
#include "tests/gui/gui_world.h"

#include <QAccessible>
#include <QLayout>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSettings>
#include <QTest>

#include <tuple>

using namespace qingfeng;

/**
 * What a reader would see wrong at a glance: clipped or overlapping text, English in the Chinese interface, a
 * control without a name, a widget that keeps the colours of another theme.
 */
class TestLooks : public QObject
{
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Language> m_language;
    QTemporaryDir m_dir;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<GuiWorld> m_world;
    qint64 m_now = 0;

    /** One of the pages below, as a window. */
    std::unique_ptr<QWidget> make(const QString &page, QSize size)
    {
        std::unique_ptr<QWidget> widget;
        if (page.startsWith(QLatin1String("gate"))) {
            m_world = std::make_unique<GuiWorld>(
                page == QLatin1String("gate sign-in") ? QStringLiteral("nobody") : QStringLiteral("lisi"));
            auto gate = std::make_unique<GatePage>(
                m_world->learner(), *m_theme, QByteArray(32, 's'), nullptr, [this] { return m_now; });
            if (page.contains(QLatin1String("glance"))) {
                m_world->study(120, 3);
                m_world->setPolicy("[earned_quiet]\nenabled = true\nmin_score = 50\nmin_coverage_percent = 50\n");
            } else if (page.endsWith(QLatin1String("deferral")) || page.endsWith(QLatin1String("emergency"))) {
                m_world->setPolicy(
                    "[gate]\nquestions = 2\n[deferral]\nquota = 2\n[emergency_exit]\nquota = 0\n");
            }
            gate->setChallenge(QStringLiteral("23456-7892"));
            gate->begin();
            for (Button *button : gate->findChildren<Button *>()) {
                if ((page.contains(QLatin1String("deferral")) && button->text() == GateFooter::tr("Put it o&ff"))
                    || (page.contains(QLatin1String("emergency"))
                        && button->text() == GateFooter::tr("&Emergency entry"))
                    || (page.contains(QLatin1String("code")) && button->text() == GateFooter::tr("&Code"))) {
                    button->click();
                }
            }
            widget = std::move(gate);
        } else {
            m_world = std::make_unique<GuiWorld>();
            const bool seasoned = page == QLatin1String("archive") || page.contains(QLatin1String("history"))
                || page.contains(QLatin1String("wrong-book"));
            m_world->study(seasoned ? 20 : 0, 3);
            auto window = std::make_unique<MainWindow>(m_world->learner(), *m_theme, *m_preferences);
            if (page == QLatin1String("themes")) {
                window->addPlace(
                    [] {
                        return Place{QStringLiteral("themes"), ThemePage::tr("Themes"), QStringLiteral("theme"), {}};
                    },
                    [this](QWidget *parent) {
                        auto *themes = new ThemePage(m_world->learner(), *m_theme, parent);
                        themes->showTheme(QStringLiteral("T02"));
                        return themes;
                    });
            }
            if (page == QLatin1String("messages")) {
                (void)m_world->learner().writeMessage({}, QStringLiteral("能不能把提问放到午休以后？"));
                m_world->answerThreads(QStringLiteral("可以点「暂缓」，一小时后再问。"));
                window->addPlace(
                    [] {
                        return Place{
                            QStringLiteral("messages"), MessagePage::tr("Feedback"), QStringLiteral("message"), {}};
                    },
                    [this](QWidget *parent) {
                        auto *messages = new MessagePage(m_world->learner(), *m_theme, parent);
                        messages->showThread({});
                        return messages;
                    });
            }
            window->showPlace(page.section(QLatin1Char(' '), 0, 0));
            widget = std::move(window);
        }
        widget->resize(size);
        widget->show();
        settle();
        lead(*widget, page);
        if (auto *view = questionIn(*widget); view && page.contains(QLatin1String("long"))) {
            const QuestionVersion question = GuiWorld::longQuestion(500);
            QStringList ids;
            for (const Choice &choice : question.choices) {
                ids.append(choice.id);
            }
            view->ask(question, ids);
            view->showResult(wrongResponse(question), {0, 100, Outcome::Wrong}, m_world->bank());
        } else if (view && page.contains(QLatin1String("answered"))) {
            QTest::keyClick(view, Qt::Key_A);
            m_now += 14'000;
            QTest::keyClick(view, Qt::Key_Return);
            if (page.startsWith(QLatin1String("gate")) && page.endsWith(QLatin1String("doubt"))) {
                widget->findChild<QuestionTools *>()->openDoubt();
            }
        }
        settle();
        return widget;
    }

    static QuestionView *questionIn(const QWidget &window)
    {
        const QList<QuestionView *> views = window.findChildren<QuestionView *>();
        const auto shown
            = std::find_if(views.cbegin(), views.cend(), [](const QuestionView *view) { return view->isVisible(); });
        return shown == views.cend() ? nullptr : *shown;
    }

    /** To the part of a page that its name asks for. */
    void lead(QWidget &window, const QString &page)
    {
        auto *study = window.findChild<StudyPage *>();
        if (page.contains(QLatin1String("search"))) {
            window.findChild<QLineEdit *>()->setText(QStringLiteral("宴请"));
        } else if (page.contains(QLatin1String("wrong-book"))) {
            StudyFilter filter;
            filter.shelf = StudyFilter::Shelf::WrongBook;
            study->study(filter);
        } else if (page.contains(QLatin1String("doubt"))) {
            window.findChild<QuestionTools *>()->openDoubt();
        } else if (page.contains(QLatin1String("paper"))) {
            Papers papers(m_world->learner());
            if (!page.contains(QLatin1String("rules"))) {
                const auto paper = papers.draw({});
                QVERIFY(paper);
                if (page.contains(QLatin1String("result"))) {
                    const auto shown = papers.present(paper->items.first());
                    QVERIFY(papers.answer(*paper, *shown, rightResponse(shown->question), 60'000, 60'000));
                    QVERIFY(papers.finish(*paper, 90'000, false));
                }
            }
            study->showPapers();
            if (page.contains(QLatin1String("result"))) {
                auto *list = study->findChild<RowList *>();
                Q_EMIT list->chosen(list->model()->index(1, 0));
            }
        } else if (page.contains(QLatin1String("history"))) {
            auto *archive = window.findChild<ArchivePage *>();
            for (Button *button : archive->findChildren<Button *>()) {
                if (button->isVisible() && button->text() == ArchivePage::tr("Every answer")) {
                    button->click();
                }
            }
        }
        settle();
    }

    static void settle()
    {
        for (int i = 0; i < 6; ++i) {
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
        }
    }

    static QStringList pages()
    {
        return {QStringLiteral("gate"), QStringLiteral("gate answered"), QStringLiteral("gate long"),
            QStringLiteral("gate sign-in"), QStringLiteral("gate deferral"), QStringLiteral("gate emergency"),
            QStringLiteral("gate code"), QStringLiteral("gate answered doubt"), QStringLiteral("gate glance"),
            QStringLiteral("themes"), QStringLiteral("messages"), QStringLiteral("study"), QStringLiteral("study long"),
            QStringLiteral("study search"), QStringLiteral("study wrong-book"), QStringLiteral("study doubt"),
            QStringLiteral("study paper rules"), QStringLiteral("study paper"), QStringLiteral("study paper result"),
            QStringLiteral("archive"), QStringLiteral("archive history"), QStringLiteral("archive empty"),
            QStringLiteral("settings")};
    }

    static QString where(const QWidget *widget)
    {
        QString text = QString::fromLatin1(widget->metaObject()->className());
        if (const auto *label = qobject_cast<const QLabel *>(widget)) {
            text += QStringLiteral(" '%1'").arg(label->text().left(30));
        } else if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
            text += QStringLiteral(" '%1'").arg(button->text() + button->accessibleName().left(30));
        }
        return text + QStringLiteral(" %1x%2").arg(widget->width()).arg(widget->height());
    }

    /** Nothing is lower than its text or narrower than its words. */
    static QString clipped(const QWidget &window)
    {
        for (const QWidget *widget : window.findChildren<QWidget *>()) {
            if (!widget->isVisible() || widget->width() == 0) {
                continue;
            }
            if (const auto *text = qobject_cast<const TextBlock *>(widget)) {
                const bool low
                    = text->hasHeightForWidth() && text->height() < text->heightForWidth(text->width());
                const bool narrow = !text->hasHeightForWidth() && text->width() < text->sizeHint().width();
                if ((low || narrow) && !text->text().isEmpty()) {
                    return where(text);
                }
            } else if (const auto *row = qobject_cast<const ChoiceRow *>(widget)) {
                if (row->height() < row->heightForWidth(row->width())) {
                    return where(row);
                }
            } else if (const auto *button = qobject_cast<const Button *>(widget)) {
                if (button->width() < button->sizeHint().width()
                    || button->height() < button->sizeHint().height()) {
                    return where(button);
                }
            }
        }
        return {};
    }

    /** What a layout placed side by side does not lie upon each other, nor reach out of its parent. */
    static QString overlapping(const QWidget &window)
    {
        for (const QWidget *parent : window.findChildren<QWidget *>()) {
            if (!parent->layout() || !parent->isVisible() || parent->inherits("QStackedWidget")) {
                continue;
            }
            QList<const QWidget *> shown;
            for (const QObject *object : parent->children()) {
                const auto *widget = qobject_cast<const QWidget *>(object);
                if (!widget || widget->isHidden() || widget->isWindow() || widget->size().isEmpty()
                    || parent->layout()->indexOf(const_cast<QWidget *>(widget)) < 0) {
                    continue;
                }
                for (const QWidget *other : shown) {
                    if (widget->geometry().intersects(other->geometry())) {
                        return where(widget) + QStringLiteral(" on ") + where(other);
                    }
                }
                if (!parent->rect().contains(widget->geometry())) {
                    return where(widget) + QStringLiteral(" out of ") + where(parent);
                }
                shown.append(widget);
            }
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = std::make_unique<Theme>(*qApp);
        m_theme->setMode(Theme::Mode::Light);
        m_language = std::make_unique<Language>(*qApp);
        m_settings
            = std::make_unique<QSettings>(m_dir.filePath(QStringLiteral("ui.ini")), QSettings::IniFormat);
        m_preferences = std::make_unique<Preferences>(*m_settings);
    }

    void init()
    {
        m_settings->clear();
        m_language->use(QStringLiteral("zh_CN"));
        m_theme->setTextScale(1.0);
    }

    void nothingIsClippedOrOverlaps_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<QString>("language");
        QTest::addColumn<double>("scale");
        const QSize small(1024, 600);
        const QSize usual(1366, 768);
        const QSize large(1920, 1080);
        // The corners of sizes and text sizes, in the longer language those that are tightest.
        const std::tuple<QSize, const char *, double> looks[] = {{small, "zh_CN", 1.0}, {small, "zh_CN", 2.0},
            {usual, "zh_CN", 1.5}, {large, "zh_CN", 1.0}, {large, "zh_CN", 2.0}, {usual, "en", 1.0}, {small, "en", 2.0}};
        for (const QString &page : pages()) {
            for (const auto &[size, language, scale] : looks) {
                QTest::addRow("%s %d %s %.1f", qPrintable(page), size.width(), language, scale)
                    << page << size << QString::fromLatin1(language) << scale;
            }
        }
    }

    void nothingIsClippedOrOverlaps()
    {
        QFETCH(QString, page);
        QFETCH(QSize, size);
        QFETCH(QString, language);
        QFETCH(double, scale);
        m_language->use(language);
        m_theme->setTextScale(scale);
        const auto widget = make(page, size);
        QCOMPARE(widget->size(), size);
        const QString clip = clipped(*widget);
        QVERIFY2(clip.isEmpty(), qPrintable(clip));
        const QString overlap = overlapping(*widget);
        QVERIFY2(overlap.isEmpty(), qPrintable(overlap));
    }

    void chineseIsAllThatIsRead_data()
    {
        QTest::addColumn<QString>("page");
        for (const QString &page : pages()) {
            QTest::newRow(qPrintable(page)) << page;
        }
    }

    void chineseIsAllThatIsRead()
    {
        QFETCH(QString, page);
        const auto widget = make(page, QSize(1366, 768));
        static const QRegularExpression word(QStringLiteral("[A-Za-z]{3,}"));
        const QStringList known{QStringLiteral("English"), QStringLiteral("GPL-3.0-or-later"),
            ArchivePage::tr("&Export as PDF")};
        for (const QWidget *child : widget->findChildren<QWidget *>()) {
            QStringList texts{child->accessibleName(), child->accessibleDescription(), child->toolTip()};
            if (const auto *label = qobject_cast<const QLabel *>(child)) {
                texts.append(label->text());
            } else if (const auto *button = qobject_cast<const QAbstractButton *>(child)) {
                texts.append(button->text());
            }
            for (const QString &text : std::as_const(texts)) {
                QVERIFY2(
                    known.contains(text) || text.startsWith(QLatin1String("Ctrl+")) || !text.contains(word),
                    qPrintable(text));
            }
        }
    }

    void everyControlHasAName_data() { chineseIsAllThatIsRead_data(); }

    void everyControlHasAName()
    {
        QFETCH(QString, page);
        const auto widget = make(page, QSize(1366, 768));
        for (QWidget *child : widget->findChildren<QWidget *>()) {
            if (!child->isVisible() || !(child->focusPolicy() & Qt::TabFocus)
                || child->inherits("QAbstractScrollArea")) {
                continue;
            }
            const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(child);
            QVERIFY2(face && !face->text(QAccessible::Name).isEmpty(), qPrintable(where(child)));
        }
    }

    void aThemeReachesEveryWidget_data() { chineseIsAllThatIsRead_data(); }

    void aThemeReachesEveryWidget()
    {
        QFETCH(QString, page);
        const auto widget = make(page, QSize(1366, 768));
        m_theme->setMode(Theme::Mode::Dark);
        settle();
        const QImage dark = widget->grab().toImage();
        m_theme->setMode(Theme::Mode::Light);
        settle();
        // Of the dark page no large part is light, and the other way round.
        const auto shareOf = [](const QImage &image, bool light) {
            qint64 hits = 0;
            for (int y = 0; y < image.height(); y += 4) {
                for (int x = 0; x < image.width(); x += 4) {
                    hits += (qGray(image.pixel(x, y)) > 127) == light;
                }
            }
            return double(hits) * 16 / (double(image.width()) * image.height());
        };
        QVERIFY(shareOf(dark, true) < 0.12);
        QVERIFY(shareOf(widget->grab().toImage(), false) < 0.12);
    }
};

QTEST_MAIN(TestLooks)
#include "tst_looks.moc"
