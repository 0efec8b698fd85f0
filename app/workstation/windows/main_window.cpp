#include "app/workstation/windows/main_window.h"

#include "app/workstation/pages/archive_page.h"
#include "app/workstation/pages/study_page.h"
#include "app/workstation/windows/preferences.h"

#include "app/widgets/icons.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QShortcut>
#include <QStackedWidget>

namespace qingfeng {
namespace {

constexpr QSize firstSize{1120, 760};
constexpr QSize leastSize{900, 540};

const QLatin1String studyKey("study");
const QLatin1String archiveKey("archive");
const QLatin1String settingsKey("settings");

} // namespace

MainWindow::MainWindow(Learner &learner, Theme &theme, Preferences &preferences, QWidget *parent)
    : QWidget(parent)
    , m_learner(learner)
    , m_theme(theme)
    , m_preferences(preferences)
    , m_rail(new Rail(theme, this))
    , m_pages(new QStackedWidget(this))
{
    setWindowTitle(tr("Qingfeng"));
    setWindowIcon(programIcon());
    setMinimumSize(leastSize);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addWidget(m_pages, 1);
    if (!restoreGeometry(m_preferences.geometry())) {
        resize(firstSize);
    }
    addOwnPlaces();
    connect(m_rail, &Rail::chosen, this, &MainWindow::showPlace);
    for (int number = 1; number <= 9; ++number) {
        auto *shortcut = new QShortcut(QKeySequence(QStringLiteral("Ctrl+%1").arg(number)), this);
        connect(shortcut, &QShortcut::activated, this, [this, number] {
            if (number <= m_places.size()) {
                showPlace(m_places.at(number - 1).place().key);
            }
        });
    }
    auto *help = new QShortcut(QKeySequence(Qt::Key_F1), this);
    connect(help, &QShortcut::activated, this, [this] { showPlace(settingsKey); });
    auto *close = new QShortcut(QKeySequence(QKeySequence::Close), this);
    connect(close, &QShortcut::activated, this, &QWidget::close);
    refreshRail();
}

void MainWindow::addOwnPlaces()
{
    m_places.append({[] {
                         return Place{studyKey, tr("Study"), QStringLiteral("study"), {}};
                     },
        [this](QWidget *parent) {
            m_study = new StudyPage(m_learner, m_theme, parent);
            return m_study;
        }});
    m_places.append({[] {
                         return Place{archiveKey, tr("Archive"), QStringLiteral("archive"), {}};
                     },
        [this](QWidget *parent) {
            auto *page = new ArchivePage(m_learner, m_theme, parent);
            connect(page, &ArchivePage::studyRequested, this, &MainWindow::study);
            if (m_exporter) {
                page->setExporter(m_exporter);
            }
            return page;
        }});
    m_places.append({[] {
                         return Place{settingsKey, tr("Settings"), QStringLiteral("settings"), {}};
                     },
        [this](QWidget *parent) {
            m_settings = new SettingsPage(m_learner, m_theme, parent);
            m_settings->setSyncState(m_sync);
            m_settings->setDebugInfo(m_debugInfo);
            m_settings->setLanguage(m_preferences.language());
            connect(m_settings, &SettingsPage::languageChosen, this, [this](const QString &language) {
                m_preferences.setLanguage(language);
                // The page that sends this is made anew in the new language.
                QMetaObject::invokeMethod(
                    this, [this, language] { Q_EMIT languageChosen(language); }, Qt::QueuedConnection);
            });
            return m_settings;
        }});
}

void MainWindow::addPlace(const std::function<Place()> &place, const MakePage &make)
{
    m_places.insert(m_places.size() - 1, {place, make, nullptr});
    refreshRail();
}

void MainWindow::refreshRail()
{
    QList<Place> places;
    for (qsizetype i = 0; i < m_places.size(); ++i) {
        Place place = m_places.at(i).place();
        place.shortcutHint = QStringLiteral("Ctrl+%1").arg(i + 1);
        places.append(place);
    }
    m_rail->setPlaces(places);
}

MainWindow::PlaceEntry *MainWindow::entry(const QString &key)
{
    for (PlaceEntry &entry : m_places) {
        if (entry.place().key == key) {
            return &entry;
        }
    }
    return nullptr;
}

QWidget *MainWindow::pageOf(PlaceEntry &entry)
{
    if (!entry.page) {
        entry.page = entry.make(m_pages);
        m_pages->addWidget(entry.page);
    }
    return entry.page;
}

void MainWindow::showPlace(const QString &key)
{
    if (PlaceEntry *place = entry(key)) {
        m_pages->setCurrentWidget(pageOf(*place));
        m_rail->setCurrent(key);
    }
}

void MainWindow::study(const StudyFilter &filter)
{
    pageOf(*entry(studyKey));
    m_study->study(filter);
    showPlace(studyKey);
}

void MainWindow::raiseWindow()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::setSyncState(const SyncState &state)
{
    m_sync = state;
    if (m_settings) {
        m_settings->setSyncState(state);
    }
}

void MainWindow::setDebugInfo(const QString &text)
{
    m_debugInfo = text;
    if (m_settings) {
        m_settings->setDebugInfo(text);
    }
}

void MainWindow::rebuildPages()
{
    const QString current = m_rail->current();
    m_study = nullptr;
    m_settings = nullptr;
    for (PlaceEntry &place : m_places) {
        delete place.page;
        place.page = nullptr;
    }
    setWindowTitle(tr("Qingfeng"));
    refreshRail();
    showPlace(current.isEmpty() ? QString(studyKey) : current);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_preferences.setGeometry(saveGeometry());
    event->accept();
    if (m_trayAvailable) {
        Q_EMIT hiddenToTray(m_preferences.takeTrayHint());
    } else {
        Q_EMIT closedForGood();
    }
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        rebuildPages();
    }
    QWidget::changeEvent(event);
}

void MainWindow::showEvent(QShowEvent *event)
{
    if (m_rail->current().isEmpty()) {
        showPlace(studyKey);
    }
    QWidget::showEvent(event);
}

} // namespace qingfeng
