#pragma once

#include "app/widgets/theme.h"

#include <QWidget>

class QBoxLayout;

namespace qingfeng {

/** Parts beside each other, or one below the other where there is not room: a small window, or large text. */
class FoldingRow : public QWidget
{
    Q_OBJECT

public:
    /** @param least  narrowest width that the row can have, at a text scale of 100 % */
    FoldingRow(const Theme &theme, int least, int spacing, QWidget *parent = nullptr);

    QBoxLayout *row() const { return m_row; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fold();

    const Theme &m_theme;
    int m_least;
    QBoxLayout *m_row;
};

} // namespace qingfeng
