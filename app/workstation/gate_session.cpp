#include "app/workstation/gate_session.h"

#include "app/widgets/theme.h"
#include "app/workstation/intent.h"
#include "app/workstation/pages/gate_page.h"
#include "app/workstation/windows/gate_window.h"

#include "quiz/store/learning_store.h"

#include <QProcess>

#include <cmath>

namespace qingfeng {
namespace {

/** The gate speaks in pixels of the X root, windows in units of the scale factor. */
QRect scaledDown(const QRect &rect, double ratio)
{
    return QRect(int(std::lround(rect.x() / ratio)), int(std::lround(rect.y() / ratio)),
        int(std::ceil(rect.width() / ratio)), int(std::ceil(rect.height() / ratio)));
}

} // namespace

GateSession::GateSession(
    GateLink &link, Learner &learner, LearningStore &store, const Clock &clock, Theme &theme, Moment moment,
    QObject *parent)
    : QObject(parent)
    , m_link(link)
    , m_learner(learner)
    , m_store(store)
    , m_clock(clock)
    , m_theme(theme)
    , m_moment(moment)
{
    connect(&m_link, &GateLink::greeted, this, &GateSession::greet);
    connect(&m_link, &GateLink::geometryChanged, this, &GateSession::place);
    connect(&m_link, &GateLink::released, this, &GateSession::leave);
    connect(&m_link, &GateLink::challengeOffered, this, [this](const QString &challenge) {
        m_challenge = challenge;
        if (m_window) {
            m_window->page()->setChallenge(challenge);
        }
    });
    connect(&m_link, &GateLink::codeRefused, this, [this](const QString &reason, int seconds) {
        if (m_window) {
            m_window->page()->refuseCode(reason, seconds);
        }
    });
    connect(&m_link, &GateLink::lost, this, [this] { Q_EMIT finished(GateLost); });
}

GateSession::~GateSession() = default;

void GateSession::greet()
{
    const auto seen = m_learner.look(m_moment);
    if (!seen) {
        fault(QStringLiteral("store-fault"), seen.error());
        return;
    }
    if (seen->decision.demand != Demand::Nothing) {
        ask();
        return;
    }
    const auto kept = m_learner.decide(m_moment);
    const auto free = kept ? m_learner.passFor(*kept, m_link.secret()) : Result<Pass>(kept.error());
    if (!free) {
        fault(QStringLiteral("store-fault"), free.error());
        return;
    }
    pass(*free);
}

void GateSession::ask()
{
    m_surface = makeGateSurface();
    m_window = std::make_unique<GateWindow>(m_learner, m_theme, m_clock, m_link.secret());
    GatePage *page = m_window->page();
    connect(page, &GatePage::painted, this, [this] { m_link.sendReady(); });
    connect(page, &GatePage::passReady, this, &GateSession::pass);
    connect(page, &GatePage::studyRequested, this, [this](const QString &theme) {
        m_intent = theme.isEmpty() ? QStringLiteral("study") : themeIntentPrefix() + theme;
    });
    connect(page, &GatePage::messagesRequested, this, [this] { m_intent = messagesIntent(); });
    connect(page, &GatePage::shutdownRequested, this, &GateSession::powerOff);
    connect(page, &GatePage::codeTyped, &m_link, &GateLink::sendCode);
    connect(page, &GatePage::exitNotKept, this,
        [this](const QString &reason) { m_link.sendEvent(QStringLiteral("emergency-exit"), reason); });
    connect(page, &GatePage::cannotAsk, this, &GateSession::giveUp, Qt::QueuedConnection);
    page->setChallenge(m_challenge);
    // The page has said it to the learner and stays usable; the gate keeps the record.
    connect(page, &GatePage::fault, this,
        [this](const Error &error) { m_link.sendEvent(QStringLiteral("ui-fault"), errorName(error.code())); });
    m_surface->prepare(m_window.get());
    page->begin(m_moment);
    place(m_root, m_screens);
}

void GateSession::place(const QRect &root, const QList<QRect> &screens)
{
    m_root = root;
    m_screens = screens;
    if (!m_window || root.isEmpty()) {
        return;
    }
    const double ratio = m_window->devicePixelRatioF();
    QList<QRect> scaled;
    for (const QRect &screen : screens) {
        scaled.append(scaledDown(screen, ratio));
    }
    m_window->setScreens(scaledDown(root, ratio), scaled);
    m_surface->cover(root, screens);
    m_link.sendWindow(m_surface->windowId());
}

void GateSession::pass(const Pass &pass)
{
    m_link.sendPass(pass.obligation, pass.word, pass.token);
}

/**
 * No question can be asked. A damaged store is begun anew by the next start of this program; whatever else is
 * wrong would be wrong then too, and the gate asks a built-in question itself.
 */
void GateSession::giveUp(const Error &error)
{
    if (error.code() == ErrorCode::Corrupt) {
        fault(QStringLiteral("store-fault"), error);
    } else {
        m_link.sendUnable(QStringLiteral("no-question"));
    }
}

void GateSession::fault(const QString &kind, const Error &error)
{
    m_link.sendEvent(kind, errorName(error.code()));
    if (error.code() != ErrorCode::Corrupt) {
        m_link.sendUnable(kind);
        return;
    }
    m_store.suspectDamage(); // the gate starts this program again, which then begins a new store
    Q_EMIT finished(GateFault);
}

void GateSession::powerOff()
{
    m_link.sendEvent(QStringLiteral("power-off"));
    if (!QProcess::startDetached(QStringLiteral("systemctl"), {QStringLiteral("poweroff")})) {
        m_link.sendEvent(QStringLiteral("power-off-failed"));
    }
}

void GateSession::leave()
{
    if (!m_intent.isEmpty()) {
        const auto kept = m_store.setValue(intentKey(), m_intent);
        if (!kept) {
            m_link.sendEvent(QStringLiteral("store-fault"), errorName(kept.error().code()));
        }
    }
    if (m_surface) {
        m_surface->release();
    }
    Q_EMIT finished(GateDone);
}

} // namespace qingfeng
