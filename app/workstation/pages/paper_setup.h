#pragma once

#include "app/workstation/core/papers.h"

#include "app/widgets/scroll_page.h"

namespace qingfeng {

class Button;
class Chips;
class Notice;
class TextBlock;

/** The rules of a new paper as chips, how much there is to draw from, and the beginning. */
class PaperSetup : public ScrollPage
{
    Q_OBJECT

public:
    PaperSetup(Learner &learner, const Theme &theme, QWidget *parent = nullptr);

    /** Shows the rules used last and counts anew. */
    void refresh();
    PaperRules rules() const;

Q_SIGNALS:
    void started(const qingfeng::Paper &paper);

private:
    Chips *addRule(const QString &label, bool several);
    void showAvailable();
    void start();

    Papers m_papers;
    Learner &m_learner;
    const Theme &m_theme;
    Chips *m_questions;
    Chips *m_minutes;
    Chips *m_pass;
    Chips *m_types;
    Chips *m_posts;
    Chips *m_grades;
    TextBlock *m_available;
    Notice *m_notice;
    Button *m_start;
};

} // namespace qingfeng
