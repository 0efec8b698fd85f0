#pragma once

#include "app/widgets/theme.h"

#include <QScrollArea>

class QVBoxLayout;

namespace qingfeng {

/** A page that scrolls, its content in one column in the middle, never wider than the widest column. */
class ScrollPage : public QScrollArea
{
    Q_OBJECT

public:
    explicit ScrollPage(int widest, QWidget *parent = nullptr);

    /** Lets the column grow with the text. @p theme outlives the page. */
    void scaleWith(const Theme &theme);

    QVBoxLayout *column() const { return m_column; }
    QWidget *content() const { return m_content; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void fit();

    int m_widest;
    const Theme *m_theme = nullptr;
    QWidget *m_content;
    QVBoxLayout *m_column;
};

} // namespace qingfeng
