#pragma once

#include "app/workstation/pages/study_rows.h"

#include "app/widgets/theme.h"

#include <QWidget>

class QLineEdit;

namespace qingfeng {

class Button;
class Chips;
class RowList;
class TextBlock;

/**
 * Where one chooses what to study: a search field, chips for the way and the post, and the list that they lead to.
 * It asks nothing itself.
 */
class StudySide : public QWidget
{
    Q_OBJECT

public:
    StudySide(Learner &learner, const Theme &theme, QWidget *parent = nullptr);

    StudyWay way() const;
    /** What is chosen, without the search. */
    const StudyFilter &filter() const { return m_filter; }
    /** Shows a way and a filter as chosen, without a signal. */
    void choose(StudyWay way, const StudyFilter &filter);
    /** Reads the rows anew. */
    void refresh();
    void focusSearch();
    /** Takes the search away. */
    void clearSearch();
    /** Marks the row of a question or paper as the one that is shown. */
    void setCurrentKey(const QString &key);

Q_SIGNALS:
    void filterChosen(const qingfeng::StudyFilter &filter);
    void questionChosen(const QString &questionId);
    /** An empty id asks for a new paper. */
    void paperChosen(const QString &paperId);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void refreshChips();
    QList<ListRow> rows();
    void showNote();
    void takeChosen(const QModelIndex &index);
    void takeWay();

    Learner &m_learner;
    const Theme &m_theme;
    StudyFilter m_filter;
    qsizetype m_found = 0; ///< by the search

    QLineEdit *m_search = nullptr;
    Chips *m_ways = nullptr;
    Chips *m_posts = nullptr;
    TextBlock *m_note = nullptr;
    Button *m_noteAction = nullptr;
    RowList *m_list = nullptr;
    ListModel *m_model = nullptr;
};

} // namespace qingfeng
