#pragma once

#include "app/widgets/theme.h"

#include <QWidget>

class QStackedWidget;

namespace qingfeng {

class Button;
class TextBlock;

/**
 * The quiet line at the foot of the gate: emergency entry, text size, power off, and how to leave. What asks
 * back asks in the line itself: no dialog, no popup.
 */
class GateFooter : public QWidget
{
    Q_OBJECT

public:
    explicit GateFooter(Theme &theme, QWidget *parent = nullptr);

    /** One sentence: how this page is left. */
    void setHowToLeave(const QString &sentence);
    /** Only while there is something to leave early. */
    void setEmergencyOffered(bool offered);
    /** Back to the quiet line. */
    void reset();

Q_SIGNALS:
    /** One of Obligation::reason. */
    void emergencyChosen(const QString &reason);
    /** Power off was pressed twice. */
    void shutdownRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeQuiet();
    QWidget *makeEmergency();
    QWidget *makeShutdown();
    void stepTextScale(int step);
    void showTextScale();

    Theme &m_theme;
    QStackedWidget *m_lines;
    QWidget *m_quiet = nullptr;
    QWidget *m_emergency = nullptr;
    QWidget *m_shutdown = nullptr;
    TextBlock *m_howToLeave = nullptr;
    Button *m_openEmergency = nullptr;
    Button *m_firstReason = nullptr;
    Button *m_openShutdown = nullptr;
    Button *m_confirmShutdown = nullptr;
    Button *m_smaller = nullptr;
    Button *m_larger = nullptr;
};

} // namespace qingfeng
