#pragma once

#include "app/workstation/core/bank_loader.h"
#include "app/workstation/core/data_folder.h"
#include "app/workstation/core/learner.h"
#include "app/workstation/options.h"

#include <QObject>

#include <memory>

namespace qingfeng {

class MainWindow;
class SyncService;
class Theme;
class TrayIcon;

/**
 * The resident program: tray icon, the window when it is wanted, synchronisation in the background, and the
 * look at what is owed when it starts.
 */
class TraySession : public QObject
{
    Q_OBJECT

public:
    TraySession(const DataFolder &folder, Learner &learner, LearningStore &store, BankFolder &bankFolder,
        const QString &builtInBank, const Clock &clock, Random &random, Theme &theme, QObject *parent = nullptr);
    ~TraySession() override;

    /** Starts as asked on the command line. */
    void start(const Options &options);
    /** Opens a page, or raises the window where it is. */
    void show(Options::Place place);

private:
    void startSync();
    void takeOverGateEvents();
    void takeOverIntent();
    void startGateIfOwed();
    void bankChanged();
    void showSyncState();

    DataFolder m_folder;
    Learner &m_learner;
    LearningStore &m_store;
    BankFolder &m_bankFolder;
    QString m_builtInBank;
    const Clock &m_clock;
    Random &m_random;
    Theme &m_theme;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<TrayIcon> m_tray;
    std::unique_ptr<SyncService> m_sync;
};

} // namespace qingfeng
