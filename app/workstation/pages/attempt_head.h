#pragma once

#include "quiz/archive/attempt.h"

#include "app/widgets/theme.h"

#include <QPushButton>

namespace qingfeng {

/** The line of an attempt that opens it: outcome by icon, the stem cut to one line, outcome in words, time.
 */
class AttemptHead : public QPushButton
{
    Q_OBJECT

public:
    AttemptHead(const Theme &theme, const Attempt &attempt, const QString &stem, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    const Theme &m_theme;
    Outcome m_outcome;
    QString m_stem;
    QString m_moment;
    bool m_ring = false;
};

} // namespace qingfeng
