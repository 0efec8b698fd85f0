#pragma once

#include "app/workstation/core/learner.h"

#include "app/widgets/scroll_page.h"

namespace qingfeng {

class Button;
class Card;
class Chips;
class SignInCard;
class TextBlock;

/** How things stand with the server; given by whoever synchronises. */
struct SyncState
{
    QString server; ///< as the user may read it; empty = none set up
    qint64 lastSyncMs = 0; ///< UTC, 0 = never
    int utcOffsetSeconds = 0;
    QString problem; ///< a sentence in the user's language, empty when there is none
};

/** Who I am, when I am asked, how it looks, how it stands with the server, and about. What the office has set is grey. */
class SettingsPage : public ScrollPage
{
    Q_OBJECT

public:
    SettingsPage(Learner &learner, Theme &theme, QWidget *parent = nullptr);

    void setSyncState(const SyncState &state);
    /** "zh_CN" or "en": which chip is chosen. */
    void setLanguage(const QString &language);
    /** What the copy button copies, in front of what the page itself knows. */
    void setDebugInfo(const QString &text);

Q_SIGNALS:
    void languageChosen(const QString &language);

private:
    Card *addSection(const QString &title);
    TextBlock *addLine(Card *card, const QString &label);
    void makePerson();
    void makeGate();
    void refreshGate();
    void makeAppearance();
    void makeSync();
    void makeAbout();
    void refresh();
    QString debugInfo() const;

    Learner &m_learner;
    Theme &m_theme;
    QString m_debugInfo;
    SyncState m_sync;

    TextBlock *m_name = nullptr;
    TextBlock *m_number = nullptr;
    TextBlock *m_department = nullptr;
    TextBlock *m_posts = nullptr;
    TextBlock *m_method = nullptr;
    Button *m_other = nullptr;
    SignInCard *m_signIn = nullptr;
    TextBlock *m_when = nullptr;
    TextBlock *m_days = nullptr;
    TextBlock *m_questionsSet = nullptr;
    Chips *m_questions = nullptr;
    Chips *m_mode = nullptr;
    Chips *m_scale = nullptr;
    Chips *m_language = nullptr;
    TextBlock *m_server = nullptr;
    TextBlock *m_lastSync = nullptr;
    TextBlock *m_pending = nullptr;
    TextBlock *m_bank = nullptr;
};

} // namespace qingfeng
