// Renders every page in its states to PNG files, to be looked at: gallery FOLDER [FILTER]
#include "app/widgets/button.h"
#include "app/widgets/chips.h"
#include "app/widgets/language.h"
#include "app/widgets/numbers_view.h"
#include "app/widgets/question_view.h"
#include "app/widgets/scroll_page.h"
#include "app/workstation/core/papers.h"
#include "app/workstation/pages/archive_page.h"
#include "app/workstation/pages/gate_footer.h"
#include "app/workstation/pages/gate_page.h"
#include "app/workstation/pages/message_page.h"
#include "app/workstation/pages/paper_page.h"
#include "app/workstation/pages/question_tools.h"
#include "app/workstation/pages/row_list.h"
#include "app/workstation/pages/settings_page.h"
#include "app/workstation/pages/study_page.h"
#include "app/workstation/pages/theme_page.h"
#include "app/workstation/windows/gate_window.h"
#include "app/workstation/windows/main_window.h"
#include "app/workstation/windows/preferences.h"
#include "tests/gui/gui_world.h"

#include <functional>

#include <QApplication>
#include <QDir>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollBar>
#include <QSettings>
#include <QTextStream>

using namespace qingfeng;

namespace {

struct Scene
{
    QString name;
    /** Makes the widget, shown at the size it is given; the world lives as long as the widget. */
    std::function<std::unique_ptr<QWidget>(Theme &, QSize)> make;
};

/** Keeps what a scene needs alive together with its window. */
template <typename... Parts>
std::unique_ptr<QWidget> withParts(std::unique_ptr<QWidget> widget, Parts... parts)
{
    QObject::connect(widget.get(), &QObject::destroyed, qApp, [held = std::make_tuple(parts...)] {});
    return widget;
}

void settle()
{
    for (int i = 0; i < 8; ++i) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
}

void show(QWidget &widget, QSize size)
{
    widget.resize(size);
    widget.show();
    settle();
}

void press(QWidget &widget, Qt::Key key)
{
    QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
    QCoreApplication::sendEvent(&widget, &event);
}

QuestionView *questionView(QWidget &widget)
{
    for (QuestionView *view : widget.findChildren<QuestionView *>()) {
        if (view->isVisible()) {
            return view;
        }
    }
    return nullptr;
}

enum class Answer { None, Chosen, Right, Wrong, Unsure };

std::unique_ptr<QWidget> gate(Theme &theme, QSize size, const QString &account, Answer answer,
    const std::function<void(GuiWorld &)> &prepare = {}, const QString &pressed = {})
{
    auto world = std::make_shared<GuiWorld>(account);
    if (prepare) {
        prepare(*world);
    }
    auto now = std::make_shared<qint64>(0);
    auto page = std::make_unique<GatePage>(
        world->learner(), theme, QByteArray(32, 's'), nullptr, [now] { return *now; });
    page->setChallenge(QStringLiteral("KDM4R-7F2H"));
    page->begin();
    show(*page, size);
    if (QuestionView *view = questionView(*page); view && answer != Answer::None) {
        const auto shown = world->learner().presentForGate(*world->learner().decide(Moment::Start)->obligation);
        const auto reply
            = answer == Answer::Wrong ? wrongResponse(shown->question) : rightResponse(shown->question);
        const bool byKeys = !reply.choices.isEmpty() && shown->question.type != QuestionType::Order;
        for (const QString &id : byKeys ? reply.choices : QStringList()) {
            press(*view, Qt::Key(Qt::Key_A + shown->choicesShown.indexOf(id)));
        }
        *now = 14'000;
        if (answer == Answer::Unsure) {
            Response unsure;
            unsure.unsure = true;
            Q_EMIT view->answered(unsure);
        } else if (answer != Answer::Chosen) {
            byKeys ? press(*view, Qt::Key_Return) : void(Q_EMIT view->answered(reply));
        }
    }
    for (Button *button : page->findChildren<Button *>()) {
        if (!pressed.isEmpty() && button->text() == pressed) {
            button->click();
        }
    }
    settle();
    return withParts(std::move(page), world, now);
}

std::unique_ptr<QWidget> window(Theme &theme, QSize size, const QString &place, int days, int perDay,
    const std::function<void(MainWindow &, GuiWorld &)> &then = {},
    const QString &account = QStringLiteral("zhangsan"))
{
    auto world = std::make_shared<GuiWorld>(account);
    world->study(days, perDay);
    auto settings = std::make_shared<QSettings>(
        QDir::temp().filePath(QStringLiteral("qingfeng-gallery.ini")), QSettings::IniFormat);
    settings->clear();
    auto preferences = std::make_shared<Preferences>(*settings);
    auto main = std::make_unique<MainWindow>(world->learner(), theme, *preferences);
    main->setSyncState(
        {QStringLiteral("https://qingfeng.tax.example"), world->clock().utcMs() - 900'000, 28'800, {}});
    main->showPlace(place);
    show(*main, size);
    if (then) {
        then(*main, *world);
    }
    settle();
    return withParts(std::move(main), world, settings, preferences);
}

/** Asks the first question of a type and answers it wrong. */
void askAndAnswer(QuestionView &view, GuiWorld &world, QuestionType type)
{
    const QuestionVersion &question = world.questionOf(type);
    const auto idsOf = [](const QuestionItem &item) {
        QStringList ids;
        for (const Choice &choice : item.type == QuestionType::Match ? item.targets : item.choices) {
            ids.append(choice.id);
        }
        return ids;
    };
    QMap<QString, QStringList> parts;
    for (const QuestionPart &part : question.parts) {
        parts.insert(part.id, idsOf(part));
    }
    view.ask(question, idsOf(question), parts);
    settle();
    view.showResult(wrongResponse(question), {0, 100, Outcome::Wrong}, world.bank());
}

enum class PaperState { Rules, Running, Result };

/** A paper in one of its states. */
Scene paperScene(const char *name, PaperState state)
{
    const auto make = [state](Theme &theme, QSize size) {
        return window(theme, size, QStringLiteral("study"), 6, 3, [state](MainWindow &main, GuiWorld &world) {
            auto *page = main.findChild<StudyPage *>();
            if (state != PaperState::Rules) {
                Papers papers(world.learner());
                const auto paper = papers.draw({});
                const int answers = state == PaperState::Running ? 7 : 17;
                for (int i = 0; i < answers; ++i) {
                    const auto shown = papers.present(paper->items.at(i));
                    const auto answered = papers.answer(*paper, *shown,
                        i % 4 == 1 ? wrongResponse(shown->question) : rightResponse(shown->question), 60'000,
                        i * 40'000);
                    Q_UNUSED(answered)
                }
                if (state == PaperState::Result) {
                    const auto closed = papers.finish(*paper, 900'000, false);
                    Q_UNUSED(closed)
                }
            }
            page->showPapers();
            if (state == PaperState::Result) {
                auto *list = main.findChild<RowList *>();
                Q_EMIT list->chosen(list->model()->index(1, 0));
            }
        });
    };
    return {QString::fromLatin1(name), make};
}

/** A shelf with some questions in it. */
Scene shelf(const char *name, StudyFilter::Shelf shelf, int days)
{
    const auto make = [shelf, days](Theme &theme, QSize size) {
        return window(theme, size, QStringLiteral("study"), days, 3, [shelf](MainWindow &main, GuiWorld &world) {
            for (const Attempt &attempt : world.learner().attempts()) {
                const auto kept = world.learner().setFavourite(attempt.question, true);
                Q_UNUSED(kept)
            }
            StudyFilter filter;
            filter.shelf = shelf;
            main.study(filter);
        });
    };
    return {QString::fromLatin1(name), make};
}

void showHistory(MainWindow &main)
{
    for (Chips *chips : main.findChild<ArchivePage *>()->findChildren<Chips *>()) {
        if (chips->parent() == main.findChild<ArchivePage *>()) {
            chips->findChildren<QAbstractButton *>().last()->click();
        }
    }
}

/** 意见反馈 with a thread that was answered, or before anything was written. */
std::function<std::unique_ptr<QWidget>(Theme &, QSize)> messageScene(bool answered)
{
    return [answered](Theme &theme, QSize size) {
        return window(theme, size, QStringLiteral("study"), 3, 3, [answered, &theme](MainWindow &main, GuiWorld &world) {
            (void)world.store().setValue(messageRecipientsKey(), QStringLiteral("[\"张三（纪检组组长）\"]"));
            if (answered) {
                (void)world.learner().writeMessage(
                    {}, QStringLiteral("窗口排队时登录要等题目，能不能把提问放到午休以后？排队的人多时很着急。"));
                world.answerThreads(QStringLiteral(
                    "可以点「暂缓」，一小时后再问，每周两次；确有纳税人在等，用「紧急进入」，不计入未答。"));
                (void)world.learner().reportDoubt(world.questionOf(QuestionType::Single), {},
                    QStringLiteral("第三个选项与第二个说的不是一回事吗？"));
            }
            MessagePage *page = nullptr;
            main.addPlace([] { return Place{QStringLiteral("messages"), MessagePage::tr("Feedback"), QStringLiteral("message"), {}}; },
                [&world, &theme, &page](QWidget *parent) { return page = new MessagePage(world.learner(), theme, parent); });
            main.showPlace(QStringLiteral("messages"));
            if (answered) {
                const QList<FeedbackThread> threads = world.learner().threads();
                const auto longest = std::max_element(threads.cbegin(), threads.cend(),
                    [](const auto &a, const auto &b) { return a.entries.size() < b.entries.size(); });
                page->showThread(longest->first().thread);
            } else {
                page->begin();
            }
        });
    };
}

/** The archive scrolled down by a share. */
Scene archiveAt(const char *name, double share)
{
    const auto make = [share](Theme &theme, QSize size) {
        return window(theme, size, QStringLiteral("archive"), 70, 3, [share](MainWindow &main, GuiWorld &) {
            QScrollBar *bar = main.findChild<ArchivePage *>()->findChild<ScrollPage *>()->verticalScrollBar();
            bar->setValue(int(bar->maximum() * share));
        });
    };
    return {QString::fromLatin1(name), make};
}

QList<Scene> scenes()
{
    const auto gateScene = [](const char *name, const char *account, Answer answer) {
        return Scene{QString::fromLatin1(name), [account, answer](Theme &theme, QSize size) {
                         return gate(theme, size, QString::fromLatin1(account), answer);
                     }};
    };
    const auto ofType = [](const char *name, QuestionType type) {
        return Scene{QString::fromLatin1(name), [type](Theme &theme, QSize size) {
                         return window(
                             theme, size, QStringLiteral("study"), 3, 3, [type](MainWindow &main, GuiWorld &world) {
                                 askAndAnswer(*questionView(main), world, type);
                             });
                     }};
    };
    return {
        gateScene("gate", "zhangsan", Answer::None),
        gateScene("gate-chosen", "zhangsan", Answer::Chosen),
        gateScene("gate-right", "zhangsan", Answer::Right),
        gateScene("gate-wrong", "zhangsan", Answer::Wrong),
        gateScene("gate-unsure", "lisi", Answer::Unsure),
        gateScene("gate-sign-in", "nobody", Answer::None),
        {QStringLiteral("gate-deferral"),
            [](Theme &theme, QSize size) {
                return gate(theme, size, QStringLiteral("zhangsan"), Answer::None, [](GuiWorld &world) {
                    world.setPolicy("[gate]\nquestions = 2\n[deferral]\nquota = 2\n");
                });
            }},
        {QStringLiteral("gate-deferral-asks"),
            [](Theme &theme, QSize size) {
                return gate(theme, size, QStringLiteral("zhangsan"), Answer::None,
                    [](GuiWorld &world) { world.setPolicy("[deferral]\nquota = 2\n"); },
                    GateFooter::tr("Put it o&ff"));
            }},
        {QStringLiteral("gate-emergency"),
            [](Theme &theme, QSize size) {
                return gate(theme, size, QStringLiteral("zhangsan"), Answer::None,
                    [](GuiWorld &world) { world.setPolicy("[emergency_exit]\nquota = 0\n"); },
                    GateFooter::tr("&Emergency entry"));
            }},
        {QStringLiteral("gate-glance"),
            [](Theme &theme, QSize size) {
                return gate(theme, size, QStringLiteral("zhangsan"), Answer::None, [](GuiWorld &world) {
                    world.study(120, 3);
                    world.setPolicy(
                        "[earned_quiet]\nenabled = true\nmin_score = 50\nmin_coverage_percent = 50\n");
                });
            }},
        {QStringLiteral("gate-theme"),
            [](Theme &theme, QSize size) {
                return gate(theme, size, QStringLiteral("zhangsan"), Answer::Right, [](GuiWorld &world) {
                    while (!world.learner().theme()) {
                        world.clock().advanceDays(1);
                    }
                });
            }},
        {QStringLiteral("gate-answered"),
            [](Theme &theme, QSize size) {
                return gate(theme, size, QStringLiteral("zhangsan"), Answer::Right, [](GuiWorld &world) {
                    (void)world.learner().reportDoubt(
                        world.questionOf(QuestionType::Single), {}, QStringLiteral("第三个选项也对吧？"));
                    world.answerThreads(QStringLiteral("不对，依据在第二十条。"));
                });
            }},
        {QStringLiteral("messages"), messageScene(true)},
        {QStringLiteral("messages-new"), messageScene(false)},
        {QStringLiteral("gate-doubt"),
            [](Theme &theme, QSize size) {
                return gate(theme, size, QStringLiteral("zhangsan"), Answer::Wrong, {},
                    QuestionTools::tr("I have a doubt"));
            }},
        {QStringLiteral("gate-code"),
            [](Theme &theme, QSize size) {
                return gate(
                    theme, size, QStringLiteral("zhangsan"), Answer::None, [](GuiWorld &) {},
                    GateFooter::tr("&Code"));
            }},
        {QStringLiteral("themes"),
            [](Theme &theme, QSize size) {
                return window(theme, size, QStringLiteral("study"), 0, 0, [&theme](MainWindow &main, GuiWorld &world) {
                    main.addPlace(
                        [] {
                            return Place{QStringLiteral("themes"), ThemePage::tr("Themes"), QStringLiteral("theme"), {}};
                        },
                        [&theme, &world](QWidget *parent) {
                            auto *page = new ThemePage(world.learner(), theme, parent);
                            page->showTheme(QStringLiteral("T02"));
                            return page;
                        });
                    main.showPlace(QStringLiteral("themes"));
                });
            }},
        {QStringLiteral("gate-two-screens"),
            [](Theme &theme, QSize size) {
                auto world = std::make_shared<GuiWorld>();
                auto window = std::make_unique<GateWindow>(
                    world->learner(), theme, world->clock(), QByteArray(32, 's'));
                while (!world->learner().theme()) {
                    world->clock().advanceDays(1);
                }
                window->page()->begin();
                window->setScreens(QRect(0, 0, 2 * size.width(), size.height()),
                    {QRect(QPoint(), size), QRect(QPoint(size.width(), 0), size)});
                window->show();
                settle();
                return withParts(std::move(window), world);
            }},
        {QStringLiteral("study"),
            [](Theme &theme, QSize size) { return window(theme, size, QStringLiteral("study"), 3, 3); }},
        {QStringLiteral("study-long"),
            [](Theme &theme, QSize size) {
                return window(theme, size, QStringLiteral("study"), 3, 3, [](MainWindow &main, GuiWorld &) {
                    const QuestionVersion question = GuiWorld::longQuestion(500);
                    QStringList ids;
                    for (const Choice &choice : question.choices) {
                        ids.append(choice.id);
                    }
                    questionView(main)->ask(question, ids);
                });
            }},
        ofType("study-fill-in", QuestionType::FillIn),
        ofType("study-order", QuestionType::Order),
        ofType("study-match", QuestionType::Match),
        ofType("study-case", QuestionType::Case),
        {QStringLiteral("study-empty"),
            [](Theme &theme, QSize size) {
                return window(theme, size, QStringLiteral("study"), 0, 0, [](MainWindow &main, GuiWorld &) {
                    StudyFilter wrong;
                    wrong.shelf = StudyFilter::Shelf::WrongBook;
                    main.study(wrong);
                });
            }},
        {QStringLiteral("study-search"),
            [](Theme &theme, QSize size) {
                return window(theme, size, QStringLiteral("study"), 3, 3, [](MainWindow &main, GuiWorld &) {
                    main.findChild<QLineEdit *>()->setText(QStringLiteral("宴请"));
                });
            }},
        {QStringLiteral("study-search-none"),
            [](Theme &theme, QSize size) {
                return window(theme, size, QStringLiteral("study"), 3, 3, [](MainWindow &main, GuiWorld &) {
                    main.findChild<QLineEdit *>()->setText(QStringLiteral("绝无此词"));
                });
            }},
        shelf("study-wrong-book", StudyFilter::Shelf::WrongBook, 20),
        shelf("study-favourites", StudyFilter::Shelf::Favourites, 3),
        shelf("study-favourites-empty", StudyFilter::Shelf::Favourites, 0),
        {QStringLiteral("study-laws"),
            [](Theme &theme, QSize size) {
                return window(theme, size, QStringLiteral("study"), 3, 3, [](MainWindow &main, GuiWorld &world) {
                    StudyFilter filter;
                    filter.law = world.bank().article(world.bank().questions().first().articles.first())->law;
                    main.study(filter);
                });
            }},
        {QStringLiteral("study-themes"),
            [](Theme &theme, QSize size) {
                return window(theme, size, QStringLiteral("study"), 3, 3, [](MainWindow &main, GuiWorld &world) {
                    StudyFilter filter;
                    filter.theme = themeRows(world.learner(), {}).first().key;
                    main.study(filter);
                });
            }},
        {QStringLiteral("study-picture"),
            [](Theme &theme, QSize size) {
                return window(theme, size, QStringLiteral("study"), 3, 3, [](MainWindow &main, GuiWorld &world) {
                    QuestionVersion question = world.questionOf(QuestionType::Single);
                    question.picture = Picture {world.bank().media().firstKey(), QStringLiteral("案上的一盏灯")};
                    question.choices[1].picture
                        = Picture {world.bank().media().lastKey(), QStringLiteral("门口的礼盒")};
                    question.choices[2].picture
                        = Picture {QStringLiteral("lost.png"), QStringLiteral("没有随题库送到的图")};
                    questionView(main)->ask(question, {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
                });
            }},
        {QStringLiteral("study-doubt"),
            [](Theme &theme, QSize size) {
                return window(theme, size, QStringLiteral("study"), 3, 3, [](MainWindow &main, GuiWorld &world) {
                    auto *tools = main.findChild<QuestionTools *>();
                    const auto kept = world.learner().reportDoubt(world.questionOf(QuestionType::Single), {},
                        QStringLiteral("第三个选项与第二个说的不是一回事吗？"));
                    Q_UNUSED(kept)
                    tools->setQuestion(world.questionOf(QuestionType::Single));
                    tools->openDoubt();
                });
            }},
        paperScene("paper-setup", PaperState::Rules),
        paperScene("paper-running", PaperState::Running),
        paperScene("paper-result", PaperState::Result),
        {QStringLiteral("archive-history"),
            [](Theme &theme, QSize size) {
                return window(theme, size, QStringLiteral("archive"), 70, 3, [](MainWindow &main, GuiWorld &) {
                    showHistory(main);
                });
            }},
        {QStringLiteral("archive-annotated"),
            [](Theme &theme, QSize size) {
                return window(theme, size, QStringLiteral("archive"), 70, 3, [](MainWindow &main, GuiWorld &world) {
                    world.annotate(world.learner().attempts().last(),
                        QStringLiteral("这道题第 1 版引用的条文已经修订，题库第 12 次修订起改用新条文。你当时的作答按旧条文"
                                       "是对的，不影响认定；请再看一遍新的解析。"));
                    showHistory(main);
                });
            }},
        archiveAt("archive-heat", 0.4),
        archiveAt("archive-end", 1.0),
        {QStringLiteral("archive-two-posts"),
            [](Theme &theme, QSize size) {
                return window(theme, size, QStringLiteral("archive"), 40, 3, {}, QStringLiteral("lisi"));
            }},
        {QStringLiteral("archive-numbers"),
            [](Theme &theme, QSize size) {
                return window(theme, size, QStringLiteral("archive"), 70, 3, [](MainWindow &main, GuiWorld &) {
                    for (const NumbersView *view : main.findChildren<NumbersView *>()) {
                        view->findChild<QAbstractButton *>()->click();
                    }
                });
            }},
        {QStringLiteral("archive-empty"),
            [](Theme &theme, QSize size) { return window(theme, size, QStringLiteral("archive"), 0, 0); }},
        {QStringLiteral("archive-one"),
            [](Theme &theme, QSize size) { return window(theme, size, QStringLiteral("archive"), 1, 1); }},
        {QStringLiteral("archive-many"),
            [](Theme &theme, QSize size) { return window(theme, size, QStringLiteral("archive"), 70, 3); }},
        {QStringLiteral("settings"),
            [](Theme &theme, QSize size) { return window(theme, size, QStringLiteral("settings"), 2, 2); }},
    };
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2) {
        QTextStream(stderr) << "usage: gallery FOLDER [FILTER]\n";
        return 2;
    }
    const QDir folder(arguments.at(1));
    const QString filter = arguments.value(2);
    Language language(application);
    Theme theme(application);
    const struct
    {
        const char *name;
        Theme::Mode mode;
        const char *language;
        double textScale;
    } looks[] = {{"light", Theme::Mode::Light, "zh_CN", 1.0}, {"dark", Theme::Mode::Dark, "zh_CN", 1.0},
        {"contrast", Theme::Mode::HighContrast, "zh_CN", 1.0}, {"english", Theme::Mode::Light, "en", 1.0},
        {"large", Theme::Mode::Light, "zh_CN", 2.0}};
    for (const auto &look : looks) {
        language.use(QString::fromLatin1(look.language));
        theme.setMode(look.mode);
        theme.setTextScale(look.textScale);
        for (const QSize size : {QSize(1024, 600), QSize(1366, 768), QSize(1920, 1080)}) {
            for (const Scene &scene : scenes()) {
                const QString name = QStringLiteral("%1-%2-%3.png")
                                         .arg(scene.name, QString::fromLatin1(look.name))
                                         .arg(size.width());
                if (!filter.isEmpty() && !name.contains(filter)) {
                    continue;
                }
                const auto widget = scene.make(theme, size);
                if (!widget->grab().save(folder.filePath(name))) {
                    QTextStream(stderr) << "cannot write " << folder.filePath(name) << '\n';
                    return 1;
                }
            }
        }
    }
    return 0;
}
