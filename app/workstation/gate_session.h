#pragma once

#include "app/workstation/core/learner.h"
#include "app/workstation/gate/gate_link.h"
#include "app/workstation/gate/gate_surface.h"

#include <QObject>

#include <memory>

namespace qingfeng {

class GateWindow;
class Theme;

/** Exit statuses of the question program at the gate; only the token opens, never one of these. */
enum GateExit { GateDone = 0, GateLost = 1, GateFault = 3 };

/**
 * One run of the question program inside the session gate: greets, passes at once when nothing is owed, else asks or
 * says why nothing is asked, hands the pass over and leaves when the gate has opened. Any fault is told to the gate and ends the
 * program; what becomes of the desktop then is the gate's to decide.
 */
class GateSession : public QObject
{
    Q_OBJECT

public:
    GateSession(GateLink &link, Learner &learner, LearningStore &store, const Clock &clock, Theme &theme,
        Moment moment, QObject *parent = nullptr);
    ~GateSession() override;

Q_SIGNALS:
    /** The program should end with this status. */
    void finished(int status);

private:
    void greet();
    void ask();
    void place(const QRect &root, const QList<QRect> &screens);
    void pass(const Pass &pass);
    void giveUp(const Error &error);
    void fault(const QString &kind, const Error &error);
    void powerOff();
    void leave();

    GateLink &m_link;
    Learner &m_learner;
    LearningStore &m_store;
    const Clock &m_clock;
    Theme &m_theme;
    const Moment m_moment;
    std::unique_ptr<GateWindow> m_window;
    std::unique_ptr<GateSurface> m_surface; ///< before the window in destruction: it lets go of it
    QRect m_root;
    QList<QRect> m_screens;
    QString m_challenge;
    QString m_intent; ///< see intentKey()
};

} // namespace qingfeng
