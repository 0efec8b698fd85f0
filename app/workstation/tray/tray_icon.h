#pragma once

#include "app/workstation/core/learner.h"

#include "app/widgets/theme.h"

#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>
#include <QTimer>

namespace qingfeng {

/**
 * The sign in the tray and its menu. The tray of a desktop may come late: it is looked for every 5 s for 2
 * min. Nothing is reachable by it alone.
 */
class TrayIcon : public QObject
{
    Q_OBJECT

public:
    enum class Look { Coloured, Mono };

    TrayIcon(Learner &learner, const Theme &theme, QObject *parent = nullptr);

    /** Begins to look for a tray. */
    void start();
    void setLook(Look look);
    /** Whether there is an entry that ends the program; not by default. */
    void setQuitOffered(bool offered);
    bool isShown() const { return m_icon.isVisible(); }
    /** Tells once where the window went. */
    void showHint();
    /** Tells that a damaged store was put aside under this name. */
    void showDamage(const QString &fileName);
    /** Tells that the desk has answered; pressing it leads to the thread. */
    void showMessages(int count);
    /** Tells that an administrator has annotated answers; pressing it leads to the archive. */
    void showAnnotations(int count);
    QMenu *menu() { return &m_menu; }

Q_SIGNALS:
    void studyRequested();
    void archiveRequested();
    void messagesRequested();
    void settingsRequested();
    void quitRequested();
    /** A tray was found, or the search was given up. */
    void availabilityChanged(bool available);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void look();
    void retranslate();
    void refreshStatus();
    void refreshIcon();

    Learner &m_learner;
    const Theme &m_theme;
    QSystemTrayIcon m_icon;
    QMenu m_menu;
    QAction *m_study;
    QAction *m_archive;
    QAction *m_messages;
    QAction *m_status;
    QAction *m_settings;
    QAction *m_quit;
    QTimer m_search;
    int m_searches = 0;
    Look m_look = Look::Coloured;
};

} // namespace qingfeng
