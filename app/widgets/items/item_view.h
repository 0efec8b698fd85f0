#pragma once

#include "app/widgets/picture_view.h"
#include "app/widgets/theme.h"

#include "quiz/archive/attempt.h"

#include "question_bank/model/question.h"

#include <optional>

#include <QWidget>

class QKeyEvent;

namespace qingfeng {

/**
 * The part of a question that is answered: rows to choose, blanks to fill, rows to put in order or to match. A
 * case has one for each sub-question. It says what was done and shows what came of it; it marks nothing itself.
 */
class ItemView : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /** What was done so far, with the order in which choices are shown. */
    virtual PartResponse response() const = 0;
    /** The first thing still to be done, to be given the focus; nullptr when the item can be submitted. */
    virtual QWidget *missing() const = 0;
    /** What to do, in one line. */
    virtual QString hint() const = 0;
    /** What the arrows stop at, in order. */
    virtual QList<QWidget *> stops() const = 0;
    /** A letter or digit that nothing else took. @return what it acted on, or nullptr */
    virtual QWidget *press(const QKeyEvent &event) = 0;
    /** Shows what was right and takes no more input. */
    virtual void showMarks(const PartResponse &response) = 0;
    /** Whether what the keys say must first reach a field of its own. */
    virtual bool wantsFocus() const { return false; }

Q_SIGNALS:
    /** Something was done: the reader is here. */
    void touched();
};

/**
 * The view for an item's type, nothing for a case: its parts have views of their own.
 *
 * @param shown     choice ids in the order to show; of a match the target ids. Unknown ids are left out.
 * @param pictures  where the pictures of choices come from
 */
ItemView *makeItemView(const Theme &theme, const QuestionItem &item, const QStringList &shown,
    const PictureSource &pictures, QWidget *parent);

/** Position meant by a plain letter key: A = 0. */
std::optional<qsizetype> letterPosition(const QKeyEvent &event);
/** Position meant by a plain digit key: 1 = 0. */
std::optional<qsizetype> digitPosition(const QKeyEvent &event);

} // namespace qingfeng
