#pragma once

#include "app/workstation/core/learner.h"

#include "app/widgets/theme.h"

#include <QWidget>

class QPlainTextEdit;

namespace qingfeng {

class Button;
class Card;
class Notice;
class TextBlock;

/**
 * The quiet line under a question: the star (收藏) and 「我有疑问」, whose panel opens above the line, in the page. What
 * is written there is on the disk before the panel says so.
 */
class QuestionTools : public QWidget
{
    Q_OBJECT

public:
    QuestionTools(Learner &learner, const Theme &theme, QWidget *parent = nullptr);

    /** Which question it is about, and the learner's own answer once there is one. */
    void setQuestion(const QuestionVersion &question, const std::optional<Attempt> &answer = {});
    void toggleFavourite();
    void openDoubt();

Q_SIGNALS:
    /** The panel is there: where there is not room for both, the question may stand back. */
    void opened();
    /** The panel was closed: the question wants the keyboard again. */
    void done();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makePanel();
    void closeDoubt();
    void keepDoubt();
    void showFavourite();
    void showDoubts();

    Learner &m_learner;
    const Theme &m_theme;
    QuestionVersion m_question;
    std::optional<Attempt> m_answer;

    Button *m_star = nullptr;
    Button *m_doubt = nullptr;
    Notice *m_notice = nullptr;
    Card *m_panel = nullptr;
    TextBlock *m_earlier = nullptr; ///< doubts already written about this question
    TextBlock *m_carries = nullptr; ///< what goes with the text
    QPlainTextEdit *m_text = nullptr;
    Button *m_keep = nullptr;
};

} // namespace qingfeng
