#pragma once

#include "app/workstation/core/learner.h"

#include "app/widgets/theme.h"

#include <QHash>
#include <QWidget>

class QPlainTextEdit;

namespace qingfeng {

class Button;
class ListModel;
class Notice;
class RowList;
class ScrollPage;
class TextBlock;
class TwoPane;

/**
 * 意见反馈: what the learner and the administrator's desk wrote to each other, a list of threads and the one that is
 * opened, with room to write on. What is written is on the disk before the page says so; nothing is lost with the page.
 */
class MessagePage : public QWidget
{
    Q_OBJECT

public:
    MessagePage(Learner &learner, const Theme &theme, QWidget *parent = nullptr);

    /** Opens a thread; the newest that has something new for an empty one. */
    void showThread(const QString &thread);
    /** Begins a new one. */
    void begin();

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeSide();
    QWidget *makeDesk();
    void refresh();
    void open(const QString &thread);
    void addEntry(const FeedbackEntry &entry);
    void send();
    void changeClosed();

    Learner &m_learner;
    const Theme &m_theme;
    ListModel *m_model;
    QString m_opened; ///< id of a thread; empty = a new one is being written
    bool m_closed = false; ///< the opened one
    QHash<QString, QString> m_drafts; ///< by thread: texts under way in those that are not open

    Button *m_new = nullptr;
    TextBlock *m_count = nullptr;
    RowList *m_list = nullptr;
    TwoPane *m_panes = nullptr;
    Button *m_back = nullptr;
    ScrollPage *m_page = nullptr;
    QWidget *m_entries = nullptr;
    TextBlock *m_recipients = nullptr;
    QPlainTextEdit *m_text = nullptr;
    Button *m_close = nullptr;
    Button *m_send = nullptr;
    Notice *m_notice = nullptr;
};

} // namespace qingfeng
