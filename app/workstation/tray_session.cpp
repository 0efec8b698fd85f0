#include "app/workstation/tray_session.h"

#include "app/report/report_file.h"
#include "app/widgets/error_texts.h"
#include "app/widgets/language.h"
#include "app/workstation/core/gate_records.h"
#include "app/workstation/debug_info.h"
#include "app/workstation/intent.h"
#include "app/workstation/pages/message_page.h"
#include "app/workstation/pages/theme_page.h"
#include "app/workstation/tray/session_watch.h"
#include "app/workstation/tray/tray_icon.h"
#include "app/workstation/windows/preferences.h"

#include "quiz/net/sync_service.h"
#include "quiz/store/learning_store.h"
#include "quiz/sync/device_config.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QThread>
#include <QTimer>

#include <utility>

namespace qingfeng {
namespace {

/** How often the resident program looks for what the gate left: cheap, and seldom enough for an idle PC. */
constexpr int lookMs = 60'000;

QString messagesKey()
{
    return QStringLiteral("messages");
}

QString themesKey()
{
    return QStringLiteral("themes");
}

constexpr int exportedDays = 365;

/** A name in the person's documents that nothing has yet. */
QString freshExportPath(const QString &name, QDate day)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    QDir().mkpath(folder);
    QString safeName = name;
    safeName.remove(QRegularExpression(QStringLiteral("[/\\\\\\x00-\\x1f]")));
    //: Name of a file, without its ending: %1 a person, %2 a date.
    const QString base = folder + QLatin1Char('/')
        + QCoreApplication::translate("qingfeng::ArchivePage", "Learning archive of %1, %2")
              .arg(safeName, day.toString(Qt::ISODate));
    QString path = base + QStringLiteral(".pdf");
    for (int number = 2; QFile::exists(path); ++number) {
        path = base + QStringLiteral(" (%1).pdf").arg(number);
    }
    return path;
}

} // namespace

TraySession::TraySession(TraySetup setup, QObject *parent)
    : QObject(parent)
    , m_setup(std::move(setup))
{
}

TraySession::~TraySession()
{
    for (QThread *thread : findChildren<QThread *>(Qt::FindDirectChildrenOnly)) {
        thread->wait(); // an export that has begun is finished
    }
}

void TraySession::start(const Options &options)
{
    m_tray = std::make_unique<TrayIcon>(m_setup.learner, m_setup.theme);
    connectTray();
    m_tray->start();
    startSync();
    auto *look = new QTimer(this);
    look->setTimerType(Qt::VeryCoarseTimer);
    connect(look, &QTimer::timeout, this, &TraySession::takeOverFromGate);
    connect(look, &QTimer::timeout, this, &TraySession::askWhatWasPutOff);
    look->start(lookMs);
    takeOverFromGate();
    tellOfDamage();
    watchSession();
    if (options.background) {
        startGateIfOwed(Moment::Start);
    } else {
        show(options.place);
    }
}

MainWindow &TraySession::window()
{
    if (!m_window) {
        m_window = std::make_unique<MainWindow>(m_setup.learner, m_setup.theme, m_setup.preferences);
        m_window->setTrayAvailable(m_trayAvailable);
        m_window->setDebugInfo(debugInfo(m_setup.folder, m_setup.learner.bank()));
        connect(m_window.get(), &MainWindow::languageChosen, this, [this](const QString &language) {
            m_setup.preferences.setLanguage(language);
            m_setup.language.use(language);
        });
        connect(m_window.get(), &MainWindow::hiddenToTray, this, [this](bool firstTime) {
            if (firstTime) {
                m_tray->showHint();
            }
        });
        m_window->setArchiveExporter(
            [this](QObject *context, const ArchivePage::Exported &done) { exportArchive(context, done); });
        addThemes();
        addMessages();
        connect(m_window.get(), &MainWindow::closedForGood, this, &QCoreApplication::quit);
        showSyncState();
    }
    return *m_window;
}

void TraySession::addThemes()
{
    m_window->addPlace(
        [] {
            return Place {themesKey(), QCoreApplication::translate("qingfeng::ThemePage", "Themes"),
                QStringLiteral("theme"), {}};
        },
        [this](QWidget *parent) {
            m_themes = new ThemePage(m_setup.learner, m_setup.theme, parent);
            connect(m_themes, &ThemePage::studyRequested, m_window.get(), &MainWindow::study);
            return m_themes;
        });
}

void TraySession::addMessages()
{
    m_window->addPlace(
        [] {
            return Place {messagesKey(), QCoreApplication::translate("qingfeng::MessagePage", "Feedback"),
                QStringLiteral("message"), {}};
        },
        [this](QWidget *parent) {
            m_messages = new MessagePage(m_setup.learner, m_setup.theme, parent);
            return m_messages;
        });
    m_window->setCount(messagesKey(), m_setup.learner.unseenMessages());
}

void TraySession::showMessages()
{
    window().showPlace(messagesKey());
    m_messages->showThread({});
    window().raiseWindow();
}

void TraySession::showTheme(const QString &id)
{
    window().showPlace(themesKey());
    m_themes->showTheme(id);
    window().raiseWindow();
}

void TraySession::show(Options::Place place)
{
    if (place != Options::Place::None) {
        window().showPlace(requestFor(place));
    }
    window().raiseWindow();
    takeOverFromGate();
}

void TraySession::connectTray()
{
    connect(m_tray.get(), &TrayIcon::studyRequested, this, [this] { show(Options::Place::Study); });
    connect(m_tray.get(), &TrayIcon::archiveRequested, this, [this] { show(Options::Place::Archive); });
    connect(m_tray.get(), &TrayIcon::messagesRequested, this, &TraySession::showMessages);
    connect(m_tray.get(), &TrayIcon::settingsRequested, this, [this] { show(Options::Place::Settings); });
    connect(m_tray.get(), &TrayIcon::quitRequested, this, &QCoreApplication::quit);
    connect(m_tray.get(), &TrayIcon::availabilityChanged, this, [this](bool available) {
        m_trayAvailable = available;
        if (m_window) {
            m_window->setTrayAvailable(available);
        }
    });
}

void TraySession::startSync()
{
    m_sync = std::make_unique<SyncService>(
        SyncSetup {m_setup.folder.path(), m_setup.folder.database(), m_setup.learner.identity().person.number},
        m_setup.clock, m_setup.random);
    connect(m_sync.get(), &SyncService::bankChanged, &m_setup.learner, &Learner::setBank);
    connect(m_sync.get(), &SyncService::rosterChanged, &m_setup.learner, &Learner::reload);
    connect(m_sync.get(), &SyncService::finished, this, [this](const SyncReport &report) {
        if (report.messagesChanged) {
            m_setup.learner.messagesArrived();
        }
        // A shared PC fetches those of others too.
        const int unseen = m_setup.learner.unseenMessages();
        if (report.messagesReceived > 0 && unseen > 0) {
            m_tray->showMessages(unseen);
        }
        if (report.annotationsReceived == 0) {
            return;
        }
        m_setup.learner.reload(); // for the pages that show them
        const int own = int(m_setup.learner.annotations().size()); // a shared PC fetches those of others too
        if (own > m_annotations) {
            m_tray->showAnnotations(own - m_annotations);
        }
        m_annotations = own;
    });
    connect(m_sync.get(), &SyncService::statusChanged, this, &TraySession::showSyncState);
    connect(&m_setup.learner, &Learner::changed, m_sync.get(), &SyncService::attemptRecorded);
    connect(&m_setup.learner, &Learner::messagesChanged, this, [this] {
        if (m_window) {
            m_window->setCount(messagesKey(), m_setup.learner.unseenMessages());
        }
        const auto pending = m_setup.store.feedback().pending(1);
        if (pending && !pending->isEmpty()) {
            m_sync->messageWritten();
        }
    });
    m_annotations = int(m_setup.learner.annotations().size());
    m_sync->start();
}

void TraySession::showSyncState()
{
    if (!m_window) {
        return;
    }
    const SyncStatus &status = m_sync->status();
    SyncState state;
    state.lastSyncMs = status.lastSuccessMs;
    state.utcOffsetSeconds = m_setup.clock.utcOffsetSeconds();
    if (const auto device = loadDevice(m_setup.folder.path())) {
        state.server = device->config.serverUrl;
    }
    if (status.enrolled && status.lastError) {
        state.problem = errorText(Doing::Synchronising, *status.lastError);
    }
    m_window->setSyncState(state);
}

/** In a thread, with a connection of its own: drawing some thousand answers takes a second. */
void TraySession::exportArchive(QObject *context, const ArchivePage::Exported &done)
{
    const Learner &learner = m_setup.learner;
    auto result = std::make_shared<Result<QString>>(Error(ErrorCode::Io, QStringLiteral("not written")));
    QThread *thread = QThread::create([result, database = m_setup.folder.database(), bank = learner.sharedBank(),
                                          calendar = learner.calendar(), today = learner.today(),
                                          person = learner.identity().person] {
        const SystemClock clock;
        SystemRandom random;
        const auto store = LearningStore::open(database, clock, random);
        if (!store) {
            *result = store.error();
            return;
        }
        const QString path = freshExportPath(person.name, today);
        const auto written = writePersonPdf(
            **store, person.number, bank, calendar, today.addDays(1 - exportedDays), today, clock, path);
        *result = written ? Result<QString>(path) : Result<QString>(written.error());
    });
    thread->setParent(this);
    connect(thread, &QThread::finished, context, [result, done] { done(*result); });
    connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    thread->start();
}

void TraySession::takeOverFromGate()
{
    adoptStandIn();
    const auto taken = takeGateRecords(m_setup.learner, m_setup.folder);
    const auto pending = m_setup.store.outbox().pendingEvents(1);
    if ((taken && taken->attempts + taken->events > 0) || m_setup.learner.pendingCount() > 0
        || (pending && !pending->isEmpty())) {
        m_sync->attemptRecorded(); // the gate answered while this program was not running, or beside it
    }
    const auto written = m_setup.store.feedback().pending(1);
    if (written && !written->isEmpty()) {
        m_sync->messageWritten();
    }
    const QString intent = m_setup.store.value(intentKey());
    if (intent.isEmpty() || !m_setup.store.setValue(intentKey(), QString())) {
        return;
    }
    if (intent == messagesIntent()) {
        showMessages();
    } else if (intent.startsWith(themeIntentPrefix())) {
        showTheme(intent.mid(themeIntentPrefix().size()));
    } else {
        show(placeFor(intent));
    }
}

/** What was answered while the store could not be used counts for the day, so that nobody is asked twice. */
void TraySession::adoptStandIn()
{
    if (!QFile::exists(DataFolder::standIn())) {
        return;
    }
    (void)m_setup.learner.decide(Moment::Start); // makes the row that the answer is for
    const QString person = m_setup.learner.identity().person.number;
    const auto adopted = m_setup.store.adopt(DataFolder::standIn(), person);
    if (!adopted) {
        if (!std::exchange(m_standInTold, true)) { // it is tried every minute: one event is enough
            (void)m_setup.store.addEvent(person, QStringLiteral("stand-in-kept"), errorName(adopted.error().code()));
        }
        return;
    }
    if (*adopted == 0) {
        return;
    }
    (void)m_setup.store.addEvent(person, QStringLiteral("stand-in-adopted"), QString::number(*adopted));
}

void TraySession::tellOfDamage()
{
    const QString putAside = m_setup.store.value(LearningStore::putAsideKey());
    if (!putAside.isEmpty() && m_setup.store.setValue(LearningStore::putAsideKey(), QString())) {
        m_tray->showDamage(putAside);
    }
}

void TraySession::watchSession()
{
    m_watch = std::make_unique<SessionWatch>(QDBusConnection::sessionBus(), QDBusConnection::systemBus());
    connect(m_watch.get(), &SessionWatch::unlocked, this, [this] { startGateIfOwed(Moment::Unlock); });
    connect(m_watch.get(), &SessionWatch::resumed, this, [this] {
        // Behind a locked screen it would be asked of nobody: unlocking comes next.
        if (!m_watch->isLocked()) {
            startGateIfOwed(Moment::Resume);
        }
    });
}

void TraySession::askWhatWasPutOff()
{
    m_watch->checkClocks();
    if (!m_watch->isLocked()) {
        startGateIfOwed(Moment::Timer);
    }
}

void TraySession::startGateIfOwed(Moment moment)
{
    if (moment != Moment::Timer) {
        m_setup.readRules();
    }
    const auto seen = m_setup.learner.look(moment);
    if (!seen) {
        return;
    }
    if (seen->decision.demand == Demand::Nothing) {
        if (moment != Moment::Timer) { // the clock was seen; what is demanded the gate keeps itself
            const auto kept = m_setup.learner.decide(moment);
            Q_UNUSED(kept) // the next decision is the same
        }
        return;
    }
    // Started a second time the gate says that it is held and ends: whoever comes first asks.
    const QString gate = QCoreApplication::applicationDirPath() + QStringLiteral("/qingfeng-gate");
    QStringList forUi {QStringLiteral("--moment"), nameOf(moment)};
    QStringList arguments;
    if (!m_setup.folder.isDefault()) {
        forUi += {QStringLiteral("--data"), m_setup.folder.path()};
        arguments += {QStringLiteral("--event-dir"), m_setup.folder.path()};
    }
    if (!m_setup.configFolder.isEmpty()) {
        forUi += {QStringLiteral("--confdir"), m_setup.configFolder};
    }
    for (const QString &argument : std::as_const(forUi)) {
        arguments += {QStringLiteral("--ui-arg"), argument};
    }
    if (!QProcess::startDetached(gate, arguments)) {
        const auto noted = m_setup.store.addEvent(m_setup.learner.identity().person.number,
            QStringLiteral("gate-not-started"), QString());
        Q_UNUSED(noted) // nothing is left that could be told
    }
}

} // namespace qingfeng
