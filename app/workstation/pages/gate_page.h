#pragma once

#include "app/workstation/core/learner.h"
#include "app/workstation/pages/theme_card.h"

#include "app/widgets/response_timer.h"
#include "app/widgets/theme.h"

#include <QWidget>

class QStackedWidget;

namespace qingfeng {

class Button;
class FoldingRow;
class GateFooter;
class Notice;
class QuestionTools;
class QuestionView;
class ReadingColumn;
class SignInCard;

/**
 * The gate as the learner sees it: one question, its explanation, and the way to the desktop; or, where quiet was
 * earned, a line that says so. It decides nothing about the session: it hands out the pass that the store made.
 */
class GatePage : public QWidget
{
    Q_OBJECT

public:
    /** @param gateSecret secret of this gate run, from which passes are made */
    GatePage(Learner &learner, Theme &theme, QByteArray gateSecret, QWidget *parent = nullptr,
        ResponseTimer::MonotonicMs clock = ResponseTimer::steadyMs());

    /** Asks, or signs in first, or shows that nothing is asked, or passes at once when nothing is owed. */
    void begin(Moment moment = Moment::Start);

    /** See GateFooter. */
    void setChallenge(const QString &challenge);
    void refuseCode(const QString &reason, int seconds);

Q_SIGNALS:
    /** The first content is on the screen. */
    void painted();
    /** The obligation is settled and the learner wants to go on: hand the pass to the gate. */
    void passReady(const qingfeng::Pass &pass);
    /** 「继续学习」, or a theme is to be read; passReady() follows. @p theme is its id, or empty. */
    void studyRequested(const QString &theme);
    /** An answer to what was written is to be read, once the desktop is open. */
    void messagesRequested();
    void shutdownRequested();
    void codeTyped(const QString &code);
    /** The emergency exit was used and the store could not keep it: the gate's own record must hold it. */
    void exitNotKept(const QString &reason);
    /** There is nothing to ask with, now or later in this run; fault() has been said. */
    void cannotAsk(const qingfeng::Error &error);
    /** Something failed on the way to a pass; the page says so and stays usable. */
    void fault(const qingfeng::Error &error);

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void build();
    void askNext();
    void showPresentation(const Presentation &presentation);
    void takeAnswer(const Response &response);
    void takeSignIn(const QString &number, const QString &pin);
    void takeDeferral();
    void takeEmergency(const QString &reason);
    void showGlance();
    QWidget *makeAfterLine();
    void showAfterLine(const Attempt &answer);
    void showOffers(bool leaving);
    void goOn(const QString &theme);
    ThemeCard *makeThemeCard(ThemeCard::Form form, QWidget *parent);
    void fail(const QString &sentence, const Error &error);
    QString prefaceLine(const Presentation &presentation) const;
    QString occasionSentence() const;
    void focusContent();

    Learner &m_learner;
    Theme &m_theme;
    QByteArray m_secret;
    Moment m_moment = Moment::Start;
    std::optional<Decided> m_decided;
    std::optional<Presentation> m_presentation;
    std::optional<Pass> m_pass;
    bool m_signInSkipped = false;
    bool m_painted = false;

    QStackedWidget *m_stack;
    QuestionView *m_question;
    ReadingColumn *m_signInColumn;
    SignInCard *m_signIn;
    ReadingColumn *m_glanceColumn;
    ReadingColumn *m_messageColumn;
    Notice *m_message;
    FoldingRow *m_afterLine
        = nullptr; ///< below the answered question: what else can be done about it, and the theme
    QuestionTools *m_tools = nullptr;
    ThemeCard *m_themeLine = nullptr;
    GateFooter *m_footer;
    Button *m_enter;
    Button *m_enterFromGlance;
    Button *m_study;
    Button *m_another;
};

} // namespace qingfeng
