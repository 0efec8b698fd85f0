#pragma once

#include "app/workstation/core/learner.h"

#include "app/widgets/theme.h"

#include <QWidget>

#include <functional>

class QHBoxLayout;
class QStackedWidget;

namespace qingfeng {

class BarList;
class Button;
class Card;
class Chips;
class DayCalendar;
class HeatMap;
class HistoryPage;
class LineChart;
class Notice;
class NumbersView;
class ScrollPage;
class StatCard;
class TextBlock;

/**
 * 学习档案: one sentence and one number, then the plots behind them, each with its reading in words and its numbers as
 * a table; and every answer. Reads anew when it is shown or data changes.
 */
class ArchivePage : public QWidget
{
    Q_OBJECT

public:
    ArchivePage(Learner &learner, const Theme &theme, QWidget *parent = nullptr);

    /** Is told the file that was written, or why there is none. */
    using Exported = std::function<void(const Result<QString> &)>;
    /** Writes the archive as a file in the background; then calls what it is given, unless @p context is gone. */
    using Exporter = std::function<void(QObject *context, const Exported &)>;
    /** Offers 「导出档案」 from now on. */
    void setExporter(Exporter exporter);

Q_SIGNALS:
    /** 「学习这些」, or the next step of an empty archive. */
    void studyRequested(const qingfeng::StudyFilter &filter);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    QWidget *makeHead();
    void exportArchive();
    void showExported(const Result<QString> &file);
    QWidget *makeStats();
    QWidget *makeScore();
    QWidget *makeHeat();
    QWidget *makeWeak();
    QWidget *makeTime();
    TextBlock *addHeading(Card *card, const QString &text);
    TextBlock *addNumber(QHBoxLayout *row, const QString &label);
    void studyRiskPoint(const QString &riskPoint);
    void refresh();
    void refreshStats(const ArchiveSummary &archive, const MasteryReport &report);
    void refreshWeak(const ArchiveSummary &archive, const MasteryReport &report);
    void refreshTime(const ArchiveSummary &archive);

    Learner &m_learner;
    const Theme &m_theme;
    bool m_stale = true;
    bool m_allWeak = false;

    Chips *m_parts = nullptr;
    QStackedWidget *m_stack = nullptr;
    QWidget *m_empty = nullptr;
    ScrollPage *m_overview = nullptr;
    HistoryPage *m_history = nullptr;
    TextBlock *m_score = nullptr;
    TextBlock *m_coverage = nullptr;
    TextBlock *m_headline = nullptr;
    TextBlock *m_flag = nullptr; ///< 作答不认真, neutrally
    StatCard *m_today = nullptr;
    StatCard *m_streak = nullptr;
    StatCard *m_rate = nullptr;
    StatCard *m_valid = nullptr;
    TextBlock *m_lineReading = nullptr;
    LineChart *m_line = nullptr;
    NumbersView *m_lineNumbers = nullptr;
    TextBlock *m_heatReading = nullptr;
    HeatMap *m_heat = nullptr;
    NumbersView *m_heatNumbers = nullptr;
    TextBlock *m_weakReading = nullptr;
    BarList *m_weak = nullptr;
    Button *m_moreWeak = nullptr;
    TextBlock *m_calendarReading = nullptr;
    DayCalendar *m_calendar = nullptr;
    NumbersView *m_calendarNumbers = nullptr;
    TextBlock *m_weeksReading = nullptr;
    LineChart *m_weeks = nullptr;
    NumbersView *m_weekNumbers = nullptr;
    Exporter m_exporter;
    Button *m_export = nullptr;
    Button *m_open = nullptr;
    Notice *m_exported = nullptr;
    QString m_exportedFile;
};

} // namespace qingfeng
