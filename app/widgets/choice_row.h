#pragma once

#include "app/widgets/theme.h"

#include <QPushButton>

namespace qingfeng {

/**
 * One choice of a question: a full-width row with a letter key. It knows how it looks when it is hovered,
 * focused, chosen and marked; what a press means is the question view's.
 */
class ChoiceRow : public QPushButton
{
    Q_OBJECT

public:
    /** The mark it bears once the answer is known. Chosen: it was chosen, and there is nothing to say against
     * it. */
    enum class Mark { None, RightChosen, RightMissed, WrongChosen, Other };
    enum class Form { One, Several }; ///< of one may be chosen, or several: round or square key

    ChoiceRow(const Theme &theme, Form form, const QString &choiceId, const QString &letter,
        const QString &text, QWidget *parent = nullptr);

    /** A few words at the right end, instead of those that the mark has of its own. */
    void setNote(const QString &note);
    QString choiceId() const { return m_choiceId; }
    Mark mark() const { return m_mark; }
    /** Where its text begins, for what belongs below it. */
    int textLeft() const;
    /** Shows the mark and takes no more presses. */
    void setMark(Mark mark);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    struct Look;
    Look look() const;
    QString markText() const;
    QColor markInk() const;
    int tagWidth() const;
    void applyTheme();
    void describe();

    const Theme &m_theme;
    Form m_form;
    QString m_choiceId;
    QString m_letter;
    QString m_text;
    QString m_note;
    Mark m_mark = Mark::None;
    bool m_ring = false;
};

} // namespace qingfeng
