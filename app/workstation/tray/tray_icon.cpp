#include "app/workstation/tray/tray_icon.h"

#include "app/widgets/icons.h"

#include <chrono>

#include <QEvent>

namespace qingfeng {
namespace {

constexpr std::chrono::seconds searchEvery{5};
constexpr int searchesAtMost = 24; // two minutes

} // namespace

TrayIcon::TrayIcon(Learner &learner, const Theme &theme, QObject *parent)
    : QObject(parent)
    , m_learner(learner)
    , m_theme(theme)
    , m_study(m_menu.addAction(QString()))
    , m_archive(m_menu.addAction(QString()))
    , m_messages(m_menu.addAction(QString()))
    , m_status(m_menu.addAction(QString()))
    , m_settings(nullptr)
    , m_quit(nullptr)
{
    m_status->setEnabled(false);
    m_menu.addSeparator();
    m_settings = m_menu.addAction(QString());
    m_quit = m_menu.addAction(QString());
    m_quit->setVisible(false);
    m_menu.installEventFilter(this);
    m_icon.setContextMenu(&m_menu);
    retranslate();
    refreshIcon();

    connect(m_study, &QAction::triggered, this, &TrayIcon::studyRequested);
    connect(m_archive, &QAction::triggered, this, &TrayIcon::archiveRequested);
    connect(m_messages, &QAction::triggered, this, &TrayIcon::messagesRequested);
    connect(m_settings, &QAction::triggered, this, &TrayIcon::settingsRequested);
    connect(m_quit, &QAction::triggered, this, &TrayIcon::quitRequested);
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger) {
            Q_EMIT studyRequested();
        }
    });
    connect(&m_learner, &Learner::changed, this, &TrayIcon::refreshStatus);
    connect(&m_theme, &Theme::changed, this, &TrayIcon::refreshIcon);
    m_search.setInterval(searchEvery);
    connect(&m_search, &QTimer::timeout, this, &TrayIcon::look);
}

void TrayIcon::start()
{
    m_searches = 0;
    m_search.start();
    look();
}

void TrayIcon::look()
{
    ++m_searches;
    if (QSystemTrayIcon::isSystemTrayAvailable()) {
        m_search.stop();
        m_icon.show();
        Q_EMIT availabilityChanged(true);
    } else if (m_searches >= searchesAtMost) {
        m_search.stop();
        Q_EMIT availabilityChanged(false);
    }
}

void TrayIcon::setLook(Look look)
{
    m_look = look;
    refreshIcon();
}

void TrayIcon::setQuitOffered(bool offered)
{
    m_quit->setVisible(offered);
}

void TrayIcon::showHint()
{
    m_icon.showMessage(tr("Qingfeng stays in the tray"),
        tr("Press the sign to go on learning or to see your archive."), programIcon());
}

void TrayIcon::showDamage(const QString &fileName)
{
    //: %1 is a file name.
    m_icon.showMessage(tr("A new learning record has been begun"),
        tr("The old one on this PC was damaged and is kept as %1. What had been sent is safe on the server.")
            .arg(fileName),
        programIcon());
}

void TrayIcon::showMessages(int count)
{
    disconnect(&m_icon, &QSystemTrayIcon::messageClicked, this, nullptr);
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &TrayIcon::messagesRequested, Qt::SingleShotConnection);
    m_icon.showMessage(tr("Your question has been answered"),
        tr("%n new message(s) from the administrator. Press here to read.", nullptr, count), programIcon());
}

void TrayIcon::showAnnotations(int count)
{
    disconnect(&m_icon, &QSystemTrayIcon::messageClicked, this, nullptr);
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &TrayIcon::archiveRequested, Qt::SingleShotConnection);
    m_icon.showMessage(tr("An annotation to your answers"),
        tr("An administrator has put a word on record about %n of your answers. You find it in my archive.", nullptr,
            count),
        programIcon());
}

bool TrayIcon::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    return QObject::eventFilter(watched, event);
}

void TrayIcon::retranslate()
{
    m_study->setText(tr("&Go on learning"));
    m_archive->setText(tr("&My archive"));
    m_messages->setText(tr("&Feedback"));
    m_settings->setText(tr("&Settings and about"));
    m_quit->setText(tr("&Quit"));
    m_icon.setToolTip(tr("Qingfeng"));
    refreshStatus();
}

void TrayIcon::refreshStatus()
{
    const ArchiveSummary archive = m_learner.archive();
    m_status->setText(archive.answeredToday > 0
            //: %n answers today, %1 of them right.
            ? tr("Today: %n answer(s), %1 right", nullptr, archive.answeredToday).arg(archive.rightToday)
            : tr("Today: nothing answered yet"));
}

void TrayIcon::refreshIcon()
{
    m_icon.setIcon(m_look == Look::Mono ? monoTrayIcon(m_theme.colours().ink) : programIcon());
}

} // namespace qingfeng
