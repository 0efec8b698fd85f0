#pragma once

#include "app/widgets/items/item_view.h"

#include "quiz/grading/grade.h"

namespace qingfeng {

/** All that is answered of one question: one item, or of a case its parts one below the other with their stems. */
class AnswerView : public QWidget
{
    Q_OBJECT

public:
    explicit AnswerView(const Theme &theme, QWidget *parent = nullptr);

    /** Where the pictures of choices and parts come from; before setQuestion(). */
    void setPictureSource(PictureSource source) { m_pictures = std::move(source); }

    /**
     * @param choicesShown  choice ids in the order to show; of a match its target ids
     * @param partsShown    the same for each part of a case, by the part's id
     */
    void setQuestion(const QuestionVersion &question, const QStringList &choicesShown,
        const QMap<QString, QStringList> &partsShown = {});

    /** What is done at the moment. */
    Response response() const;
    void showMarks(const Response &response);

    /** What to do, in one line. */
    QString hint() const;
    /** The first thing still to be done; nullptr when it can be submitted. */
    QWidget *missing() const;
    /** Items in which something is still to be done. */
    int open() const;
    bool isCase() const { return m_question.type == QuestionType::Case; }
    /** What the arrows stop at, in order. */
    QList<QWidget *> stops() const;
    /** Gives a letter or digit to the item with the focus, else to the first that is not done. */
    QWidget *press(const QKeyEvent &event);
    /** The field that what is typed must reach, if there is one. */
    QWidget *field() const;

Q_SIGNALS:
    /** Something was done: the reader is here. */
    void touched();

private:
    void addItem(const QuestionItem &item, const QStringList &shown);
    ItemView *current() const;

    const Theme &m_theme;
    PictureSource m_pictures;
    QuestionVersion m_question;
    QList<ItemView *> m_items; ///< as many as the question has parts, or one
};

} // namespace qingfeng
