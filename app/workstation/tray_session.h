#pragma once

#include "app/workstation/core/data_folder.h"
#include "app/workstation/core/learner.h"
#include "app/workstation/options.h"
#include "app/workstation/windows/main_window.h"

#include <QObject>

#include <functional>
#include <memory>

namespace qingfeng {

class Clock;
class Language;
class MessagePage;
class Preferences;
class Random;
class SessionWatch;
class SyncService;
class Theme;
class ThemePage;
class TrayIcon;

/** What the resident program stands on; all of it outlives the session. */
struct TraySetup
{
    DataFolder folder;
    QString configFolder; ///< empty for the default
    std::function<void()> readRules; ///< has the learner asked by the administrator's files as they are now
    Learner &learner;
    LearningStore &store;
    const Clock &clock;
    Random &random;
    Theme &theme;
    Preferences &preferences;
    Language &language;
};

/**
 * The resident program: tray icon, the window when it is wanted, synchronisation in the background, and the
 * look at what is owed when it starts, when the screen is unlocked, when the PC wakes up, and when the time of a
 * deferral has come.
 */
class TraySession : public QObject
{
    Q_OBJECT

public:
    explicit TraySession(TraySetup setup, QObject *parent = nullptr);
    ~TraySession() override;

    /** Starts as asked on the command line. */
    void start(const Options &options);
    /** Opens a page, or raises the window where it is. */
    void show(Options::Place place);

private:
    MainWindow &window();
    void connectTray();
    void startSync();
    void showSyncState();
    void takeOverFromGate();
    void exportArchive(QObject *context, const ArchivePage::Exported &done);
    void adoptStandIn();
    void tellOfDamage();
    void addThemes();
    void addMessages();
    void showMessages();
    void showTheme(const QString &id);
    void watchSession();
    void askWhatWasPutOff();
    void startGateIfOwed(Moment moment);

    TraySetup m_setup;
    std::unique_ptr<MainWindow> m_window; ///< made when it is first wanted
    ThemePage *m_themes = nullptr; ///< of the window, once it was shown
    MessagePage *m_messages = nullptr;
    std::unique_ptr<TrayIcon> m_tray;
    std::unique_ptr<SyncService> m_sync;
    std::unique_ptr<SessionWatch> m_watch;
    bool m_standInTold = false;
    int m_annotations = 0; ///< on the learner's answers, as last told
    bool m_trayAvailable = false;
};

} // namespace qingfeng
