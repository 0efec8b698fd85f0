#pragma once

#include "app/widgets/theme.h"

#include <QPushButton>

namespace qingfeng {

/** The line of an answer that opens it: outcome by icon, the stem cut to one line, outcome in words, and a note. */
class AttemptHead : public QPushButton
{
    Q_OBJECT

public:
    /** How the outcome is shown: an icon, its ink and the word. */
    struct Sign
    {
        QString icon;
        Ink ink = Ink::Secondary;
        QString word;
    };
    AttemptHead(const Theme &theme, Sign sign, const QString &stem, const QString &note, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    const Theme &m_theme;
    Sign m_sign;
    QString m_stem;
    QString m_note;
    bool m_ring = false;
};

} // namespace qingfeng
