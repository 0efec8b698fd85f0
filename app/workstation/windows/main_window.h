#pragma once

#include "app/workstation/core/learner.h"
#include "app/workstation/pages/archive_page.h"
#include "app/workstation/pages/settings_page.h"

#include "app/widgets/rail.h"
#include "app/widgets/theme.h"

#include <QWidget>

#include <functional>

class QStackedWidget;

namespace qingfeng {

class Preferences;
class StudyPage;

/**
 * The window of the workstation program: a rail of places at the left, one page beside it, nothing modal.
 * Places are data: whoever has a page more adds it.
 */
class MainWindow : public QWidget
{
    Q_OBJECT

public:
    MainWindow(Learner &learner, Theme &theme, Preferences &preferences, QWidget *parent = nullptr);

    using MakePage = std::function<QWidget *(QWidget *parent)>;
    /** Adds a place before the settings; the page is made when it is first shown, and anew in another
     * language. */
    void addPlace(const std::function<Place()> &place, const MakePage &make);

    /** "study", "archive", "settings", or the key of an added place. */
    void showPlace(const QString &key);
    void study(const StudyFilter &filter);
    /** Brings the window before the others. */
    void raiseWindow();

    void setCount(const QString &placeKey, int count) { m_rail->setCount(placeKey, count); }
    void setSyncState(const SyncState &state);
    void setDebugInfo(const QString &text);
    /** How the archive is written as a file; without it that is not offered. */
    void setArchiveExporter(ArchivePage::Exporter exporter) { m_exporter = std::move(exporter); }
    /** Whether closing leaves something in a tray to come back by. */
    void setTrayAvailable(bool available) { m_trayAvailable = available; }

Q_SIGNALS:
    void languageChosen(const QString &language);
    /** Closed while there is a tray; @p firstTime asks for the hint where it went. */
    void hiddenToTray(bool firstTime);
    /** Closed and no tray is there: nothing is left to come back by. */
    void closedForGood();

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    struct PlaceEntry
    {
        std::function<Place()> place;
        MakePage make;
        QWidget *page = nullptr;
    };
    void addOwnPlaces();
    void refreshRail();
    void rebuildPages();
    PlaceEntry *entry(const QString &key);
    QWidget *pageOf(PlaceEntry &entry);

    Learner &m_learner;
    Theme &m_theme;
    Preferences &m_preferences;
    Rail *m_rail;
    QStackedWidget *m_pages;
    QList<PlaceEntry> m_places;
    StudyPage *m_study = nullptr;
    SettingsPage *m_settings = nullptr;
    ArchivePage::Exporter m_exporter;
    SyncState m_sync;
    QString m_debugInfo;
    bool m_trayAvailable = false;
};

} // namespace qingfeng
