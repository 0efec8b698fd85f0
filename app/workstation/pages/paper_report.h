#pragma once

#include "app/workstation/core/papers.h"

#include "app/widgets/scroll_page.h"

namespace qingfeng {

/** What came of a paper: one sentence and one number, by risk point, then every question with its explanation. */
class PaperReport : public ScrollPage
{
    Q_OBJECT

public:
    PaperReport(Learner &learner, const Theme &theme, const Paper &paper, QWidget *parent = nullptr);

Q_SIGNALS:
    /** 「学习这些」 beside a risk point. */
    void studyRequested(const qingfeng::StudyFilter &filter);
    /** Another paper is wanted. */
    void anotherRequested();

private:
    void addHead(const PaperResult &result);
    void addStats(const PaperResult &result);
    void addRiskPoints(const PaperResult &result);
    void addQuestions();

    Learner &m_learner;
    const Theme &m_theme;
    Paper m_paper;
};

} // namespace qingfeng
