#pragma once

#include "app/workstation/core/learner.h"
#include "app/workstation/pages/study_rows.h"

#include "app/widgets/theme.h"

#include <QWidget>

class QStackedWidget;

namespace qingfeng {

class Button;
class PaperPage;
class PaperSetup;
class ProgressLine;
class QuestionTools;
class QuestionView;
class StudySide;
class TwoPane;

/**
 * Learning by choice: found by risk point, law, theme, search, wrong-book or favourites, one question after another;
 * or a paper.
 *
 * Keys, besides those of a question: Ctrl+F searches, Ctrl+D marks as favourite, Ctrl+R opens a doubt, Ctrl+L goes to
 * the list.
 */
class StudyPage : public QWidget
{
    Q_OBJECT

public:
    StudyPage(Learner &learner, const Theme &theme, QWidget *parent = nullptr);

    /** Narrows to @p filter and asks. */
    void study(const StudyFilter &filter);
    /** Shows the papers: the open one, or the rules of a new one. */
    void showPapers();
    /** Asks when nothing is asked yet. */
    void begin();

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeDesk();
    QWidget *makeQuestionDesk();
    void connectSide();
    void addShortcut(const QKeySequence &keys, const std::function<void()> &act);
    void refresh();
    void next();
    void ask(const Result<Presentation> &presentation);
    void pick(const QString &questionId);
    void takeAnswer(const Response &response);
    void showEmpty(const Error &error);
    void showPaper(const QString &id);
    void showReport(const Paper &paper);
    void showOnDesk(QWidget *widget);
    bool asksQuestion() const;

    Learner &m_learner;
    const Theme &m_theme;
    StudyFilter m_filter;
    std::optional<Presentation> m_presentation;
    QString m_progressLine;

    StudySide *m_side = nullptr;
    TwoPane *m_panes = nullptr;
    QStackedWidget *m_desk = nullptr;
    QWidget *m_questionDesk = nullptr;
    ProgressLine *m_progress = nullptr;
    QuestionView *m_question = nullptr;
    QuestionTools *m_tools = nullptr;
    Button *m_next = nullptr;
    Button *m_back = nullptr; ///< to the list, where only one of the two has room
    QWidget *m_empty = nullptr;
    PaperSetup *m_setup = nullptr;
    PaperPage *m_paper = nullptr;
    QWidget *m_report = nullptr;
};

} // namespace qingfeng
