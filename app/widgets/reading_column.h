#pragma once

#include "app/widgets/theme.h"

#include <QWidget>

class QScrollArea;
class QVBoxLayout;

namespace qingfeng {

/**
 * One column of reading, at most 760 px wide, in the middle of its place, with a row of actions below.
 * Content that is higher than the place scrolls; the actions stay in reach. Once held, the column keeps its
 * top when content is added below.
 */
class ReadingColumn : public QWidget
{
    Q_OBJECT

public:
    enum class Placement { Top, AboveMiddle };
    ReadingColumn(const Theme &theme, Placement placement, QWidget *parent = nullptr);

    /** What scrolls. */
    QVBoxLayout *content() const { return m_contentLayout; }
    /** What does not: the row below. */
    QVBoxLayout *actions() const { return m_actionsLayout; }

    /** Keeps the top where it is now, or finds its place anew. */
    void hold(bool held);
    void scrollToTop();
    /** Scrolls by pages, or to an end with ±infinity. */
    void scrollBy(int steps);
    void reveal(QWidget *child);
    bool scrolls() const;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void relayout();

    const Theme &m_theme;
    Placement m_placement;
    QScrollArea *m_scroll;
    QWidget *m_content;
    QWidget *m_actions;
    QVBoxLayout *m_contentLayout;
    QVBoxLayout *m_actionsLayout;
    int m_top = 0;
    bool m_held = false;
    bool m_layingOut = false;
};

} // namespace qingfeng
