#pragma once

#include "app/workstation/core/learner.h"

#include "app/widgets/scroll_page.h"

namespace qingfeng {

class BarList;
class Button;
class DayCalendar;
class LineChart;
class StatCard;
class TextBlock;

/** 学习档案: one sentence and one number, then what is behind them. Reads anew when it is shown or data
 * changes. */
class ArchivePage : public ScrollPage
{
    Q_OBJECT

public:
    ArchivePage(Learner &learner, const Theme &theme, QWidget *parent = nullptr);

Q_SIGNALS:
    /** 「学习这些」, or the next step of an empty archive. */
    void studyRequested(const qingfeng::StudyFilter &filter);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeHead();
    QWidget *makeStats();
    QWidget *makeBars();
    QWidget *makeTime();
    QWidget *makeRecent();
    TextBlock *addHeading(QWidget *card, const QString &text);
    void refresh();
    void refreshStats(const ArchiveSummary &archive);
    void refreshBars(const ArchiveSummary &archive);
    void refreshRecent(const ArchiveSummary &archive);

    Learner &m_learner;
    const Theme &m_theme;
    bool m_stale = true;
    bool m_allBars = false;
    bool m_allRecent = false;

    QWidget *m_empty;
    QList<QWidget *> m_sections;
    TextBlock *m_number = nullptr;
    TextBlock *m_numberLabel = nullptr;
    TextBlock *m_headline = nullptr;
    StatCard *m_today = nullptr;
    StatCard *m_streak = nullptr;
    StatCard *m_rate = nullptr;
    StatCard *m_coverage = nullptr;
    TextBlock *m_barsReading = nullptr;
    BarList *m_bars = nullptr;
    Button *m_moreBars = nullptr;
    DayCalendar *m_calendar = nullptr;
    TextBlock *m_calendarReading = nullptr;
    LineChart *m_line = nullptr;
    TextBlock *m_lineReading = nullptr;
    QWidget *m_recent = nullptr;
    Button *m_moreRecent = nullptr;
};

} // namespace qingfeng
