#pragma once

#include "app/workstation/core/learner.h"

#include "app/widgets/theme.h"

#include <QWidget>

class QListView;
class QStackedWidget;

namespace qingfeng {

class Button;
class Chips;
class ProgressLine;
class QuestionView;
class RiskPointModel;

/** Learning by choice: narrowed by post, wrong answers or risk point, one question after another. */
class StudyPage : public QWidget
{
    Q_OBJECT

public:
    StudyPage(Learner &learner, const Theme &theme, QWidget *parent = nullptr);

    /** Narrows to @p filter and asks. */
    void study(const StudyFilter &filter);
    /** Asks when nothing is asked yet. */
    void begin();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    QWidget *makeList();
    QWidget *makeDesk();
    void refreshChips();
    void refreshProgress();
    void filterChanged();
    void next();
    void takeAnswer(const Response &response);
    void showEmpty(const Error &error);

    Learner &m_learner;
    const Theme &m_theme;
    StudyFilter m_filter;
    std::optional<Presentation> m_presentation;
    QString m_progressLine;

    Chips *m_chips = nullptr;
    QListView *m_list = nullptr;
    RiskPointModel *m_model = nullptr;
    ProgressLine *m_progress = nullptr;
    QStackedWidget *m_desk = nullptr;
    QuestionView *m_question = nullptr;
    QWidget *m_empty = nullptr;
    Button *m_next = nullptr;
};

} // namespace qingfeng
