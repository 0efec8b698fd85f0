#pragma once

#include "app/widgets/theme.h"

#include <QList>
#include <QStringList>
#include <QWidget>

class QStandardItemModel;
class QTableView;

namespace qingfeng {

class Button;

/** What a plot is drawn from. */
struct Numbers
{
    QStringList columns;
    QList<QStringList> rows; ///< each as long as @ref columns
};

/**
 * The numbers behind a plot as a table that a link below it opens: read by assistive technology as a table, gone
 * through by keyboard, copied with Ctrl+C.
 */
class NumbersView : public QWidget
{
    Q_OBJECT

public:
    /** @param name  what the numbers are, for assistive technology */
    NumbersView(const Theme &theme, const QString &name, QWidget *parent = nullptr);

    void setNumbers(const Numbers &numbers);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void setOpen(bool open);
    void fit();

    const Theme &m_theme;
    Button *m_toggle;
    QTableView *m_table;
    QStandardItemModel *m_model;
};

} // namespace qingfeng
