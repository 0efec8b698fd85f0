#pragma once

#include "app/workstation/core/papers.h"

#include "app/widgets/response_timer.h"
#include "app/widgets/theme.h"

#include <QTimer>
#include <QWidget>

namespace qingfeng {

class Button;
class Notice;
class ProgressLine;
class QuestionView;
class TextBlock;

/**
 * A paper being answered: one question after another, what was answered is kept at once and not shown until the end.
 * The clock runs while the page is looked at.
 */
class PaperPage : public QWidget
{
    Q_OBJECT

public:
    PaperPage(Learner &learner, const Theme &theme, QWidget *parent = nullptr,
        ResponseTimer::MonotonicMs clock = ResponseTimer::steadyMs());

    /** Begins or takes up an open paper. */
    void take(const Paper &paper);
    const Paper &paper() const { return m_paper; }
    qint64 remainingMs() const { return m_paper.limitMs() - m_paper.usedMs; }
    /** One tick of the clock; tests call it instead of waiting. */
    void tick();

Q_SIGNALS:
    void finished(const qingfeng::Paper &paper);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    void askNext();
    void takeAnswer(const Response &response);
    void putOff();
    void handIn();
    void finish(bool timedOut);
    void showClock();
    void askOnceMore(bool asking);

    Papers m_papers;
    const Theme &m_theme;
    ResponseTimer::MonotonicMs m_clock;
    Paper m_paper;
    QList<PaperItem> m_open; ///< not answered yet, the next one first
    std::optional<Presentation> m_presentation;
    QTimer m_ticks;
    qint64 m_lastTick = 0;
    qint64 m_kept = 0; ///< time that is on the disk

    TextBlock *m_place = nullptr; ///< 第 3 / 20 题
    TextBlock *m_time = nullptr;
    ProgressLine *m_progress = nullptr;
    QuestionView *m_question = nullptr;
    Notice *m_notice = nullptr;
    Button *m_putOff = nullptr;
    Button *m_handIn = nullptr;
};

} // namespace qingfeng
