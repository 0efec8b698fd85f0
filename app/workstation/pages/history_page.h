#pragma once

#include "app/workstation/pages/history_model.h"

#include "app/widgets/theme.h"

#include <QWidget>

class QBoxLayout;
class QVBoxLayout;

namespace qingfeng {

class Button;
class Chips;
class QuestionTools;
class RowList;
class ScrollPage;
class TextBlock;
class TwoPane;

/** 作答记录: every answer as a list, and beside it the one that is opened with its explanation. */
class HistoryPage : public QWidget
{
    Q_OBJECT

public:
    HistoryPage(Learner &learner, const Theme &theme, QWidget *parent = nullptr);

    /** Reads the answers anew; the one that is open stays open. */
    void refresh();

Q_SIGNALS:
    /** The risk point of the opened answer is to be studied. */
    void studyRequested(const qingfeng::StudyFilter &filter);

private:
    QWidget *makeSide();
    QWidget *makeDesk();
    void offerKinds();
    void open(int row);
    void addAnnotations(QBoxLayout *column, const QList<Annotation> &annotations);

    Learner &m_learner;
    const Theme &m_theme;
    HistoryModel *m_model;
    QString m_opened; ///< id of the attempt
    QList<Annotation> m_shown; ///< on it

    Chips *m_kinds = nullptr;
    TextBlock *m_count = nullptr;
    RowList *m_list = nullptr;
    TwoPane *m_panes = nullptr;
    Button *m_back = nullptr;
    ScrollPage *m_page = nullptr;
    QWidget *m_detail = nullptr;
    QuestionTools *m_tools = nullptr;
};

} // namespace qingfeng
