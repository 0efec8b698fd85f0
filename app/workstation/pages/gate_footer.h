#pragma once

#include "app/widgets/theme.h"

#include "quiz/obligation/decision.h"

#include <QWidget>

class QLineEdit;
class QStackedWidget;

namespace qingfeng {

class Button;
class FoldingRow;
class TextBlock;

/**
 * The quiet line at the foot of the gate: deferral, emergency entry, text size, power off, and how to leave. What
 * asks back asks in the line itself: no dialog, no popup.
 */
class GateFooter : public QWidget
{
    Q_OBJECT

public:
    explicit GateFooter(Theme &theme, QWidget *parent = nullptr);

    /** One sentence: how this page is left. */
    void setHowToLeave(const QString &sentence);
    /** 暂缓 as it can be had now, or why not. Not shown where policy offers none, or nothing is owed. */
    void setDeferral(const DeferralOffer &offer, QuotaPeriod per);
    /** What the emergency exit does now. */
    void setEmergency(const EmergencyOffer &offer);
    /** Deferral and emergency entry: only while there is something to leave early. */
    void setLeavingOffered(bool offered);
    /** What the administrator must be told for an unlock code; empty = none could open, and none is offered.
     */
    void setChallenge(const QString &challenge);
    /** The gate has refused a code: "typo", "wrong" or "wait", with the seconds to wait. */
    void refuseCode(const QString &reason, int seconds);
    /** Back to the quiet line. */
    void reset();

Q_SIGNALS:
    void deferralChosen();
    /** One of Obligation::reason. */
    void emergencyChosen(const QString &reason);
    /** An unlock code to be tried. */
    void codeTyped(const QString &code);
    /** Power off was pressed twice. */
    void shutdownRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeQuiet();
    QWidget *makeDeferral();
    QWidget *makeEmergency();
    void refreshOffers();
    static QString twoSentences(const QString &first, const QString &second);
    QWidget *makeUnlock();
    QWidget *makeShutdown();
    void stepTextScale(int step);
    void showTextScale();

    Theme &m_theme;
    QStackedWidget *m_lines;
    QWidget *m_quiet = nullptr;
    QWidget *m_deferral = nullptr;
    QWidget *m_emergency = nullptr;
    QWidget *m_unlock = nullptr;
    QWidget *m_shutdown = nullptr;
    TextBlock *m_howToLeave = nullptr;
    Button *m_openDeferral = nullptr;
    TextBlock *m_deferralText = nullptr;
    Button *m_confirmDeferral = nullptr;
    Button *m_backFromDeferral = nullptr;
    Button *m_openEmergency = nullptr;
    TextBlock *m_emergencyText = nullptr;
    QList<std::pair<QString, Button *>> m_reasons;
    Button *m_openUnlock = nullptr;
    TextBlock *m_unlockText = nullptr;
    QLineEdit *m_code = nullptr;
    Button *m_tryCode = nullptr;
    QString m_challenge;
    Button *m_openShutdown = nullptr;
    Button *m_confirmShutdown = nullptr;
    Button *m_smaller = nullptr;
    Button *m_larger = nullptr;
    bool m_hasDeferral = false;
    bool m_leavingOffered = true;
};

} // namespace qingfeng
