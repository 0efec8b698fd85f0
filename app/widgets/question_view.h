#pragma once

#include "app/widgets/picture_view.h"
#include "app/widgets/reading_column.h"
#include "app/widgets/response_timer.h"
#include "app/widgets/theme.h"

#include "quiz/grading/grade.h"

#include "question_bank/model/question_bank.h"

#include <QWidget>

class QHBoxLayout;

namespace qingfeng {

class AnswerView;
class Button;
class ExplanationView;
class IconView;
class Notice;
class TextBlock;

/**
 * One question: asked, answered, explained. It marks nothing itself: it says what was done and shows what came of
 * it. A case is its scene and one item after another.
 *
 * Keys: A–F or 1–6 choose, arrows move, Space chooses the row with the focus, Enter goes on to what is still to be
 * done and then submits; afterwards arrows and page keys scroll.
 */
class QuestionView : public QWidget
{
    Q_OBJECT

public:
    QuestionView(const Theme &theme, ReadingColumn::Placement placement, QWidget *parent = nullptr,
        ResponseTimer::MonotonicMs clock = ResponseTimer::steadyMs());

    /** Where pictures come from; without it their descriptions stand in their place. */
    void setPictureSource(const PictureSource &source);

    /** A small line and the sentence why this question; either may be empty. */
    void setPreface(const QString &line, const QString &reason);

    /**
     * Asks; any result shown before is gone.
     * @param choicesShown  choice ids in the order to show; of a match its target ids
     * @param partsShown    the same for each part of a case, by the part's id
     */
    void ask(const QuestionVersion &question, const QStringList &choicesShown,
        const QMap<QString, QStringList> &partsShown = {});

    /** Marks the rows, says the outcome and opens the explanation below. */
    void showResult(const Response &response, const Marks &marks, const QuestionBank &bank);

    /** The answer was not taken; @p sentence says why. It may be submitted once more. */
    void reopen(const QString &sentence);

    /** Buttons instead of 「不确定」 and 「提交」 once the result is shown, left to right; the last gets the
     * focus. */
    void setNextActions(const QList<Button *> &actions);

    bool isAnswered() const { return m_answered; }
    /** What is done at the moment. */
    Response response() const;
    /** Time since the question was asked until it was answered, without the time the window was not active.
     */
    qint64 responseMs() const { return m_timer.elapsedMs(); }

Q_SIGNALS:
    /** Submitted, or 「不确定」. The view waits for showResult() or reopen(). */
    void answered(const qingfeng::Response &response);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void buildContent();
    void buildActions();
    void showPicture();
    void takeFocus();
    void submit();
    void finish(const Response &response);
    void moveFocus(int step);
    void setHint(const QString &text);
    void askFor(QWidget *missing);

    const Theme &m_theme;
    ResponseTimer m_timer;
    QuestionVersion m_question;
    bool m_submitted = false; ///< waiting for the result
    bool m_answered = false;

    ReadingColumn *m_column;
    TextBlock *m_prefaceLine = nullptr;
    TextBlock *m_reason = nullptr;
    TextBlock *m_type = nullptr;
    TextBlock *m_stem = nullptr;
    QWidget *m_pictures = nullptr; ///< of the stem
    PictureSource m_pictureSource;
    AnswerView *m_answer = nullptr;
    QWidget *m_outcome = nullptr;
    IconView *m_outcomeIcon = nullptr;
    TextBlock *m_outcomeText = nullptr;
    ExplanationView *m_explanation = nullptr;

    Notice *m_notice = nullptr;
    QHBoxLayout *m_actionRow = nullptr;
    TextBlock *m_hint = nullptr;
    Button *m_unsure = nullptr;
    Button *m_submit = nullptr;
    QList<Button *> m_nextActions;
};

} // namespace qingfeng

Q_DECLARE_METATYPE(qingfeng::Response)
